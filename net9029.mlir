func.func @net(%x0: tensor<1x4x6x3x!slb.lowbit<range<-128:127>, scale = 0.0106919007>>) -> (tensor<1x4x6x3x!slb.lowbit<range<-2:253>, scale = 0.00448533893>>) {
  %1 = slb.dequantize %x0 : (tensor<1x4x6x3x!slb.lowbit<range<-128:127>, scale = 0.0106919007>>) -> tensor<1x4x6x3xf32>
  %2 = slb.quantize %1 : (tensor<1x4x6x3xf32>) -> tensor<1x4x6x3x!slb.lowbit<range<-2:253>, scale = 0.00448533893>>
  return %2 : tensor<1x4x6x3x!slb.lowbit<range<-2:253>, scale = 0.00448533893>>
}
