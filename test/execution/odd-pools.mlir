// TOSA refuses windows that leave a rest; a slice in front of the pool cuts the
// rest off, and costs nothing: no layer copies it, and the self-check agrees.
//
// RUN: rm -rf %t && mkdir %t && slb-compile %s -o %t/net.c --self-check | FileCheck %s
// RUN: %cc -I%t %S/Inputs/self-check.c %t/net.c -o %t/a && %t/a

// CHECK: conv {{ *}}conv2d
// CHECK-NEXT: pool2d{{[0-9]*}} {{ *}}pool2d
// CHECK-NEXT: requantize{{[0-9]*}} {{ *}}requantize
// CHECK-NEXT: total

!x = tensor<1x7x7x2x!slb.lowbit<range<0:255>, scale = 0.1>>
!w = tensor<3x1x1x2x!slb.lowbit<odd<1>>>

func.func @net(%x: !x) -> tensor<1x1x1x3x!slb.lowbit<range<0:255>>> {
  %w = slb.constant dense<[[[[1, 0]]], [[[1, 1]]], [[[0, 1]]]]> : tensor<3x1x1x2xi8> : !w
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = slb.conv2d %x, %w {layer = "conv"} : (!x, !w) -> tensor<1x7x7x3xf32>
  %1 = tensor.extract_slice %0[0, 0, 0, 0] [1, 6, 6, 3] [1, 1, 1, 1] : tensor<1x7x7x3xf32> to tensor<1x6x6x3xf32>
  %2 = tosa.max_pool2d %1 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x6x6x3xf32>) -> tensor<1x3x3x3xf32>
  %3 = slb.quantize %2 : (tensor<1x3x3x3xf32>) -> tensor<1x3x3x3x!slb.lowbit<range<0:15>>>
  %4 = slb.dequantize %3 : (tensor<1x3x3x3x!slb.lowbit<range<0:15>>>) -> tensor<1x3x3x3xf32>
  %5 = tensor.extract_slice %4[0, 0, 0, 0] [1, 2, 2, 3] [1, 1, 1, 1] : tensor<1x3x3x3xf32> to tensor<1x2x2x3xf32>
  %6 = tosa.avg_pool2d %5, %z, %z {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32}
     : (tensor<1x2x2x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x3xf32>
  %7 = slb.quantize %6 : (tensor<1x1x1x3xf32>) -> tensor<1x1x1x3x!slb.lowbit<range<0:255>>>
  return %7 : tensor<1x1x1x3x!slb.lowbit<range<0:255>>>
}
