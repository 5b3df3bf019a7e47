// A convolution with thresholds and a linear layer with multipliers: the C of
// slb-compile against the arithmetic written out in C. Every way to lay out the
// files gives the same numbers, and compiles without a warning as C and as C++.
//
// RUN: rm -rf %t && mkdir %t
// RUN: slb-compile %s -o %t/net.c
// RUN: %cc -I%t %S/Inputs/threshold-then-linear.c %t/net.c -o %t/a && %t/a
// RUN: mkdir %t/s && slb-compile %s -o %t/s/net.c --static-arena
// RUN: %cc -I%t/s -DSTATIC_ARENA %S/Inputs/threshold-then-linear.c %t/s/net.c -o %t/b && %t/b
// RUN: mkdir %t/w && slb-compile %s -o %t/w/net.c --weights-file=%t/w/weights.c
// RUN: %cc -I%t/w %S/Inputs/threshold-then-linear.c %t/w/net.c %t/w/weights.c -o %t/c && %t/c
// RUN: mkdir %t/p && slb-compile %s -o %t/p/net.c --profile
// RUN: %cc -I%t/p -DPROFILE %S/Inputs/threshold-then-linear.c %t/p/net.c -o %t/d && %t/d | FileCheck %s
//
// A network of integers has no floats, and needs nothing but memcpy and memset.
// RUN: not grep -E "float|double" %t/net.c
// RUN: %cc -c %t/net.c -o %t/net.o
// RUN: nm -u %t/net.o | not grep -v -E "^ +U (memcpy|memset)$"
//
// Text, bytecode and a second run give the same bytes.
// RUN: slb-opt %s --emit-bytecode -o %t/net.mlirbc && mkdir %t/y && slb-compile %t/net.mlirbc -o %t/y/net.c
// RUN: diff %t/net.c %t/y/net.c && diff %t/net.h %t/y/net.h
//
// RUN: %cxx -fsyntax-only -x c++ %t/net.h %t/p/net.h

// CHECK: begin 0 conv1 16
// CHECK-NEXT: end 0 conv1 16
// CHECK-NEXT: begin 1 fc 8
// CHECK-NEXT: end 1 fc 8

func.func @net(%x: tensor<1x3x3x1x!slb.lowbit<range<0:255>>>)
    -> tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>>> {
  %w = slb.constant dense<[[[[1], [0]], [[1], [1]]], [[[0], [0]], [[1], [0]]]]> : tensor<2x2x2x1xi8> : tensor<2x2x2x1x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<[[5], [-3]]> : tensor<2x1xi32>
  %a = slb.integer_conv2d %x, %w thresholds = %t {layer = "conv1"}
     : (tensor<1x3x3x1x!slb.lowbit<range<0:255>>>, tensor<2x2x2x1x!slb.lowbit<odd<1>>>, tensor<2x1xi32>) -> tensor<1x2x2x2x!slb.lowbit<range<0:1>>>
  %f = tensor.collapse_shape %a [[0], [1, 2, 3]] : tensor<1x2x2x2x!slb.lowbit<range<0:1>>> into tensor<1x8x!slb.lowbit<range<0:1>>>
  %v = slb.constant dense<[[0, 1, 2, 3, 3, 2, 1, 0], [3, 3, 3, 3, 0, 0, 0, 0]]> : tensor<2x8xi8> : tensor<2x8x!slb.lowbit<odd<2>>>
  %m = arith.constant dense<[3, 5]> : tensor<2xi32>
  %b = arith.constant dense<[1, -7]> : tensor<2xi64>
  %y = slb.integer_linear %f, %v multiplier = %m addend = %b {layer = "fc", shift = 1 : i64}
     : (tensor<1x8x!slb.lowbit<range<0:1>>>, tensor<2x8x!slb.lowbit<odd<2>>>, tensor<2xi32>, tensor<2xi64>) -> tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>>>
  return %y : tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>>>
}
