func.func @net(%x0: tensor<1x4x5x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>) -> (tensor<1x20x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>) {
  %1 = tensor.collapse_shape %x0 [[0], [1, 2]] : tensor<1x4x5x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>> into tensor<1x20x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>
  return %1 : tensor<1x20x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>
}
