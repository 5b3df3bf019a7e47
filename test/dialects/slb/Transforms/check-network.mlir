// RUN: slb-opt %s --split-input-file --slb-check-network | FileCheck %s
// RUN: slb-compile %s --split-input-file --compile-to=buffers | slb-opt --split-input-file --slb-check-network | FileCheck %s

// Ports of ranks 1 to 4, floats, int32 and every value set; whatever phase a
// network is at, it passes.

!u8 = !slb.lowbit<range<0:255>>
!s4 = !slb.lowbit<odd<4>, scale = 0.5>

// CHECK-LABEL: func.func @ranks
func.func @ranks(%a: tensor<4x!u8>, %b: tensor<1x4xf32>, %c: tensor<1x3x4xi32>, %d: tensor<1x2x2x4x!s4>)
    -> (tensor<4x!u8>, tensor<1x4xf32>, tensor<1x3x4xi32>, tensor<1x2x2x4x!s4>) {
  return %a, %b, %c, %d : tensor<4x!u8>, tensor<1x4xf32>, tensor<1x3x4xi32>, tensor<1x2x2x4x!s4>
}

// -----

// CHECK-LABEL: func.func @scales
func.func @scales(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4xf32> {
  %0 = slb.dequantize %x : (tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x4xf32>
  // Infinity bounds nothing.
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 0x7F800000 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return %1 : tensor<1x4xf32>
}
