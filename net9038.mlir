func.func @net(%x0: tensor<1x7x6x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>) -> (tensor<1x84x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>) {
  %1 = tensor.collapse_shape %x0 [[0], [1, 2]] : tensor<1x7x6x!slb.lowbit<range<-128:127>, scale = 0.00655624829>> into tensor<1x42x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>
  %2 = tensor.concat dim(2) %x0, %x0 : (tensor<1x7x6x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>, tensor<1x7x6x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>) -> tensor<1x7x12x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>
  %3 = tensor.collapse_shape %2 [[0], [1, 2]] : tensor<1x7x12x!slb.lowbit<range<-128:127>, scale = 0.00655624829>> into tensor<1x84x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>
  return %3 : tensor<1x84x!slb.lowbit<range<-128:127>, scale = 0.00655624829>>
}
