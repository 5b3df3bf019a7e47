func.func @net(%x0: tensor<1x6x2x6x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>) -> (tensor<1x6x2x12x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>, tensor<1x6x2x12x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>) {
  %1 = tensor.concat dim(3) %x0, %x0 : (tensor<1x6x2x6x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>, tensor<1x6x2x6x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>) -> tensor<1x6x2x12x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>
  return %1, %1 : tensor<1x6x2x12x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>, tensor<1x6x2x12x!slb.lowbit<range<-1:12>, scale = 0.0716773346>>
}
