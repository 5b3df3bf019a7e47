func.func @net(%x0: tensor<1x3x1x6x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>>) -> (tensor<1x18x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>>) {
  %1 = tensor.collapse_shape %x0 [[0], [1, 2, 3]] : tensor<1x3x1x6x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>> into tensor<1x18x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>>
  return %1 : tensor<1x18x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>>
}
