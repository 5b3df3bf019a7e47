// Pools of bytes with an offset, of 16 and of 32 bits. Three results of one type
// must not share a buffer in the reference either.
//
// RUN: rm -rf %t && mkdir %t && slb-compile %s -o %t/net.c --self-check
// RUN: %cc -I%t %S/Inputs/self-check.c %t/net.c -o %t/a && %t/a

!bytes = !slb.lowbit<range<-203:52>>
!shorts = !slb.lowbit<range<-2048:2047>>
!wide = !slb.lowbit<range<0:100000>>

func.func @net(%a: tensor<1x4x4x3x!bytes>, %b: tensor<1x4x4x3x!shorts>, %c: tensor<1x4x4x3x!wide>)
    -> (tensor<1x2x2x3xi32>, tensor<1x2x2x3xi32>, tensor<1x2x2x3xi32>, tensor<1x3x3x3x!bytes>, tensor<1x3x3x3x!shorts>, tensor<1x3x3x3x!wide>) {
  %0 = slb.pool2d sum %a {kernel = array<i64: 2, 3>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 1, 0>}
     : (tensor<1x4x4x3x!bytes>) -> tensor<1x2x2x3xi32>
  %1 = slb.pool2d sum %b {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>}
     : (tensor<1x4x4x3x!shorts>) -> tensor<1x2x2x3xi32>
  %2 = slb.pool2d sum %c {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>}
     : (tensor<1x4x4x3x!wide>) -> tensor<1x2x2x3xi32>
  %3 = slb.pool2d max %a {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>}
     : (tensor<1x4x4x3x!bytes>) -> tensor<1x3x3x3x!bytes>
  %4 = slb.pool2d max %b {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>}
     : (tensor<1x4x4x3x!shorts>) -> tensor<1x3x3x3x!shorts>
  %5 = slb.pool2d max %c {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>}
     : (tensor<1x4x4x3x!wide>) -> tensor<1x3x3x3x!wide>
  return %0, %1, %2, %3, %4, %5
    : tensor<1x2x2x3xi32>, tensor<1x2x2x3xi32>, tensor<1x2x2x3xi32>, tensor<1x3x3x3x!bytes>, tensor<1x3x3x3x!shorts>, tensor<1x3x3x3x!wide>
}
