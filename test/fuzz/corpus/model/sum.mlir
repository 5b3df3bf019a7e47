// --target=x86-64-v3
!x = !slb.lowbit<range<-8:7>>
func.func @net(%x: tensor<1x4x4x3x!x>, %r: tensor<1x2x2x3x!x>) -> (tensor<1x2x2x3x!x>, tensor<1x3x3x3xi32>) {
  %0 = slb.pool2d max %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x3x!x>) -> tensor<1x2x2x3x!x>
  %1 = slb.requantize %0, %r {multiplier = 3 : i32, other_multiplier = -2 : i32, addend = 4 : i64, shift = 2 : i64} : (tensor<1x2x2x3x!x>, tensor<1x2x2x3x!x>) -> tensor<1x2x2x3x!x>
  %2 = slb.pool2d sum %x {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>} : (tensor<1x4x4x3x!x>) -> tensor<1x3x3x3xi32>
  return %1, %2 : tensor<1x2x2x3x!x>, tensor<1x3x3x3xi32>
}
