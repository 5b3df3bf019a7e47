// A sum as integers, then planes of it: the planes do not overwrite the
// integers while these are read; bytes do.
//
// RUN: rm -rf %t && mkdir %t && slb-compile %s -o %t/net.c --self-check
// RUN: %cc -I%t %S/Inputs/self-check.c %t/net.c -o %t/a && %t/a

!bytes = !slb.lowbit<range<-100:100>>
!planes = !slb.lowbit<range<0:15>>

func.func @net(%x: tensor<1x4x4x40x!bytes>) -> (tensor<1x2x2x40x!planes>, tensor<1x2x2x40x!bytes>) {
  %a = slb.pool2d sum %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x40x!bytes>) -> tensor<1x2x2x40xi32>
  %b = slb.pool2d sum %x {kernel = array<i64: 3, 3>, strides = array<i64: 1, 1>} : (tensor<1x4x4x40x!bytes>) -> tensor<1x2x2x40xi32>
  %c = slb.requantize %a {multiplier = 1 : i32, addend = 200 : i64, shift = 5 : i64} : (tensor<1x2x2x40xi32>) -> tensor<1x2x2x40x!planes>
  %d = slb.requantize %b, %c {multiplier = 1 : i32, other_multiplier = 3 : i32, shift = 3 : i64} : (tensor<1x2x2x40xi32>, tensor<1x2x2x40x!planes>) -> tensor<1x2x2x40x!bytes>
  %e = slb.requantize %d, %c {multiplier = 1 : i32, other_multiplier = 3 : i32} : (tensor<1x2x2x40x!bytes>, tensor<1x2x2x40x!planes>) -> tensor<1x2x2x40x!bytes>
  %f = slb.requantize %c, %e {multiplier = 5 : i32, other_multiplier = 1 : i32, shift = 2 : i64} : (tensor<1x2x2x40x!planes>, tensor<1x2x2x40x!bytes>) -> tensor<1x2x2x40x!planes>
  %g = slb.requantize %f {multiplier = 15 : i32, addend = 1 : i64, shift = 4 : i64} : (tensor<1x2x2x40x!planes>) -> tensor<1x2x2x40x!planes>
  %h = slb.requantize %g {multiplier = -1 : i32, addend = 15 : i64} : (tensor<1x2x2x40x!planes>) -> tensor<1x2x2x40x!planes>
  %i = slb.requantize %e {multiplier = -1 : i32, addend = 15 : i64} : (tensor<1x2x2x40x!bytes>) -> tensor<1x2x2x40x!bytes>
  return %h, %i : tensor<1x2x2x40x!planes>, tensor<1x2x2x40x!bytes>
}
