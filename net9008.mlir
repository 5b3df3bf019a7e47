func.func @net(%x0: tensor<1x9x19x!slb.lowbit<range<0:1>, scale = 1.42146194>>) -> (tensor<1x171x!slb.lowbit<range<0:1>, scale = 1.42146194>>) {
  %1 = slb.dequantize %x0 : (tensor<1x9x19x!slb.lowbit<range<0:1>, scale = 1.42146194>>) -> tensor<1x9x19xf32>
  %2 = slb.quantize %1 : (tensor<1x9x19xf32>) -> tensor<1x9x19x!slb.lowbit<range<0:3>, scale = 0.742763877>>
  %3 = tensor.collapse_shape %x0 [[0], [1, 2]] : tensor<1x9x19x!slb.lowbit<range<0:1>, scale = 1.42146194>> into tensor<1x171x!slb.lowbit<range<0:1>, scale = 1.42146194>>
  return %3 : tensor<1x171x!slb.lowbit<range<0:1>, scale = 1.42146194>>
}
