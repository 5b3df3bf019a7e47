// RUN: slb-opt --bitpack-schedule --verify-diagnostics --split-input-file %s

func.func @no_kernel(%x: tensor<1x2x1xui32>, %w: tensor<2x1xi32>, %s: tensor<2xf32>, %d: tensor<1x2xf32>) {
  // expected-error @below {{expects a kernel for an input of 'tensor<1x2x1xui32>' and weights of 'tensor<2x1xi32>', but there is none}}
  %0 = bitpack.conv2d %x, %w scale = %s bias = %s into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xf32>,
      input_planes = array<i64: 0, 1, 2>, weight_planes = array<i64: -8, 1, 2, 4, 8>}
     : (tensor<1x2x1xui32>, tensor<2x1xi32>, tensor<2xf32>, tensor<2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @unknown_strategy(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects a known strategy, but got 'fast'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xi8>, strategy = "fast"}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

func.func @strategy_of_other_weights(%x: tensor<1x4xui8>, %w: tensor<2x4xi8>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // expected-error @below {{expects a strategy for an input of 'tensor<1x4xui8>' and weights of 'tensor<2x4xi8>', but got 'conv2d_u8_bits'}}
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xi8>, strategy = "conv2d_u8_bits"}
     : (tensor<1x4xui8>, tensor<2x4xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}

// -----

// Lanes of 8 bits hold a plane of +-1 or unsigned planes.
func.func @strategy_of_other_inputs(%x: tensor<1x2x1xui32>, %w: tensor<2x1x1xi32>, %s: tensor<2xf32>, %d: tensor<1x2xf32>) {
  // expected-error @below {{expects a strategy for an input of 'tensor<1x2x1xui32>' and weights of 'tensor<2x1x1xi32>', but got 'tile_bits_bits'}}
  %0 = bitpack.conv2d %x, %w scale = %s bias = %s into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xf32>,
      input_planes = array<i64: -3, 2, 4>, weight_planes = array<i64: -1, 2>, strategy = "tile_bits_bits"}
     : (tensor<1x2x1xui32>, tensor<2x1x1xi32>, tensor<2xf32>, tensor<2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return
}

// -----

// expected-error @below {{expects one function of one block to schedule, but got 2 functions}}
module {
  func.func @first() { return }
  func.func @second() { return }
}
