// Each dumped phase compiles on to the same C.
//
// RUN: rm -rf %t && mkdir -p %t/fused %t/packed %t/buffers %t/emitc
// RUN: slb-compile %s -o %t/net.c --dump-phases-to=%t/phases | FileCheck --check-prefix=SUMMARY %s
// RUN: ls %t/phases | FileCheck --check-prefix=DUMPS %s
// RUN: slb-compile %t/phases/2-fused.mlir -o %t/fused/net.c && diff %t/net.c %t/fused/net.c
// RUN: slb-compile %t/phases/4-packed.mlir -o %t/packed/net.c && diff %t/net.c %t/packed/net.c
// RUN: slb-compile %t/phases/5-buffers.mlir -o %t/buffers/net.c && diff %t/net.c %t/buffers/net.c
// RUN: slb-compile %t/phases/6-emitc.mlir -o %t/emitc/net.c && diff %t/net.c %t/emitc/net.c && diff %t/net.h %t/emitc/net.h
// RUN: slb-compile %s --compile-to=integer | FileCheck --check-prefix=INTEGER %s
// RUN: slb-compile %s --compile-from=fused --compile-to=fused | FileCheck --check-prefix=FUSED %s
// RUN: slb-compile --help | FileCheck --check-prefix=HELP %s

// SUMMARY:      layer  kind         W   A         MACs       flash
// SUMMARY-NEXT: fc     linear       1   8            8
// SUMMARY-NEXT: total
// SUMMARY-NEXT: flash {{[0-9]+}} bytes (weights and parameters)
// SUMMARY-NEXT: arena {{[0-9]+}} bytes, lower bound {{[0-9]+}} (+0.0 %), of them at most {{[0-9]+}} bytes of scratch
// DUMPS:      2-fused.mlir
// DUMPS-NEXT: 3-integer.mlir
// DUMPS-NEXT: 4-packed.mlir
// DUMPS-NEXT: 5-buffers.mlir
// DUMPS-NEXT: 6-emitc.mlir
// INTEGER: slb.integer_linear
// FUSED: slb.fused_linear
// HELP: slb-compile model.mlir -o net.c
// HELP: --compile-from
// HELP: =search {{.*}} the network as trained
// HELP: =emitc {{.*}} C files as EmitC

func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x2x!slb.lowbit<range<0:3>>> {
  %w = slb.constant dense<[[1, 0, 1, 0], [0, 0, 0, 1]]> : tensor<2x4xi8> : tensor<2x4x!slb.lowbit<odd<1>>>
  %s = arith.constant dense<[0.125, -0.25]> : tensor<2xf32>
  %y = slb.fused_linear %x, %w scale = %s shift = %s {layer = "fc"}
     : (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<2x4x!slb.lowbit<odd<1>>>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x!slb.lowbit<range<0:3>>>
  return %y : tensor<1x2x!slb.lowbit<range<0:3>>>
}
