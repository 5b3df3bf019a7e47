func.func @net(%x0: tensor<32x!slb.lowbit<range<-128:127>, scale = 0.0117134983>>) -> (tensor<32xf32>) {
  %1 = slb.dequantize %x0 : (tensor<32x!slb.lowbit<range<-128:127>, scale = 0.0117134983>>) -> tensor<32xf32>
  %2 = slb.dequantize %x0 : (tensor<32x!slb.lowbit<range<-128:127>, scale = 0.0117134983>>) -> tensor<32xf32>
  %3 = tosa.add %1, %2 : (tensor<32xf32>, tensor<32xf32>) -> tensor<32xf32>
  %4 = tosa.clamp %3 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<32xf32>) -> tensor<32xf32>
  %5 = slb.dequantize %x0 : (tensor<32x!slb.lowbit<range<-128:127>, scale = 0.0117134983>>) -> tensor<32xf32>
  %6 = tosa.clamp %5 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<32xf32>) -> tensor<32xf32>
  return %6 : tensor<32xf32>
}
