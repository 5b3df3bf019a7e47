// --target=c99 --profile
func.func @net(%x: tensor<1x4x4x2x!slb.lowbit<range<0:15>, scale = 0.5>>) -> tensor<1x4x4x2x!slb.lowbit<range<0:3>, scale = 0.5>> {
  %a = arith.constant dense<0.5> : tensor<2x2x3x3x2xf32>
  %t = arith.constant 8.0 : f32
  %c = arith.constant dense<[1.0, -0.5]> : tensor<2xf32>
  %w = slb.expectation %a, %t set = <odd<1>> : (tensor<2x2x3x3x2xf32>, f32) -> tensor<2x3x3x2xf32>
  %0 = slb.conv2d %x, %w {pads = array<i64: 1, 1, 1, 1>, layer = "c"} : (tensor<1x4x4x2x!slb.lowbit<range<0:15>, scale = 0.5>>, tensor<2x3x3x2xf32>) -> tensor<1x4x4x2xf32>
  %1 = slb.state_batch_norm %0 gamma = %c beta = %c mean = %c variance = %c discrete_mean = %c discrete_variance = %c {epsilon = 1.0 : f32} : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x2xf32>
  %2 = slb.quantize %1 : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2x!slb.lowbit<range<0:3>, scale = 0.5>>
  return %2 : tensor<1x4x4x2x!slb.lowbit<range<0:3>, scale = 0.5>>
}
