// A convolution with thresholds and a linear layer with multipliers, compiled
// to C and run against the arithmetic written out in the C program.

func.func @net(%x: tensor<1x3x3x1x!slb.lowbit<range<0:255>>>)
    -> tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>>> {
  %w = slb.constant dense<[[[[1], [0]], [[1], [1]]], [[[0], [0]], [[1], [0]]]]> : tensor<2x2x2x1xi8> : tensor<2x2x2x1x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<[[5], [-3]]> : tensor<2x1xi32>
  %a = slb.integer_conv2d %x, %w thresholds = %t {layer = "conv1"}
     : (tensor<1x3x3x1x!slb.lowbit<range<0:255>>>, tensor<2x2x2x1x!slb.lowbit<odd<1>>>, tensor<2x1xi32>) -> tensor<1x2x2x2x!slb.lowbit<range<0:1>>>
  %f = tensor.collapse_shape %a [[0], [1, 2, 3]] : tensor<1x2x2x2x!slb.lowbit<range<0:1>>> into tensor<1x8x!slb.lowbit<range<0:1>>>
  %v = slb.constant dense<[[0, 1, 2, 3, 3, 2, 1, 0], [3, 3, 3, 3, 0, 0, 0, 0]]> : tensor<2x8xi8> : tensor<2x8x!slb.lowbit<odd<2>>>
  %m = arith.constant dense<[3, 5]> : tensor<2xi32>
  %b = arith.constant dense<[1, -7]> : tensor<2xi64>
  %y = slb.integer_linear %f, %v multiplier = %m addend = %b {layer = "fc", shift = 1 : i64}
     : (tensor<1x8x!slb.lowbit<range<0:1>>>, tensor<2x8x!slb.lowbit<odd<2>>>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>>>
  return %y : tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>>>
}
