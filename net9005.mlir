func.func @net(%x0: tensor<1x3x9x7x!slb.lowbit<odd<3>, scale = 0.0986306071>>) -> (tensor<1x189x!slb.lowbit<range<3:7>>>) {
  %1 = tensor.collapse_shape %x0 [[0], [1, 2, 3]] : tensor<1x3x9x7x!slb.lowbit<odd<3>, scale = 0.0986306071>> into tensor<1x189x!slb.lowbit<odd<3>, scale = 0.0986306071>>
  %2 = slb.requantize %1, %1 {multiplier = -3065410 : i32, other_multiplier = -4823449 : i32, addend = 69269237 : i64, shift = 24 : i64, layer = "conv1"} : (tensor<1x189x!slb.lowbit<odd<3>, scale = 0.0986306071>>, tensor<1x189x!slb.lowbit<odd<3>, scale = 0.0986306071>>) -> tensor<1x189x!slb.lowbit<range<3:7>>>
  return %2 : tensor<1x189x!slb.lowbit<range<3:7>>>
}
