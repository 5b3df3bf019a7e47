// Thresholds, signs, multipliers and addends of a layer whose input's bytes have
// an offset, given as resources.
//
// RUN: rm -rf %t && mkdir %t && slb-compile %s -o %t/net.c --self-check
// RUN: %cc -I%t %S/Inputs/self-check.c %t/net.c -o %t/a && %t/a

!bytes = !slb.lowbit<range<-203:52>>

func.func @net(%x: tensor<1x4x!bytes>) -> (tensor<1x2x!slb.lowbit<range<0:3>>>, tensor<1x2x!slb.lowbit<range<-7:5>>>) {
  %w = slb.constant dense<[[0, 1, 1, 0], [1, 1, 0, 1]]> : tensor<2x4xi8> : tensor<2x4x!slb.lowbit<odd<1>>>
  %t = arith.constant dense_resource<thresholds> : tensor<2x3xi32>
  %s = arith.constant dense_resource<signs> : tensor<2xi8>
  %m = arith.constant dense_resource<multiplier> : tensor<2xi32>
  %a = arith.constant dense_resource<addend> : tensor<2xi64>
  %y = slb.integer_linear %x, %w thresholds = %t signs = %s
     : (tensor<1x4x!bytes>, tensor<2x4x!slb.lowbit<odd<1>>>, tensor<2x3xi32>, tensor<2xi8>) -> tensor<1x2x!slb.lowbit<range<0:3>>>
  %z = slb.integer_linear %x, %w multiplier = %m addend = %a {shift = 5 : i64}
     : (tensor<1x4x!bytes>, tensor<2x4x!slb.lowbit<odd<1>>>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!slb.lowbit<range<-7:5>>>
  return %y, %z : tensor<1x2x!slb.lowbit<range<0:3>>>, tensor<1x2x!slb.lowbit<range<-7:5>>>
}

{-#
  dialect_resources: {
    builtin: {
      thresholds: "0x04000000E0FFFFFF0000000020000000E0FFFFFF0000000020000000",
      signs: "0x0100000001FF",
      multiplier: "0x0400000001000000FEFFFFFF",
      addend: "0x0800000010000000000000001000000000000000"
    }
  }
#-}
