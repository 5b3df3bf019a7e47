func.func @net(%x0: tensor<16x!slb.lowbit<range<-9:0>, scale = 0.0894897431>>) -> (tensor<16x!slb.lowbit<odd<4>>>) {
  %1 = slb.requantize %x0, %x0 {multiplier = 993840063 : i32, other_multiplier = -607309221 : i32, addend = 7322174977 : i64, shift = 29 : i64} : (tensor<16x!slb.lowbit<range<-9:0>, scale = 0.0894897431>>, tensor<16x!slb.lowbit<range<-9:0>, scale = 0.0894897431>>) -> tensor<16x!slb.lowbit<odd<4>>>
  return %1 : tensor<16x!slb.lowbit<odd<4>>>
}
