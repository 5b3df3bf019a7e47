// Networks that are nearly nothing, and networks of several inputs and results:
// the C compiles without a warning and has its argument for each.
//
// RUN: rm -rf %t && split-file %s %t && mkdir %t/a %t/b %t/c
// RUN: slb-compile %t/copy.mlir -o %t/a/net.c && %cc -c %t/a/net.c -o %t/a/net.o
// RUN: FileCheck --check-prefix=COPY %s < %t/a/net.c
// RUN: slb-compile %t/copy.mlir -o %t/a/net.c --static-arena && %cc -c %t/a/net.c -o %t/a/net.o
// RUN: slb-compile %t/two.mlir -o %t/b/net.c --self-check && %cc -c %t/b/net.c -o %t/b/net.o
// RUN: FileCheck --check-prefix=TWO %s < %t/b/net.h
// RUN: slb-compile %t/names.mlir -o %t/c/net.c && %cc -c %t/c/net.c -o %t/c/net.o
// RUN: FileCheck --check-prefix=NAMES %s < %t/c/net.c

// COPY: void net_run(const uint8_t *input, uint8_t *output, void *arena) {
// COPY: memcpy(output, input, 4);

// TWO: #define NET_INPUT_SIZE 4
// TWO: #define NET_INPUT1_SIZE 4
// TWO: #define NET_OUTPUT_SIZE 4
// TWO: #define NET_OUTPUT1_SIZE 4
// TWO: void net_run(const uint8_t *input, const int8_t *input1, uint8_t *output,
// TWO-NEXT: int32_t *output1, void *arena);
// TWO: int32_t net_self_check(void *arena);

// Names that C or the interface has already get a number.
// NAMES-DAG: static void net_run_2(
// NAMES-DAG: static void net_layer1_0_conv(
// NAMES-DAG: static void net_layer1_0_conv_2(

//--- copy.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>> {
  return %x : tensor<1x4x!slb.lowbit<range<0:255>>>
}
//--- two.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>, %y: tensor<1x4x!slb.lowbit<range<-128:127>>>)
    -> (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<-2147483648:2147483647>>>) {
  %0 = slb.requantize %x, %y {multiplier = 3 : i32, other_multiplier = -1 : i32, addend = 2 : i64, shift = 2 : i64}
     : (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<-128:127>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  %1 = slb.requantize %0 {multiplier = 100 : i32} : (tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<-2147483648:2147483647>>>
  return %0, %1 : tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<1x4x!slb.lowbit<range<-2147483648:2147483647>>>
}
//--- names.mlir
func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>> {
  %0 = slb.requantize %x {multiplier = 3 : i32, layer = "run"} : (tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  %1 = slb.requantize %0 {multiplier = 3 : i32, layer = "layer1.0.conv"} : (tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  %2 = slb.requantize %1 {multiplier = 3 : i32, layer = "layer1/0\0Aconv"} : (tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4x!slb.lowbit<range<0:255>>>
  return %2 : tensor<1x4x!slb.lowbit<range<0:255>>>
}
