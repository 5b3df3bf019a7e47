// RUN: slb-opt --bitpack-plan-arena --split-input-file %s | FileCheck %s

// %a dies where %b is written, so %b takes its place; so does %c.
// CHECK: module attributes {{.*}}bitpack.arena_bytes = 64 : i64, bitpack.arena_lower_bound = 64 : i64
// CHECK-LABEL: func @in_place
// CHECK-SAME: %[[X:.*]]: memref<1x16xf32>, %[[Y:.*]]: memref<1x16xf32>, %[[ARENA:.*]]: memref<64xi8>
func.func @in_place(%x: memref<1x16xf32>, %y: memref<1x16xf32>) {
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : index
  // CHECK: memref.view %[[ARENA]][%[[ZERO]]][] : memref<64xi8> to memref<1x16xf32>
  %a = memref.alloc() : memref<1x16xf32>
  bitpack.relu %x into %a {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>) -> ()
  // CHECK: arith.constant 0 : index
  %b = memref.alloc() : memref<1x16xf32>
  bitpack.add %x, %a into %b {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>, memref<1x16xf32>) -> ()
  bitpack.relu %b into %y {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>) -> ()
  return
}

// -----

// %a is read again, so %b lies beside it.
// CHECK: bitpack.arena_bytes = 128 : i64
func.func @alive(%x: memref<1x16xf32>, %y: memref<1x16xf32>) {
  %a = memref.alloc() : memref<1x16xf32>
  bitpack.relu %x into %a {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>) -> ()
  %b = memref.alloc() : memref<1x16xf32>
  bitpack.relu %a into %b {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>) -> ()
  bitpack.add %a, %b into %y {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>, memref<1x16xf32>) -> ()
  return
}

// -----

// A reshaped buffer is the same buffer.
// CHECK: bitpack.arena_bytes = 128 : i64
func.func @view(%x: memref<1x4x4xf32>, %y: memref<1x16xf32>) {
  %a = memref.alloc() : memref<1x4x4xf32>
  bitpack.relu %x into %a {output_type = tensor<1x4x4xf32>} : (memref<1x4x4xf32>, memref<1x4x4xf32>) -> ()
  %v = memref.collapse_shape %a [[0], [1, 2]] : memref<1x4x4xf32> into memref<1x16xf32>
  %b = memref.alloc() : memref<1x16xf32>
  bitpack.add %v, %v into %b {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>, memref<1x16xf32>) -> ()
  bitpack.relu %b into %y {output_type = tensor<1x16xf32>} : (memref<1x16xf32>, memref<1x16xf32>) -> ()
  return
}

// -----

// Scratch lives during its layer alone, and not where the output lies.
// CHECK: bitpack.arena_bytes = 8 : i64, bitpack.arena_lower_bound = 8 : i64, bitpack.scratch_bytes = 8 : i64
// CHECK-LABEL: func @scratch
func.func @scratch(%x: memref<1x2xui8>, %y: memref<1x2xui8>) {
  // CHECK: %[[S:.*]] = memref.view {{.*}} to memref<8xi8>
  // CHECK: bitpack.requantize %{{.*}} scratch = %[[S]] into
  bitpack.requantize %x into %y {pixels = 1 : i64, channels = 2 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (memref<1x2xui8>, memref<1x2xui8>) -> ()
  return
}

// -----

// A layer that reads the residual's buffer as its input too may not overwrite it.
// CHECK: bitpack.arena_bytes = 32 : i64
func.func @residual_is_input(%x: memref<1x4xf32>, %w: memref<4x4xf32>, %s: memref<4xf32>, %y: memref<1x4xf32>) {
  %a = memref.alloc() : memref<1x4xf32>
  bitpack.relu %x into %a {output_type = tensor<1x4xf32>} : (memref<1x4xf32>, memref<1x4xf32>) -> ()
  bitpack.conv2d %a, %w scale = %s bias = %s residual = %a into %y
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 4>, kernel = array<i64: 1, 1>, output_type = tensor<1x4xf32>}
     : (memref<1x4xf32>, memref<4x4xf32>, memref<4xf32>, memref<4xf32>, memref<1x4xf32>, memref<1x4xf32>) -> ()
  return
}

// -----

// Planes are cleared before they are filled: not over integers that are read
// meanwhile.
// CHECK-LABEL: func @planes_over_integers
// CHECK: memref.view %{{.*}}[%c0][] : memref<32xi8> to memref<1x4xi32>
// CHECK: memref.view %{{.*}}[%c16{{.*}}][] : memref<32xi8> to memref<1x1x1xui32>
func.func @planes_over_integers(%x: memref<1x4xui8>, %y: memref<1x4xui8>) {
  %a = memref.alloc() : memref<1x4xi32>
  bitpack.requantize %x into %a {pixels = 1 : i64, channels = 4 : i64, multiplier = 1 : si64, lo = -9 : si64, hi = 9 : si64, output_type = tensor<1x4xi32>}
     : (memref<1x4xui8>, memref<1x4xi32>) -> ()
  %b = memref.alloc() : memref<1x1x1xui32>
  bitpack.requantize %a into %b {pixels = 1 : i64, channels = 4 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 1 : si64, output_planes = array<i64: 0, 1>, output_type = tensor<1x4xi32>}
     : (memref<1x4xi32>, memref<1x1x1xui32>) -> ()
  bitpack.requantize %b into %y {pixels = 1 : i64, channels = 4 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 9 : si64, input_planes = array<i64: 0, 1>, output_type = tensor<1x4xi32>}
     : (memref<1x1x1xui32>, memref<1x4xui8>) -> ()
  return
}
