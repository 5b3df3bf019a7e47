func.func @net(%x0: tensor<1x9x8x64x!slb.lowbit<range<0:255>, scale = 0.00488191051>>) -> (tensor<1x9x8x128x!slb.lowbit<range<0:255>, scale = 0.00488191051>>, tensor<1x9x8x64x!slb.lowbit<range<0:255>, scale = 0.00488191051>>) {
  %1 = tensor.concat dim(3) %x0, %x0 : (tensor<1x9x8x64x!slb.lowbit<range<0:255>, scale = 0.00488191051>>, tensor<1x9x8x64x!slb.lowbit<range<0:255>, scale = 0.00488191051>>) -> tensor<1x9x8x128x!slb.lowbit<range<0:255>, scale = 0.00488191051>>
  return %1, %x0 : tensor<1x9x8x128x!slb.lowbit<range<0:255>, scale = 0.00488191051>>, tensor<1x9x8x64x!slb.lowbit<range<0:255>, scale = 0.00488191051>>
}
