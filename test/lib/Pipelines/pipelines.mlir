// The phases of slb-compile are pipelines of slb-opt.
//
// RUN: slb-opt --slb-to-selected --slb-to-fused --slb-to-integer %s | FileCheck --check-prefix=INTEGER %s
// RUN: slb-opt --slb-to-integer --slb-to-packed=target=cortex-m4 --slb-to-buffers %s | FileCheck --check-prefix=BUFFERS %s
// RUN: slb-opt --slb-to-integer --slb-to-packed --slb-to-buffers --slb-to-emitc="name=small static-arena" %s | FileCheck --check-prefix=EMITC %s

// INTEGER: slb.integer_linear
// BUFFERS: bitpack.target = "cortex-m4"
// BUFFERS: bitpack.conv2d
// EMITC: emitc.file "header"
// EMITC: void small_run(const uint8_t *input, uint32_t *output);

func.func @net(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x2x!slb.lowbit<range<0:3>>> {
  %w = slb.constant dense<[[1, 0, 1, 0], [0, 0, 0, 1]]> : tensor<2x4xi8> : tensor<2x4x!slb.lowbit<odd<1>>>
  %s = arith.constant dense<[0.125, -0.25]> : tensor<2xf32>
  %y = slb.fused_linear %x, %w scale = %s shift = %s {layer = "fc"}
     : (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<2x4x!slb.lowbit<odd<1>>>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x!slb.lowbit<range<0:3>>>
  return %y : tensor<1x2x!slb.lowbit<range<0:3>>>
}
