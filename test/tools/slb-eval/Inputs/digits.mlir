// A convolution with 2-bit activations and a linear layer, for 8x8 images.
func.func @net(%x: tensor<1x8x8x1x!slb.lowbit<range<0:16>, scale = 0.0625>>) -> tensor<1x10xf32> {
  %w = slb.constant dense<"0x00000101000001010000010101000000010000000001000101010101010001000000010001010101010101000100010001000001010000010100010001000001"> : tensor<4x4x4x1xi8> : tensor<4x4x4x1x!slb.lowbit<odd<1>>>
  %a = slb.conv2d %x, %w {layer = "conv", strides = array<i64: 4, 4>} : (tensor<1x8x8x1x!slb.lowbit<range<0:16>, scale = 0.0625>>, tensor<4x4x4x1x!slb.lowbit<odd<1>>>) -> tensor<1x2x2x4xf32>
  %b = slb.quantize %a : (tensor<1x2x2x4xf32>) -> tensor<1x2x2x4x!slb.lowbit<range<0:3>, scale = 0.5>>
  %c = tensor.collapse_shape %b [[0], [1, 2, 3]] : tensor<1x2x2x4x!slb.lowbit<range<0:3>, scale = 0.5>> into tensor<1x16x!slb.lowbit<range<0:3>, scale = 0.5>>
  %v = slb.constant dense<"0x03030000000302020100020000000001030202010002020201030303030002030102030202020003020003010002030202020300000002020302020102010202020203000001020102010201030000020201030100020103020100000102010202000201030202030203020303000301010003030100030202010002000100000103000003000102010003000002010203000201010000010102010003030002"> : tensor<10x16xi8> : tensor<10x16x!slb.lowbit<odd<2>, scale = 0.25>>
  %y = slb.linear %c, %v {layer = "fc"} : (tensor<1x16x!slb.lowbit<range<0:3>, scale = 0.5>>, tensor<10x16x!slb.lowbit<odd<2>, scale = 0.25>>) -> tensor<1x10xf32>
  return %y : tensor<1x10xf32>
}
