// RUN: slb-opt --bitpack-schedule --verify-diagnostics %s

func.func @no_kernel(%x: tensor<1x4xui8>, %w: tensor<2x4xf32>, %s: tensor<2xf32>, %d: tensor<1x2xf32>) {
  // expected-error @below {{expects a kernel for an input of 'tensor<1x4xui8>' and weights of 'tensor<2x4xf32>', but there is none}}
  %0 = bitpack.conv2d %x, %w scale = %s bias = %s into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xf32>}
     : (tensor<1x4xui8>, tensor<2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return
}
