// A network of floats: a filter of floats on integers, a residual, an addition,
// both pools, a ReLU and a linear layer, against the reference. Nothing of the
// mathematics library is needed.
//
// RUN: rm -rf %t && mkdir %t && slb-compile %s --compile-from=integer -o %t/net.c --self-check
// RUN: %cc -I%t %S/Inputs/self-check.c %t/net.c -o %t/a && %t/a

func.func @net(%x: tensor<1x4x4x1x!slb.lowbit<range<0:16>, scale = 0.0625>>) -> tensor<1x3xf32> {
  %w = arith.constant dense<1.0> : tensor<4x3x3x1xf32>
  %s = arith.constant dense<[0.5, 1.0, 2.0, -1.0]> : tensor<4xf32>
  %b = arith.constant dense<[0.5, -1.0, 0.0, 1.0]> : tensor<4xf32>
  %a = slb.fused_conv2d %x, %w scale = %s shift = %b {pads = array<i64: 1, 1, 1, 1>, relu, layer = "conv1"} : (tensor<1x4x4x1x!slb.lowbit<range<0:16>, scale = 0.0625>>, tensor<4x3x3x1xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4x4x4xf32>
  %v = slb.constant dense<[[[[0,1,2,3]]],[[[3,2,1,0]]],[[[0,0,0,0]]],[[[1,1,1,1]]]]> : tensor<4x1x1x4xi8> : tensor<4x1x1x4x!slb.lowbit<odd<2>>>
  %c = slb.fused_conv2d %a, %v scale = %s shift = %b residual = %a {relu, layer = "conv2"} : (tensor<1x4x4x4xf32>, tensor<4x1x1x4x!slb.lowbit<odd<2>>>, tensor<4xf32>, tensor<4xf32>, tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %d = tosa.add %c, %a : (tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
  %p = tosa.avg_pool2d %d, %z, %z {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32} : (tensor<1x4x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x4xf32>
  %q = tosa.max_pool2d %p {kernel = array<i64: 2, 2>, stride = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x2x2x4xf32>) -> tensor<1x1x1x4xf32>
  %r = tosa.clamp %q {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x1x1x4xf32>) -> tensor<1x1x1x4xf32>
  %f = tensor.collapse_shape %r [[0], [1, 2, 3]] : tensor<1x1x1x4xf32> into tensor<1x4xf32>
  %u = arith.constant dense<0.25> : tensor<3x4xf32>
  %s3 = arith.constant dense<1.0> : tensor<3xf32>
  %y = slb.fused_linear %f, %u scale = %s3 shift = %s3 {layer = "fc"} : (tensor<1x4xf32>, tensor<3x4xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}
