// RUN: slb-opt --bitpack-schedule --verify-diagnostics --split-input-file %s

func.func @no_kernel(%x: tensor<1x4xui8>, %w: tensor<2x4xf32>, %s: tensor<2xf32>, %d: tensor<1x2xf32>) {
  // expected-error @below {{expects a kernel for an input of 'tensor<1x4xui8>' and weights of 'tensor<2x4xf32>', but there is none}}
  %0 = bitpack.conv2d %x, %w scale = %s bias = %s into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xf32>}
     : (tensor<1x4xui8>, tensor<2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
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
