// Inputs that nothing reads, values that are returned and used, or twice,
// constants and arguments as results, ranks 1 to 3: the C computes them all, and
// writes nothing else.
//
// RUN: rm -rf %t && mkdir -p %t/s
// RUN: slb-compile %s -o %t/net.c --self-check
// RUN: %cc -I%t %S/Inputs/ports.c %t/net.c -o %t/a && %t/a
// RUN: clang-22 -std=c99 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -I%t %S/Inputs/ports.c %t/net.c -o %t/b && %t/b
// RUN: FileCheck %s < %t/net.c
// RUN: slb-compile %s -o %t/s/net.c --static-arena --weights-file=%t/s/weights.c
// RUN: %cc -c %t/s/net.c -o %t/s/net.o && %cc -c %t/s/weights.c -o %t/s/weights.o

// CHECK-LABEL: void net_run(
// CHECK: (void)input1;
// CHECK: net_used(input, output, 
// CHECK: net_last(output, output4, 
// CHECK: memcpy(output1, output, 6);
// CHECK: memcpy(output2, net_output2_value, 8);
// CHECK: memcpy(output3, input2, 16);
// CHECK: memcpy(output5, net_output5_value, 8);

!byte = tensor<1x2x3x!slb.lowbit<range<0:255>>>
!logit = tensor<1x2x3x!slb.lowbit<range<-2147483648:2147483647>>>
!codes = tensor<1x3x!slb.lowbit<range<0:3>>>
func.func @net(%x: !byte, %unused: tensor<1x4x!slb.lowbit<range<-128:127>>>, %reals: tensor<4xf32>)
    -> (!byte, !byte, tensor<2xf32>, tensor<4xf32>, !logit, !codes) {
  %c = arith.constant dense<[1.5, -2.25]> : tensor<2xf32>
  %k = slb.constant dense<[[3, 0, 1]]> : tensor<1x3xi8> : !codes
  %y = slb.requantize %x {multiplier = 3 : i32, shift = 1 : i64, layer = "used"} : (!byte) -> !byte
  %z = slb.requantize %y {multiplier = 1000 : i32, layer = "last"} : (!byte) -> !logit
  return %y, %y, %c, %reals, %z, %k : !byte, !byte, tensor<2xf32>, tensor<4xf32>, !logit, !codes
}
