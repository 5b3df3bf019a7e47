// One layer of each kind of kernel: bytes and planes as inputs, weights of 1, 2
// and 8 bits, depthwise, a residual, pools, thresholds and multipliers, floats.
!x = !slb.lowbit<range<0:255>, scale = 0.0078125>
!a2 = !slb.lowbit<range<0:3>, scale = 0.5>
!a8 = !slb.lowbit<range<0:255>, scale = 0.25>
!w1 = !slb.lowbit<odd<1>>
!w2 = !slb.lowbit<odd<2>>
!w8 = !slb.lowbit<range<-127:127>, scale = 0.0078125>
func.func @net(%x: tensor<1x8x8x4x!x>) -> (tensor<1x10xf32>, tensor<1x4x4x8x!a8>) {
  %k1 = slb.constant dense<1> : tensor<8x3x3x4xi8> : tensor<8x3x3x4x!w1>
  %k2 = slb.constant dense<2> : tensor<8x3x3x8xi8> : tensor<8x3x3x8x!w2>
  %k8 = slb.constant dense<99> : tensor<8x3x3x1xi8> : tensor<8x3x3x1x!w8>
  %k3 = slb.constant dense<1> : tensor<8x1x1x8xi8> : tensor<8x1x1x8x!w1>
  %kf = slb.constant dense<200> : tensor<10x8xi8> : tensor<10x8x!w8>
  %g = arith.constant dense<[1.0, -0.5, 0.25, 1.5, 0.125, -1.0, 2.0, 0.75]> : tensor<8xf32>
  %b = arith.constant dense<0.5> : tensor<8xf32>
  %one = arith.constant dense<1.0> : tensor<8xf32>
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.conv2d %x, %k1 {pads = array<i64: 1, 1, 1, 1>, layer = "first"} : (tensor<1x8x8x4x!x>, tensor<8x3x3x4x!w1>) -> tensor<1x8x8x8xf32>
  %1 = slb.batch_norm %0 gamma = %g beta = %b mean = %b variance = %one {epsilon = 1.0e-5 : f32} : (tensor<1x8x8x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<1x8x8x8xf32>
  %2 = slb.quantize %1 : (tensor<1x8x8x8xf32>) -> tensor<1x8x8x8x!a2>
  %3 = slb.conv2d %2, %k2 {pads = array<i64: 1, 1, 1, 1>, layer = "planes"} : (tensor<1x8x8x8x!a2>, tensor<8x3x3x8x!w2>) -> tensor<1x8x8x8xf32>
  %4 = tosa.max_pool2d %3 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x8x8x8xf32>) -> tensor<1x4x4x8xf32>
  %5 = slb.quantize %4 : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8x!a8>
  %6 = slb.conv2d %5, %k8 {pads = array<i64: 1, 1, 1, 1>, groups = 8 : i64, layer = "depthwise"} : (tensor<1x4x4x8x!a8>, tensor<8x3x3x1x!w8>) -> tensor<1x4x4x8xf32>
  %7 = slb.quantize %6 : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8x!a8>
  %8 = slb.conv2d %7, %k3 {layer = "pointwise"} : (tensor<1x4x4x8x!a8>, tensor<8x1x1x8x!w1>) -> tensor<1x4x4x8xf32>
  %9 = slb.dequantize %5 : (tensor<1x4x4x8x!a8>) -> tensor<1x4x4x8xf32>
  %10 = tosa.add %8, %9 : (tensor<1x4x4x8xf32>, tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  %11 = slb.quantize %10 : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8x!a8>
  %12 = slb.dequantize %11 : (tensor<1x4x4x8x!a8>) -> tensor<1x4x4x8xf32>
  %13 = tosa.avg_pool2d %12, %z, %z {kernel = array<i64: 4, 4>, stride = array<i64: 4, 4>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32} : (tensor<1x4x4x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x8xf32>
  %14 = slb.quantize %13 : (tensor<1x1x1x8xf32>) -> tensor<1x1x1x8x!a8>
  %15 = tensor.collapse_shape %14 [[0], [1, 2, 3]] : tensor<1x1x1x8x!a8> into tensor<1x8x!a8>
  %16 = slb.linear %15, %kf {layer = "fc"} : (tensor<1x8x!a8>, tensor<10x8x!w8>) -> tensor<1x10xf32>
  return %16, %11 : tensor<1x10xf32>, tensor<1x4x4x8x!a8>
}
