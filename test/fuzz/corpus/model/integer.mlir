// --target=cortex-m55 --weights-file --report
!x = !slb.lowbit<range<0:3>>
!y = !slb.lowbit<range<-128:127>>
func.func @net(%x: tensor<1x16x!x>) -> tensor<1x2x!y> {
  %w = slb.constant dense<2> : tensor<2x16xi8> : tensor<2x16x!slb.lowbit<list<-1, 0, 1>>>
  %m = arith.constant dense<[3, -5]> : tensor<2xi32>
  %a = arith.constant dense<7> : tensor<2xi64>
  %y = slb.integer_linear %x, %w multiplier = %m addend = %a {shift = 4 : i64, layer = "fc"} : (tensor<1x16x!x>, tensor<2x16x!slb.lowbit<list<-1, 0, 1>>>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!y>
  return %y : tensor<1x2x!y>
}
