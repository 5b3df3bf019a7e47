// A layer of floats, as of a skip list, between layers of integers.
//
// RUN: rm -rf %t && mkdir %t && slb-compile %s -o %t/net.c --self-check
// RUN: %cc -I%t %S/Inputs/self-check.c %t/net.c -o %t/a && %t/a

!in = !slb.lowbit<range<0:16>, scale = 0.0625>
!codes = !slb.lowbit<range<0:3>, scale = 0.5>
!signs = !slb.lowbit<odd<1>, scale = 0.5>

func.func @net(%x: tensor<1x4x4x3x!in>) -> (tensor<1x4x4x2x!codes>, tensor<1x4x4x2x!signs>, tensor<1x2x!codes>) {
  %w = arith.constant dense<[[[[0.5, -0.25, 1.0]]], [[[0.125, 0.75, -0.5]]]]> : tensor<2x1x1x3xf32>
  %s = arith.constant dense<[2.0, -1.0]> : tensor<2xf32>
  %b = arith.constant dense<[0.25, 0.5]> : tensor<2xf32>
  %a = slb.fused_conv2d %x, %w scale = %s shift = %b {relu, layer = "conv1"}
     : (tensor<1x4x4x3x!in>, tensor<2x1x1x3xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x2x!codes>
  %c = slb.fused_conv2d %x, %w scale = %s shift = %b {layer = "conv2"}
     : (tensor<1x4x4x3x!in>, tensor<2x1x1x3xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x2x!signs>
  %f = tensor.collapse_shape %a [[0], [1, 2, 3]] : tensor<1x4x4x2x!codes> into tensor<1x32x!codes>
  %v = arith.constant dense<0.0625> : tensor<2x32xf32>
  %y = slb.fused_linear %f, %v scale = %s shift = %b {layer = "fc"}
     : (tensor<1x32x!codes>, tensor<2x32xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x!codes>
  return %a, %c, %y : tensor<1x4x4x2x!codes>, tensor<1x4x4x2x!signs>, tensor<1x2x!codes>
}
