// RUN: slb-opt --verify-diagnostics --split-input-file %s

func.func @two_epilogues(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %t: tensor<2x1xi32>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x1x1xui32>) {
  // expected-error @below {{expects one of thresholds, multiplier and scale, but got 2}}
  %0 = bitpack.conv2d %x, %w thresholds = %t multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_planes = array<i64: 0, 1>, output_type = tensor<1x2xi1>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2x1xi32>, tensor<2xi32>, tensor<2xi64>, tensor<1x1x1xui32>) -> tensor<1x1x1xui32>
  return
}

// -----

func.func @output_size(%x: tensor<1x4x4x3xui8>, %w: tensor<2x27xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x4x4x2xui8>) {
  // expected-error @below {{expects output size 2 in dimension 0, but got 4}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 4, 4, 3>, output_shape = array<i64: 4, 4, 2>, kernel = array<i64: 3, 3>, hi = 255 : si64, output_type = tensor<1x4x4x2xi8>}
     : (tensor<1x4x4x3xui8>, tensor<2x27xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x4x4x2xui8>) -> tensor<1x4x4x2xui8>
  return
}

// -----

func.func @weights_shape(%x: tensor<1x40xui8>, %w: tensor<2x1x1xi32>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects weights of shape [2, 1, 2], but got 'tensor<2x1x1xi32>'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 40>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, weight_planes = array<i64: -1, 2>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x40xui8>, tensor<2x1x1xi32>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @planes_of_bytes(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects planes of the input just when it is stored so, but got 1 for 'tensor<1x4xui8>'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, input_planes = array<i64: 0, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @stored_elements(%x: tensor<1x5xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects 4 elements of the input, but got 5 of 'tensor<1x5xui8>'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x5xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @shift(%x: tensor<1x4xi32>, %d: tensor<1x4xui8>) {
  // expected-error @below {{expects a shift from 0 to 62, but got 63}}
  %0 = bitpack.requantize %x into %d {pixels = 1 : i64, channels = 4 : i64, multiplier = 1 : si64, shift = 63 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x4xi8>}
     : (tensor<1x4xi32>, tensor<1x4xui8>) -> tensor<1x4xui8>
  return
}

// -----

func.func @average_of_integers(%x: tensor<1x2x2x4xui8>, %d: tensor<1x1x1x4xui8>) {
  // expected-error @below {{expects floats to average, but got u8}}
  %0 = bitpack.pool2d average %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, output_type = tensor<1x1x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  return
}

// -----

func.func @concat_storage(%x: tensor<1x4xui8>, %z: tensor<1x4xi8>, %d: tensor<1x8xui8>) {
  // expected-error @below {{expects inputs stored as u8, but got s8}}
  %0 = bitpack.concat %x, %z into %d {pixels = 1 : i64, channels = array<i64: 4, 4>, output_type = tensor<1x8xi8>} : (tensor<1x4xui8>, tensor<1x4xi8>, tensor<1x8xui8>) -> tensor<1x8xui8>
  return
}

// -----

func.func @geometry_field(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects values from 0 to 2147483647 of pads, but got 2147483648}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 2147483648>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @positive_sizes(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects positive sizes, but got 0}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, strides = array<i64: 0, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @groups(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects channels in multiples of 3 groups, but got 4 and 2}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, groups = 3 : i64, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @number_of_planes(%x: tensor<1x4xui8>, %w: tensor<2x1x1xi32>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects an offset and 1 to 8 coefficients of the weights, but got 1 numbers}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, weight_planes = array<i64: -1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x1x1xi32>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @planes_double(%x: tensor<1x4xui8>, %w: tensor<2x2x1xi32>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects coefficients of the weights that double from plane to plane, but got 2, 3}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, weight_planes = array<i64: -1, 2, 3>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x2x1xi32>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @planes_of_32_bits(%x: tensor<1x4xui8>, %w: tensor<2x1x1xi32>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects weights of 32 bits, but got -4294967296}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, weight_planes = array<i64: -4294967296, 2>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x1x1xi32>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @bounds(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects lo <= hi, but got 1 and 0}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, lo = 1 : si64, hi = 0 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @bounds_of_bytes(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects integers of u8 from 0 to 255, but got 0 to 256}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, hi = 256 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @pad_value(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects pad_value of unsigned bytes from 0 to 255, but got 256 of u8}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, pad_value = 256 : i64, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @weight_planes(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects planes of the weights just when they are stored so, but got 1 for 'tensor<2x4xi8>'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, weight_planes = array<i64: -1, 2>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @parameter(%x: tensor<1x4xui8>, %w: tensor<4x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x4xui8>) {
  // expected-error @below {{expects multiplier of rank 1 for 4 channels, but got 'tensor<2xi32>'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 1, 1>, hi = 255 : si64, output_type = tensor<1x4xi8>}
     : (tensor<1x4xui8>, tensor<4x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x4xui8>) -> tensor<1x4xui8>
  return
}

// -----

func.func @thresholds_of_planes(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %t: tensor<2x1xi32>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects output_values just where thresholds give no planes, but got 0 for 'tensor<1x2xui8>'}}
  %0 = bitpack.conv2d %x, %w thresholds = %t into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2x1xi32>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @number_of_thresholds(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %t3: tensor<2x3xi32>, %d: tensor<1x1x1xui32>) {
  // expected-error @below {{expects 1 thresholds a channel, but got 3}}
  %0 = bitpack.conv2d %x, %w thresholds = %t3 into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_planes = array<i64: 0, 1>, output_type = tensor<1x1x1xui32>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2x3xi32>, tensor<1x1x1xui32>) -> tensor<1x1x1xui32>
  return
}

// -----

func.func @output_values(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %t: tensor<2x1xi32>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects output_values from 0 to 255, but got 256}}
  %0 = bitpack.conv2d %x, %w thresholds = %t into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_values = array<i64: 0, 256>, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2x1xi32>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @thresholds_ascend(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %d: tensor<1x1x2xui32>) {
  %t3 = arith.constant dense<[[0, 1, 2], [4, 5, 1]]> : tensor<2x3xi32>
  // expected-error @below {{expects thresholds that ascend, but got 1 after 5 in channel 1}}
  %0 = bitpack.conv2d %x, %w thresholds = %t3 into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_planes = array<i64: 0, 1, 2>, output_type = tensor<1x1x2xui32>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2x3xi32>, tensor<1x1x2xui32>) -> tensor<1x1x2xui32>
  return
}

