func.func @net(%x0: tensor<1x4x6x21x!slb.lowbit<range<0:15>, scale = 0.0854421705>>) -> (tensor<1x4x6x21x!slb.lowbit<range<-73:182>, scale = 0.0103816474>>, tensor<1x4x6x21x!slb.lowbit<range<0:15>, scale = 0.0854421705>>) {
  %1 = slb.dequantize %x0 : (tensor<1x4x6x21x!slb.lowbit<range<0:15>, scale = 0.0854421705>>) -> tensor<1x4x6x21xf32>
  %2 = slb.quantize %1 : (tensor<1x4x6x21xf32>) -> tensor<1x4x6x21x!slb.lowbit<range<-73:182>, scale = 0.0103816474>>
  return %2, %x0 : tensor<1x4x6x21x!slb.lowbit<range<-73:182>, scale = 0.0103816474>>, tensor<1x4x6x21x!slb.lowbit<range<0:15>, scale = 0.0854421705>>
}
