func.func @net(%x0: tensor<1x1x3x8x!slb.lowbit<range<0:255>, scale = 0.00304857129>>) -> (tensor<1x1x2x4x!slb.lowbit<range<0:7>, scale = 0.329649955>>) {
  %1 = slb.constant dense<"0xBF56D2DACB833BBC56DF53DB29641FD81E183343DD5C68223AF7EC9B5F5C0BED68718A72F3D9DA34A58193EAA5D3A33DCD46F6181B48A19D17CCB7318505AC6CE6A5DD483A156C46B218E8D6D8112AA3C05F5C76572603BEB7B833B4B19082C7"> : tensor<4x1x3x8xi8> : tensor<4x1x3x8x!slb.lowbit<range<-127:127>>>
  %2 = slb.conv2d %x0, %1 {strides = array<i64: 2, 1>, pads = array<i64: 0, 0, 1, 0>, dilations = array<i64: 1, 1>, groups = 1 : i64, layer = "restrict"} : (tensor<1x1x3x8x!slb.lowbit<range<0:255>, scale = 0.00304857129>>, tensor<4x1x3x8x!slb.lowbit<range<-127:127>>>) -> tensor<1x1x2x4xf32>
  %3 = arith.constant dense<"0x6FDC873F0000008000659ABF853295BF"> : tensor<4xf32>
  %4 = arith.constant dense<"0xF8FF393F2EE2383F2F4D343F2C7B4E3F"> : tensor<4xf32>
  %5 = arith.constant dense<"0x2C7A65C2F225DDC22C26B4C279B1A8C1"> : tensor<4xf32>
  %6 = arith.constant dense<"0x98430C4782922047C02EC74604AB1D47"> : tensor<4xf32>
  %7 = slb.batch_norm %2 gamma = %3 beta = %4 mean = %5 variance = %6 {epsilon = 1.0e-5 : f32} : (tensor<1x1x2x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x1x2x4xf32>
  %8 = slb.quantize %7 : (tensor<1x1x2x4xf32>) -> tensor<1x1x2x4x!slb.lowbit<range<0:7>, scale = 0.329649955>>
  return %8 : tensor<1x1x2x4x!slb.lowbit<range<0:7>, scale = 0.329649955>>
}