// -----

func.func @signs(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %t: tensor<2x1xi32>, %d: tensor<1x1x1xui32>) {
  %s = arith.constant dense<[1, 3]> : tensor<2xi8>
  // expected-error @below {{expects signs of 1 and -1, but got 3}}
  %0 = bitpack.conv2d %x, %w thresholds = %t signs = %s into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_planes = array<i64: 0, 1>, output_type = tensor<1x1x1xui32>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2x1xi32>, tensor<2xi8>, tensor<1x1x1xui32>) -> tensor<1x1x1xui32>
  return
}

// -----

func.func @addend(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects multiplier and addend together}}
  %0 = bitpack.conv2d %x, %w multiplier = %m into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @bias(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %f: tensor<2xf32>, %d: tensor<1x2xf32>) {
  // expected-error @below {{expects scale and bias together}}
  %0 = bitpack.conv2d %x, %w scale = %f into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xf32>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @signs_alone(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %s: tensor<2xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects signs only with thresholds}}
  %0 = bitpack.conv2d %x, %w signs = %s multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @residual_of_thresholds(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %t: tensor<2x1xi32>, %r: tensor<1x2xui8>, %d: tensor<1x1x1xui32>) {
  // expected-error @below {{expects no residual with thresholds}}
  %0 = bitpack.conv2d %x, %w thresholds = %t residual = %r into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_planes = array<i64: 0, 1>, output_type = tensor<1x1x1xui32>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2x1xi32>, tensor<1x2xui8>, tensor<1x1x1xui32>) -> tensor<1x1x1xui32>
  return
}

// -----

