func.func @net(%x0: tensor<1x3x4x3x!slb.lowbit<range<0:255>, scale = 0.00319322362>>) -> (tensor<1x3x4x10x!slb.lowbit<range<0:3>, scale = 5.000000e-01>>) {
  %1 = slb.constant dense<"0x010001000001000101010001000001000101000101000100000100000001"> : tensor<10x1x1x3xi8> : tensor<10x1x1x3x!slb.lowbit<odd<1>, scale = 1.4195689>>
  %2 = slb.conv2d %x0, %1 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, groups = 1 : i64, layer = "output"} : (tensor<1x3x4x3x!slb.lowbit<range<0:255>, scale = 0.00319322362>>, tensor<10x1x1x3x!slb.lowbit<odd<1>, scale = 1.4195689>>) -> tensor<1x3x4x10xf32>
  %3 = slb.quantize %2 : (tensor<1x3x4x10xf32>) -> tensor<1x3x4x10x!slb.lowbit<range<0:3>, scale = 5.000000e-01>>
  return %3 : tensor<1x3x4x10x!slb.lowbit<range<0:3>, scale = 5.000000e-01>>
}
