func.func @net(%x0: tensor<1x4x2x!slb.lowbit<range<-128:127>, scale = 0.00551233813>>) -> (tensor<1x8x!slb.lowbit<range<0:1>, scales = [0.916089236, 0.699309707] axis = 2>>) {
  %1 = slb.dequantize %x0 : (tensor<1x4x2x!slb.lowbit<range<-128:127>, scale = 0.00551233813>>) -> tensor<1x4x2xf32>
  %2 = slb.dequantize %x0 : (tensor<1x4x2x!slb.lowbit<range<-128:127>, scale = 0.00551233813>>) -> tensor<1x4x2xf32>
  %3 = tosa.add %1, %2 : (tensor<1x4x2xf32>, tensor<1x4x2xf32>) -> tensor<1x4x2xf32>
  %4 = slb.quantize %3 : (tensor<1x4x2xf32>) -> tensor<1x4x2x!slb.lowbit<range<0:1>, scales = [0.916089236, 0.699309707] axis = 2>>
  %5 = tensor.collapse_shape %4 [[0], [1, 2]] : tensor<1x4x2x!slb.lowbit<range<0:1>, scales = [0.916089236, 0.699309707] axis = 2>> into tensor<1x8x!slb.lowbit<range<0:1>, scales = [0.916089236, 0.699309707] axis = 2>>
  return %5 : tensor<1x8x!slb.lowbit<range<0:1>, scales = [0.916089236, 0.699309707] axis = 2>>
}
