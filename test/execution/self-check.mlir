// The self-check of values of 9 to 16 bits, of NaN and of infinities; it needs no
// memory but the caller's, so threads may run it at once.
//
// RUN: rm -rf %t && split-file %s %t && cd %t && mkdir wide inf nan
// DEFINE: %{sanitized} = clang-22 -std=c99 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all %S/Inputs/self-check.c
// RUN: slb-compile wide.mlir -o wide/net.c --self-check
// RUN: %cc -Iwide %S/Inputs/self-check.c wide/net.c -o a && ./a
// RUN: %{sanitized} -Iwide wide/net.c -o a && ./a
// RUN: %cc -c wide/net.c -o wide/net.o && nm wide/net.o | not grep -i " [bd] "
//
// RUN: slb-compile inf.mlir -o inf/net.c --self-check && FileCheck --check-prefix=INF %s < inf/net.c
// RUN: %cc -Iinf %S/Inputs/self-check.c inf/net.c -o a && ./a
// RUN: sed 's/INFINITY/NAN/' inf/net.c > inf/wrong.c && %cc -Iinf %S/Inputs/self-check.c inf/wrong.c -o a && not ./a
//
// A NaN is no number, and no number is a NaN.
// RUN: slb-compile nan.mlir -o nan/net.c --self-check
// RUN: %cc -Inan %S/Inputs/self-check.c nan/net.c -o a && ./a
// RUN: sed '/net_self_check_output/,/;/!s/1\.5f/(0.0f \/ 0.0f)/' nan/net.c > nan/wrong.c
// RUN: cc -std=c99 -Inan %S/Inputs/self-check.c nan/wrong.c -o a && not ./a 2>&1 | FileCheck --check-prefix=NAN %s

// INF: #include <math.h>
// INF: static const float net_self_check_output[4] = {
// INF: INFINITY
// NAN: 4 outputs differ

//--- wide.mlir
!wide = tensor<1x2x2x3x!slb.lowbit<range<-1000:3000>>>
!unsigned = tensor<1x2x2x3x!slb.lowbit<range<0:65535>>>
!byte = tensor<1x2x2x3x!slb.lowbit<range<0:255>>>
func.func @net(%x: !wide, %u: !unsigned) -> (!wide, !unsigned, !byte, !unsigned) {
  %0 = slb.requantize %x {multiplier = 5 : i32, addend = -900 : i64, shift = 1 : i64} : (!wide) -> !wide
  %1 = slb.requantize %u {multiplier = 3 : i32, shift = 1 : i64} : (!unsigned) -> !unsigned
  %2 = slb.requantize %u {multiplier = 1 : i32, shift = 8 : i64} : (!unsigned) -> !byte
  return %0, %1, %2, %u : !wide, !unsigned, !byte, !unsigned
}
//--- inf.mlir
func.func @net(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %w = arith.constant dense<3.40282347e38> : tensor<1x1xf32>
  %s = arith.constant dense<3.40282347e38> : tensor<1xf32>
  %b = arith.constant dense<0.0> : tensor<1xf32>
  %y = slb.fused_linear %x, %w scale = %s shift = %b {layer = "fc"} : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}
//--- nan.mlir
func.func @net(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %c = arith.constant dense<[[1.5, 2.0, 3.0, 4.0]]> : tensor<1x4xf32>
  %y = tosa.add %x, %c : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %y : tensor<1x4xf32>
}
