// Names of layers that C, C++ or the network itself has already, or that would
// end comments and strings: the C compiles without a warning, is the same network,
// and shows none of them unescaped.
//
// RUN: rm -rf %t && split-file %s %t && cd %t && mkdir int8 INT static slb_load NET
// RUN: slb-compile names.mlir -o net.c --self-check
// RUN: %cc -I. %S/Inputs/self-check.c net.c -o a && ./a
// RUN: clang-22 -std=c17 -Wall -Wextra -Wpedantic -Wconversion -Werror -c net.c -o net.o
// RUN: slb-compile names.mlir -o hooks.c --profile && %cc -c hooks.c -o hooks.o
// RUN: FileCheck %s < net.c
// RUN: not grep -nE '[^ -~]|\?\?|\\' net.c
//
// What clashes depends on the name of the network.
// RUN: slb-compile clashes.mlir -o int8/net.c --name=int8 && %cc -c int8/net.c -o int8/net.o
// RUN: slb-compile clashes.mlir -o INT/net.c --name=INT && %cc -c INT/net.c -o INT/net.o
// RUN: slb-compile clashes.mlir -o static/net.c --name=static && %cxx -x c++ -c static/net.c -o static/net.o
// RUN: slb-compile clashes.mlir -o slb_load/net.c --name=slb_load && %cc -c slb_load/net.c -o slb_load/net.o
// RUN: slb-compile clashes.mlir -o NET/net.c --name=NET --self-check && %cc -c NET/net.c -o NET/net.o
// RUN: %fails ".*clashes.mlir: error: expects another name than .slb_conv2d., with which SLB_CONV2D_H would be a name of C's or slb's own" slb-compile clashes.mlir -o net.c --name=slb_conv2d
// RUN: cat int8/net.c INT/net.c static/net.c slb_load/net.c NET/net.c | FileCheck --check-prefix=CLASHES %s

// CHECK-DAG: /// fc: linear layer
// CHECK-DAG: static const uint32_t net_fc_weights_2[3] = {
// CHECK-DAG: static void net_fc(
// CHECK-DAG: static void net_fc_weights(
// CHECK-DAG: static void net_FC_2(
// CHECK-DAG: /// _/ int x_ /_: another scale
// CHECK-DAG: static void net_int_x(
// CHECK-DAG: static void net_a_b(
// CHECK-DAG: /// a____/b___ : another scale
// CHECK-DAG: static void net_class(
// CHECK-DAG: static void net_memcpy(
// CHECK-DAG: static void net_3x3(
// CHECK-DAG: static void net_layer(
// CHECK-DAG: static void net_layer_2(
// CHECK-DAG: static void net_self_check_2(

// CLASHES-DAG: static void int8_t_2(
// CLASHES-DAG: static void INT_MAX_2(
// CLASHES-DAG: static void static_cast_2(
// CLASHES-DAG: static void slb_load_u8_2(
// CLASHES-DAG: static void NET_INPUT_SIZE_2(

//--- names.mlir
!x = tensor<1x4x!slb.lowbit<range<0:255>>>
func.func @net(%x: !x) -> !x {
  %w = slb.constant dense<[[1,0,1,1],[0,1,0,1],[1,1,1,0]]> : tensor<3x4xi8> : tensor<3x4x!slb.lowbit<odd<1>>>
  %m = arith.constant dense<3> : tensor<3xi32>
  %a = arith.constant dense<10> : tensor<3xi64>
  %v = slb.constant dense<[[1,0,1],[0,1,0],[1,1,1],[0,0,1]]> : tensor<4x3xi8> : tensor<4x3x!slb.lowbit<odd<1>>>
  %n = arith.constant dense<5> : tensor<4xi32>
  %b = arith.constant dense<11> : tensor<4xi64>
  %0 = slb.integer_linear %x, %w multiplier = %m addend = %a {layer = "fc", shift = 1 : i64}
     : (!x, tensor<3x4x!slb.lowbit<odd<1>>>, tensor<3xi32>, tensor<3xi64>) -> tensor<1x3x!slb.lowbit<range<0:255>>>
  %1 = slb.integer_linear %0, %v multiplier = %n addend = %b {layer = "fc_weights", shift = 1 : i64}
     : (tensor<1x3x!slb.lowbit<range<0:255>>>, tensor<4x3x!slb.lowbit<odd<1>>>, tensor<4xi32>, tensor<4xi64>) -> !x
  %2 = slb.requantize %1 {multiplier = 2 : i32, layer = "FC"} : (!x) -> !x
  %3 = slb.requantize %2 {multiplier = 2 : i32, layer = "*/ int x; /*"} : (!x) -> !x
  %4 = slb.requantize %3 {multiplier = 2 : i32, layer = "a\22\0A??/b\5C\C3\A9 "} : (!x) -> !x
  %5 = slb.requantize %4 {multiplier = 2 : i32, layer = "class"} : (!x) -> !x
  %6 = slb.requantize %5 {multiplier = 2 : i32, layer = "memcpy"} : (!x) -> !x
  %7 = slb.requantize %6 {multiplier = 2 : i32, layer = "3x3"} : (!x) -> !x
  %8 = slb.requantize %7 {multiplier = 2 : i32, layer = ""} : (!x) -> !x
  %9 = slb.requantize %8 {multiplier = 2 : i32, layer = "\E5\B1\82"} : (!x) -> !x
  %10 = slb.requantize %9 {multiplier = 2 : i32, layer = "self_check"} : (!x) -> !x
  return %10 : !x
}
//--- clashes.mlir
!x = tensor<1x4x!slb.lowbit<range<0:255>>>
func.func @net(%x: !x) -> !x {
  %0 = slb.requantize %x {multiplier = 2 : i32, layer = "t"} : (!x) -> !x
  %1 = slb.requantize %0 {multiplier = 2 : i32, layer = "MAX"} : (!x) -> !x
  %2 = slb.requantize %1 {multiplier = 2 : i32, layer = "cast"} : (!x) -> !x
  %3 = slb.requantize %2 {multiplier = 2 : i32, layer = "u8"} : (!x) -> !x
  %4 = slb.requantize %3 {multiplier = 2 : i32, layer = "INPUT_SIZE"} : (!x) -> !x
  return %4 : !x
}
