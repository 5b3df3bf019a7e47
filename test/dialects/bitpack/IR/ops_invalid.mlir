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
