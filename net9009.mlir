func.func @net(%x0: tensor<1x3x18x8x!slb.lowbit<range<0:255>, scale = 0.00439511333>>) -> (tensor<1x2x18x8xf32>) {
  %1 = slb.dequantize %x0 : (tensor<1x3x18x8x!slb.lowbit<range<0:255>, scale = 0.00439511333>>) -> tensor<1x3x18x8xf32>
  %2 = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %3 = tosa.avg_pool2d %1, %2, %2 {acc_type = f32, kernel = array<i64: 3, 2>, stride = array<i64: 3, 1>, pad = array<i64: 2, 1, 1, 0>} : (tensor<1x3x18x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x18x8xf32>
  %4 = tosa.clamp %3 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x18x8xf32>) -> tensor<1x2x18x8xf32>
  return %4 : tensor<1x2x18x8xf32>
}
