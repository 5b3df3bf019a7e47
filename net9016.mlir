func.func @net(%x0: tensor<1x9x32x!slb.lowbit<range<0:255>, scale = 0.00479318853>>) -> (tensor<1x288x!slb.lowbit<odd<3>, scale = 0.236559018>>, tensor<1x288x!slb.lowbit<range<0:255>, scale = 0.00479318853>>) {
  %1 = tensor.collapse_shape %x0 [[0], [1, 2]] : tensor<1x9x32x!slb.lowbit<range<0:255>, scale = 0.00479318853>> into tensor<1x288x!slb.lowbit<range<0:255>, scale = 0.00479318853>>
  %2 = slb.dequantize %1 : (tensor<1x288x!slb.lowbit<range<0:255>, scale = 0.00479318853>>) -> tensor<1x288xf32>
  %3 = slb.quantize %2 : (tensor<1x288xf32>) -> tensor<1x288x!slb.lowbit<range<-3:5>, scale = 1.250000e-01>>
  %4 = slb.dequantize %x0 : (tensor<1x9x32x!slb.lowbit<range<0:255>, scale = 0.00479318853>>) -> tensor<1x9x32xf32>
  %5 = slb.dequantize %x0 : (tensor<1x9x32x!slb.lowbit<range<0:255>, scale = 0.00479318853>>) -> tensor<1x9x32xf32>
  %6 = tosa.add %4, %5 : (tensor<1x9x32xf32>, tensor<1x9x32xf32>) -> tensor<1x9x32xf32>
  %7 = slb.quantize %6 : (tensor<1x9x32xf32>) -> tensor<1x9x32x!slb.lowbit<odd<3>, scale = 0.236559018>>
  %8 = tensor.collapse_shape %7 [[0], [1, 2]] : tensor<1x9x32x!slb.lowbit<odd<3>, scale = 0.236559018>> into tensor<1x288x!slb.lowbit<odd<3>, scale = 0.236559018>>
  return %8, %1 : tensor<1x288x!slb.lowbit<odd<3>, scale = 0.236559018>>, tensor<1x288x!slb.lowbit<range<0:255>, scale = 0.00479318853>>
}
