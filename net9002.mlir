func.func @net(%x0: tensor<1x6x32xi32>) -> (tensor<1x6x32x!slb.lowbit<odd<4>>>) {
  %1 = slb.requantize %x0, %x0 {multiplier = 279311172 : i32, other_multiplier = 220455956 : i32, addend = 712170718892555648 : i64, shift = 56 : i64, layer = "conv1"} : (tensor<1x6x32xi32>, tensor<1x6x32xi32>) -> tensor<1x6x32x!slb.lowbit<odd<4>>>
  return %1 : tensor<1x6x32x!slb.lowbit<odd<4>>>
}
