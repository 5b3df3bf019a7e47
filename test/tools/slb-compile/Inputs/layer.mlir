!in = !slb.lowbit<range<0:255>, scale = 0.0625>
func.func @net(%x: tensor<1x8x8x4x!in>) -> tensor<1x8x8x16x!in> {
  %w = slb.constant dense<1> : tensor<16x3x3x4xi8> : tensor<16x3x3x4x!slb.lowbit<odd<1>>>
  %s = arith.constant dense<0.25> : tensor<16xf32>
  %b = arith.constant dense<0.5> : tensor<16xf32>
  %y = slb.fused_conv2d %x, %w scale = %s shift = %b {pads = array<i64: 1, 1, 1, 1>, relu, layer = "conv1"}
     : (tensor<1x8x8x4x!in>, tensor<16x3x3x4x!slb.lowbit<odd<1>>>, tensor<16xf32>, tensor<16xf32>) -> tensor<1x8x8x16x!in>
  return %y : tensor<1x8x8x16x!in>
}
