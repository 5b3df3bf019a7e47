module attributes {bitpack.self_check = {inputs = [dense<[-6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, -6, -3, -1, -6, -3, -5, -1, -5, -6, -6, 3, -5, -2, -1, -1, 0, -6, 4, -4, 2, -5, 2, -1, 4, -5, 1, -6, 0, 4, -2, 0, 2, -6, 1, 0, 4]> : tensor<72xi8>], outputs = [dense<[-6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, -6, -3, -1, -6, -3, -5, -1, -5, -6, -6, 3, -5, -2, -1, -1, 0, -6, 4, -4, 2, -5, 2, -1, 4, -5, 1, -6, 0, 4, -2, 0, 2, -6, 1, 0, 4]> : tensor<72xi8>], vectors = 4 : i64}} {
  func.func @net(%arg0: tensor<1x3x1x6x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>>) -> tensor<1x18x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>> {
    %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<1x3x1x6x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>> into tensor<1x18x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>>
    return %collapsed : tensor<1x18x!slb.lowbit<range<-6:4>, scale = 2.500000e-01>>
  }
}