func.func @output_of_floats(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %f: tensor<2xf32>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects an output of floats just with scale and bias, but got 'tensor<1x2xui8>'}}
  %0 = bitpack.conv2d %x, %w scale = %f bias = %f into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xf32>, tensor<2xf32>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @residual_of_floats(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %q: tensor<1x2xf32>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects a residual of floats just with scale and bias, but got 'tensor<1x2xf32>'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b residual = %q into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xf32>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @values_of_multipliers(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects output_values only with thresholds}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_values = array<i64: 0, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @weights_of_floats(%x: tensor<1x4xui8>, %w: tensor<2x4xf32>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects an input of up to 16 bits, or of floats for weights of floats, but got 'tensor<1x4xui8>' and 'tensor<2x4xf32>'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xui8>, tensor<2x4xf32>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @input_of_floats(%x: tensor<1x4xf32>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects scale and bias for an input of floats}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x4xf32>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @pool_channels(%x: tensor<1x2x2x4xui8>, %d: tensor<1x1x1x4xui8>) {
  // expected-error @below {{expects as many channels of output as of input, but got 3 and 4}}
  %0 = bitpack.pool2d max %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 3>, kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, output_type = tensor<1x1x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  return
}

// -----

func.func @pool_strides(%x: tensor<1x2x2x4xui8>, %d: tensor<1x1x1x4xui8>) {
  // expected-error @below {{expects positive kernel and strides}}
  %0 = bitpack.pool2d max %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 2, 2>, strides = array<i64: 0, 2>, output_type = tensor<1x1x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  return
}

// -----

func.func @pool_pads(%x: tensor<1x2x2x4xui8>, %d: tensor<1x1x1x4xui8>) {
  // expected-error @below {{expects pads smaller than the kernel}}
  %0 = bitpack.pool2d max %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 2, 0, 0, 0>, output_type = tensor<1x1x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  return
}

// -----

func.func @sum_of_floats(%x: tensor<1x2x2x4xf32>, %d: tensor<1x1x1x4xi32>) {
  // expected-error @below {{expects integers to sum, but got f32}}
  %0 = bitpack.pool2d sum %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, output_type = tensor<1x1x1x4xi32>}
     : (tensor<1x2x2x4xf32>, tensor<1x1x1x4xi32>) -> tensor<1x1x1x4xi32>
  return
}

// -----

func.func @sum_storage(%x: tensor<1x2x2x4xui8>, %d: tensor<1x1x1x4xui8>) {
  // expected-error @below {{expects s32 output, but got u8}}
  %0 = bitpack.pool2d sum %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, output_type = tensor<1x1x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  return
}

// -----

func.func @maximum_offset(%x: tensor<1x2x2x4xui8>, %d: tensor<1x1x1x4xui8>) {
  // expected-error @below {{expects input_offset only of sums}}
  %0 = bitpack.pool2d max %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, input_offset = -1 : si64, output_type = tensor<1x1x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  return
}

// -----

func.func @requantize_floats(%x: tensor<1x4xf32>, %d: tensor<1x4xui8>) {
  // expected-error @below {{expects integers, but got 'tensor<1x4xf32>'}}
  %0 = bitpack.requantize %x into %d {pixels = 1 : i64, channels = 4 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x4xi8>}
     : (tensor<1x4xf32>, tensor<1x4xui8>) -> tensor<1x4xui8>
  return
}

// -----

func.func @requantize_words(%x: tensor<1x32768x32768x4x1xui32>, %d: tensor<1x32768x32768x1xui8>) {
  // expected-error @below {{expects at most 2147483647 elements of the stored input, which int32 counts, but got 'tensor<1x32768x32768x4x1xui32>'}}
  %0 = bitpack.requantize %x into %d {pixels = 1073741824 : i64, channels = 1 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 255 : si64, input_planes = array<i64: 0, 1, 2, 4, 8>, output_type = tensor<1x32768x32768x1xi8>}
     : (tensor<1x32768x32768x4x1xui32>, tensor<1x32768x32768x1xui8>) -> tensor<1x32768x32768x1xui8>
  return
}

// -----

func.func @requantize_other(%x: tensor<1x4xi32>, %d: tensor<1x4xui8>) {
  // expected-error @below {{expects a second operand and its multiplier together}}
  %0 = bitpack.requantize %x into %d {pixels = 1 : i64, channels = 4 : i64, multiplier = 1 : si64, other_multiplier = 1 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x4xi8>}
     : (tensor<1x4xi32>, tensor<1x4xui8>) -> tensor<1x4xui8>
  return
}

// -----

func.func @sum_of_integers_and_floats(%x: tensor<1x4xi32>, %f: tensor<1x4xf32>) {
  // expected-error @below {{expects floats, but got 'tensor<1x4xi32>'}}
  %0 = bitpack.add %x, %f into %f {output_type = tensor<1x4xf32>}
     : (tensor<1x4xi32>, tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @relu_shape(%x: tensor<4x1xf32>, %d: tensor<1x4xf32>) {
  // expected-error @below {{expects operands of the output's shape 'tensor<1x4xf32>', but got 'tensor<4x1xf32>'}}
  %0 = bitpack.relu %x into %d {output_type = tensor<1x4xf32>}
     : (tensor<4x1xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @number_of_scales(%x: tensor<1x4xui8>, %d: tensor<1x4xf32>) {
  // expected-error @below {{expects one scale, or one for each channel or for whole pixels, but got 2 for 1 elements each of 4 channels}}
  %0 = bitpack.dequantize %x into %d {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: 0.5, 1.0>, output_type = tensor<1x4xf32>}
     : (tensor<1x4xui8>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @finite_scale(%x: tensor<1x4xui8>, %d: tensor<1x4xf32>) {
  // expected-error @below {{expects positive finite scales, but got -5}}
  %0 = bitpack.dequantize %x into %d {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: -0.5>, output_type = tensor<1x4xf32>}
     : (tensor<1x4xui8>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @dequantized_floats(%x: tensor<1x4xf32>, %d: tensor<1x4xf32>) {
  // expected-error @below {{expects an input of integers, but got 'tensor<1x4xf32>'}}
  %0 = bitpack.dequantize %x into %d {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: 0.5>, output_type = tensor<1x4xf32>}
     : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @dequantized_to_integers(%x: tensor<1x4xui8>, %d: tensor<1x4xui8>) {
  // expected-error @below {{expects an output of floats, but got 'tensor<1x4xui8>'}}
  %0 = bitpack.dequantize %x into %d {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: 0.5>, output_type = tensor<1x4xi8>}
     : (tensor<1x4xui8>, tensor<1x4xui8>) -> tensor<1x4xui8>
  return
}

// -----

func.func @values_ascend(%x: tensor<1x4xf32>, %d: tensor<1x4xi8>) {
  // expected-error @below {{expects values that ascend, but got 1 after 1}}
  %0 = bitpack.quantize %x into %d {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: 0.5>, lo = 0 : si64, hi = 1 : si64, values = array<i64: 0, 1, 1>, output_type = tensor<1x4xi8>}
     : (tensor<1x4xf32>, tensor<1x4xi8>) -> tensor<1x4xi8>
  return
}

// -----

func.func @values_bounds(%x: tensor<1x4xf32>, %d: tensor<1x4xi8>) {
  // expected-error @below {{expects values from lo to hi, but got 0 to 2}}
  %0 = bitpack.quantize %x into %d {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: 0.5>, lo = 0 : si64, hi = 1 : si64, values = array<i64: 0, 2>, output_type = tensor<1x4xi8>}
     : (tensor<1x4xf32>, tensor<1x4xi8>) -> tensor<1x4xi8>
  return
}

// -----

func.func @quantized_integers(%x: tensor<1x4xi8>, %d: tensor<1x4xi8>) {
  // expected-error @below {{expects an input of floats, but got 'tensor<1x4xi8>'}}
  %0 = bitpack.quantize %x into %d {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: 0.5>, lo = 0 : si64, hi = 1 : si64, output_type = tensor<1x4xi8>}
     : (tensor<1x4xi8>, tensor<1x4xi8>) -> tensor<1x4xi8>
  return
}

// -----

func.func @quantized_to_floats(%x: tensor<1x4xf32>) {
  // expected-error @below {{expects an output of integers, but got 'tensor<1x4xf32>'}}
  %0 = bitpack.quantize %x into %x {pixels = 1 : i64, channels = 4 : i64, scales = array<f32: 0.5>, lo = 0 : si64, hi = 1 : si64, output_type = tensor<1x4xf32>}
     : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @concat_nothing(%d: tensor<1x8xui8>) {
  // expected-error @below {{expects inputs to join, but got none}}
  %0 = bitpack.concat into %d {pixels = 1 : i64, channels = array<i64>, output_type = tensor<1x8xi8>}
     : (tensor<1x8xui8>) -> tensor<1x8xui8>
  return
}

// -----

func.func @concat_channels(%x: tensor<1x4xui8>, %d: tensor<1x8xui8>) {
  // expected-error @below {{expects a number of channels for each of 2 inputs, but got 1}}
  %0 = bitpack.concat %x, %x into %d {pixels = 1 : i64, channels = array<i64: 4>, output_type = tensor<1x8xi8>}
     : (tensor<1x4xui8>, tensor<1x4xui8>, tensor<1x8xui8>) -> tensor<1x8xui8>
  return
}

// -----

func.func @pool_output_size(%x: tensor<1x2x2x4xui8>, %d: tensor<1x2x1x4xui8>) {
  // expected-error @below {{expects output size 1 in dimension 0, but got 2}}
  %0 = bitpack.pool2d max %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 2, 1, 4>, kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, output_type = tensor<1x2x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x2x1x4xui8>) -> tensor<1x2x1x4xui8>
  return
}

// -----

func.func @pool_fits(%x: tensor<1x2x2x4xui8>, %d: tensor<1x1x1x4xui8>) {
  // expected-error @below {{expects a kernel that fits its padded input, but got 3 for 2 in dimension 0}}
  %0 = bitpack.pool2d max %x into %d {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 3, 3>, strides = array<i64: 2, 2>, output_type = tensor<1x1x1x4xi8>}
     : (tensor<1x2x2x4xui8>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  return
}
