// --target=cortex-m4 --static-arena
!x = !slb.lowbit<range<0:255>, scale = 0.0625>
func.func @net(%x: tensor<1x8x8x4x!x>) -> tensor<1x4x4x4x!x> {
  %w = slb.constant dense<1> : tensor<4x3x3x4xi8> : tensor<4x3x3x4x!slb.lowbit<odd<2>>>
  %s = arith.constant dense<0.25> : tensor<4xf32>
  %b = arith.constant dense<0.5> : tensor<4xf32>