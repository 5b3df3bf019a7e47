func.func @net(%x0: tensor<1x4x9x64x!slb.lowbit<range<0:15>, scale = 0.093918547>>) -> (tensor<1x2304x!slb.lowbit<range<0:15>, scale = 0.093918547>>) {
  %1 = tensor.collapse_shape %x0 [[0], [1, 2, 3]] : tensor<1x4x9x64x!slb.lowbit<range<0:15>, scale = 0.093918547>> into tensor<1x2304x!slb.lowbit<range<0:15>, scale = 0.093918547>>
  return %1 : tensor<1x2304x!slb.lowbit<range<0:15>, scale = 0.093918547>>
}
