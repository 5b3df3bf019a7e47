func.func @net(%x0: tensor<1x7x5x3x!slb.lowbit<odd<1>>>, %x6: tensor<1x1x1x4x!slb.lowbit<range<0:7>>>) -> (tensor<1x1x1x4x!slb.lowbit<range<-128:127>>>) {
  %1 = slb.constant dense<"0x020301030100000303010201000103010100"> : tensor<2x3x1x3xi8> : tensor<2x3x1x3x!slb.lowbit<odd<2>, scale = 0.406021625>>
  %2 = arith.constant dense<"0x00000080FCFFFFFFFFFFFFFF01000000030000000400000005000000FAFFFFFFFAFFFFFFFAFFFFFFFDFFFFFFFFFFFFFF0000000002000000"> : tensor<2x7xi32>
  %3 = slb.integer_conv2d %x0, %1 thresholds = %2 {strides = array<i64: 1, 1>, pads = array<i64: 1, 0, 0, 0>, dilations = array<i64: 1, 1>, groups = 1 : i64, pool = array<i64: 2, 3>} : (tensor<1x7x5x3x!slb.lowbit<odd<1>>>, tensor<2x3x1x3x!slb.lowbit<odd<2>, scale = 0.406021625>>, tensor<2x7xi32>) -> tensor<1x3x1x2x!slb.lowbit<range<0:7>, scale = 1.250000e-01>>
  %4 = tensor.concat dim(3) %3, %3 : (tensor<1x3x1x2x!slb.lowbit<range<0:7>, scale = 1.250000e-01>>, tensor<1x3x1x2x!slb.lowbit<range<0:7>, scale = 1.250000e-01>>) -> tensor<1x3x1x4x!slb.lowbit<range<0:7>, scale = 1.250000e-01>>
  %5 = slb.constant dense<"0x00010000"> : tensor<4x1x1x1xi8> : tensor<4x1x1x1x!slb.lowbit<odd<2>>>
  %7 = arith.constant dense<"0xA7537F1517940622CD723B1C7EEFFC32"> : tensor<4xi32>
  %8 = arith.constant dense<"0xA07019D4FFFFFFFFB68B8594FFFFFFFF16B66AFC0000000059A875C500000000"> : tensor<4xi64>
  %9 = slb.integer_conv2d %4, %5 multiplier = %7 addend = %8 residual = %x6 {layer = "conv1", strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, groups = 4 : i64, pool = array<i64: 3, 1>, shift = 26 : i64, residual_multiplier = 541945709 : i32} : (tensor<1x3x1x4x!slb.lowbit<range<0:7>, scale = 1.250000e-01>>, tensor<4x1x1x1x!slb.lowbit<odd<2>>>, tensor<4xi32>, tensor<4xi64>, tensor<1x1x1x4x!slb.lowbit<range<0:7>>>) -> tensor<1x1x1x4x!slb.lowbit<range<-128:127>>>
  return %9 : tensor<1x1x1x4x!slb.lowbit<range<-128:127>>>
}
