// What net.h says of a network is what the model says, and C can compute with it.
//
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: slb-compile net.mlir -o net.c
// RUN: %cc -I. %S/Inputs/header.c -o a && ./a
// RUN: %cxx -I. -x c++ %S/Inputs/header.c -o b && ./b
// RUN: FileCheck --match-full-lines %s < net.h
//
// One hash whatever the form of the model and the target are, another for another
// network.
// RUN: grep MODEL_HASH net.h > hash
// RUN: slb-opt net.mlir --emit-bytecode -o net.mlirbc && slb-compile net.mlirbc -o other.c --name=net --target=cortex-m4
// RUN: grep MODEL_HASH other.h | diff hash -
// RUN: slb-compile net.mlir --compile-to=integer --self-check -o integer.mlir && slb-compile integer.mlir -o other.c --name=net
// RUN: grep MODEL_HASH other.h | diff hash -
// RUN: sed 's/multiplier = 3/multiplier = 2/' net.mlir > changed.mlir && slb-compile changed.mlir -o other.c --name=net
// RUN: grep MODEL_HASH other.h | not diff hash - > diff
//
// RUN: %fails "offset.mlir:1:1: error: 'func.func' op expects an i64 as 'slb.pixel_offset' of argument 0, but got 1.0.*" slb-compile offset.mlir -o net.c
// RUN: %fails "unknown.mlir:1:1: error: 'func.func' op expects 'slb.pixel_offset' or no attribute of slb at argument 0, but got .*slb.name.*" slb-compile unknown.mlir -o net.c

//      CHECK: /* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
//      CHECK: #define NET_SLB_VERSION "{{[0-9.]+}}"
// CHECK-NEXT: #define NET_MODEL_HASH "{{[0-9a-f]+}}"
//      CHECK: /// input: int8_t [5][4][3] (height, width, channel)
// CHECK-NEXT: /// Integers from -128 to 127; real value = 0.0123456791 * integer.
// CHECK-NEXT: /// A pixel as the network was trained with becomes the integer pixel - 128.
//      CHECK: #define NET_INPUT_RANK 3
// CHECK-NEXT: #define NET_INPUT_SHAPE {5, 4, 3}
//      CHECK: #define NET_INPUT_SCALE 0.0123456791f
// CHECK-NEXT: #define NET_INPUT_PIXEL_OFFSET 128
//      CHECK: /// output: float [6]
// CHECK-NEXT: /// Real values.
//      CHECK: #define NET_OUTPUT_SHAPE {6}
//      CHECK: /// output1: int8_t [2][40]
// CHECK-NEXT: /// Integers -4, -1, 0, 1, 4; real value = scale * integer, with
// CHECK-NEXT: /// a scale of NET_OUTPUT1_SCALES for each index of axis NET_OUTPUT1_SCALE_AXIS.
//      CHECK: #define NET_OUTPUT1_SCALES {0.100000001f, {{.*}}\
//      CHECK: /// output2: uint32_t [2][1] (plane, word)
// CHECK-NEXT: /// Odd integers from -3 to 3; real value = 0.5 * integer.
//      CHECK: /// integer = -3 + 2 * code; unused bits are 0.
//      CHECK: /// output3: uint8_t [2]
// CHECK-NEXT: /// Integers from -10 to 200; real value = 1 * integer.
// CHECK-NEXT: /// A byte holds the integer + 10.
//      CHECK: #define NET_OUTPUT3_OFFSET -10

//--- net.mlir
!x = tensor<1x5x4x3x!slb.lowbit<range<-128:127>, scale = 0.0123456791>>
!listed = tensor<1x2x40x!slb.lowbit<list<-4, -1, 0, 1, 4>, scales = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 3.0e-30] axis = 2>>
!odd = tensor<1x3x!slb.lowbit<odd<2>, scale = 0.5>>
func.func @net(%x: !x {slb.pixel_offset = 128 : i64}, %f: tensor<6xf32>, %l: !listed, %o: !odd,
               %m: tensor<1x2x!slb.lowbit<range<-10:200>>>)
    -> (tensor<6xf32>, !listed, !odd, tensor<1x2x!slb.lowbit<range<-10:200>>>, !x) {
  %y = slb.requantize %x {multiplier = 3 : i32} : (!x) -> !x
  return %f, %l, %o, %m, %y : tensor<6xf32>, !listed, !odd, tensor<1x2x!slb.lowbit<range<-10:200>>>, !x
}
//--- offset.mlir
func.func @net(%x: tensor<1x4xf32> {slb.pixel_offset = 1.0 : f64}) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}
//--- unknown.mlir
func.func @net(%x: tensor<1x4xf32> {slb.name = "x"}) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}
