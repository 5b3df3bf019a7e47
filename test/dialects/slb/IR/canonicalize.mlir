// RUN: slb-opt --canonicalize %s | FileCheck %s

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>

// CHECK-LABEL: func.func @quantize_of_dequantize
// CHECK-SAME: %[[X:.*]]: tensor
func.func @quantize_of_dequantize(%x: tensor<2x!u2>) -> tensor<2x!u2> {
  // CHECK-NEXT: return %[[X]]
  %0 = slb.dequantize %x : (tensor<2x!u2>) -> tensor<2xf32>
  %1 = slb.quantize %0 : (tensor<2xf32>) -> tensor<2x!u2>
  return %1 : tensor<2x!u2>
}

// CHECK-LABEL: func.func @layer_reads_low_bit
// CHECK-SAME: %[[X:.*]]: tensor<1x4x!slb{{.*}}, %[[W:.*]]: tensor
func.func @layer_reads_low_bit(%x: tensor<1x4x!u2>, %w: tensor<2x4x!slb.lowbit<odd<1>>>) -> tensor<1x2xf32> {
  // CHECK-NEXT: slb.linear %[[X]], %[[W]]
  %0 = slb.dequantize %x : (tensor<1x4x!u2>) -> tensor<1x4xf32>
  %1 = slb.dequantize %w : (tensor<2x4x!slb.lowbit<odd<1>>>) -> tensor<2x4xf32>
  %2 = slb.linear %0, %1 : (tensor<1x4xf32>, tensor<2x4xf32>) -> tensor<1x2xf32>
  return %2 : tensor<1x2xf32>
}

// The lowest code where several logits are largest.
// CHECK-LABEL: func.func @select
func.func @select() -> tensor<3x!slb.lowbit<odd<1>>> {
  // CHECK-NEXT: slb.constant dense<[1, 0, 0]> : tensor<3xi8>
  %0 = arith.constant dense<[[0.0, 1.0, 2.0], [0.5, 1.0, -1.0]]> : tensor<2x3xf32>
  %1 = slb.select %0 : (tensor<2x3xf32>) -> tensor<3x!slb.lowbit<odd<1>>>
  return %1 : tensor<3x!slb.lowbit<odd<1>>>
}

// CHECK-LABEL: func.func @requantize_identity
// CHECK-SAME: %[[X:.*]]: tensor
func.func @requantize_identity(%x: tensor<2x!u2>) -> tensor<2x!u2> {
  // CHECK-NEXT: return %[[X]]
  %0 = slb.requantize %x {multiplier = 4 : i32, addend = 2 : i64, shift = 2} : (tensor<2x!u2>) -> tensor<2x!u2>
  return %0 : tensor<2x!u2>
}
