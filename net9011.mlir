func.func @net(%x0: tensor<1x9x3x5x!slb.lowbit<range<0:255>, scale = 3.906250e-03>>, %x1: tensor<1x2x7x4x!slb.lowbit<range<0:255>, scale = 0.00514834607>>) -> (tensor<1x56x!slb.lowbit<range<0:255>, scale = 0.00514834607>>) {
  %2 = tensor.collapse_shape %x1 [[0], [1, 2, 3]] : tensor<1x2x7x4x!slb.lowbit<range<0:255>, scale = 0.00514834607>> into tensor<1x56x!slb.lowbit<range<0:255>, scale = 0.00514834607>>
  return %2 : tensor<1x56x!slb.lowbit<range<0:255>, scale = 0.00514834607>>
}
