func.func @net(%x0: tensor<36x!slb.lowbit<range<-1000:1000>, scale = 6.099510e-04>>) -> (tensor<36x!slb.lowbit<range<0:7>>>) {
  %1 = slb.requantize %x0 {multiplier = 1262167313 : i32, other_multiplier = 0 : i32, addend = 9223370774687461376 : i64, shift = 14 : i64} : (tensor<36x!slb.lowbit<range<-1000:1000>, scale = 6.099510e-04>>) -> tensor<36x!slb.lowbit<range<-60:195>>>
  %2 = slb.requantize %1, %x0 {multiplier = 766288089 : i32, other_multiplier = 1073741824 : i32, addend = 57599031230 : i64, shift = 30 : i64, layer = "conv1"} : (tensor<36x!slb.lowbit<range<-60:195>>>, tensor<36x!slb.lowbit<range<-1000:1000>, scale = 6.099510e-04>>) -> tensor<36x!slb.lowbit<range<0:255>>>
  %3 = slb.requantize %2, %x0 {multiplier = 1769274 : i32, other_multiplier = -928204 : i32, addend = 110212163 : i64, shift = 26 : i64, layer = "output"} : (tensor<36x!slb.lowbit<range<0:255>>>, tensor<36x!slb.lowbit<range<-1000:1000>, scale = 6.099510e-04>>) -> tensor<36x!slb.lowbit<range<0:7>>>
  return %3 : tensor<36x!slb.lowbit<range<0:7>>>
}
