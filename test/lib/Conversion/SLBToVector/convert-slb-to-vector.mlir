// RUN: slb-opt --convert-slb-to-vector --cse --split-input-file %s | FileCheck %s
// RUN: not slb-opt --convert-slb-to-vector=lanes=5 %s 2>&1 | FileCheck %s --check-prefix=LANES

// LANES: expects 'lanes' to be 8, 16 or 32, but got 5

// One logit, one exponential; codes come out as words of 32 bits.
// CHECK-LABEL: func.func @two
// CHECK: scf.for %[[WORD:.*]] = %{{.*}} to %{{.*}} step %c32
// CHECK: scf.for {{.*}} iter_args(%[[BITS:.*]] = %c0_i32) -> (i32)
// CHECK: vector.load %arg0[%c0, %[[I:.*]]] : memref<1x?xf32>, vector<16xf32>
// CHECK: math.exp2 %{{.*}} : vector<16xf32>
// CHECK-NOT: math.exp2
// CHECK: vector.store %{{.*}}, %arg1[%[[I]]] : memref<?xf32>, vector<16xf32>
// CHECK: vector.bitcast %{{.*}} : vector<16xi1> to vector<1xi16>
// CHECK: memref.store %{{.*}}, %arg2[%c0, %{{.*}}] : memref<1x?xi32>
// The last word is masked.
// CHECK: scf.if
// CHECK: vector.create_mask %{{.*}} : vector<16xi1>
// CHECK: vector.maskedload
// CHECK: vector.maskedstore
func.func @two(%a: memref<1x?xf32>, %w: memref<?xf32>, %planes: memref<1x?xi32>,
               %t: f32, %begin: index, %end: index) {
  slb.search_forward %a, %t, %w, %planes [%begin to %end] set = <odd<1>>
    : memref<1x?xf32>, f32, memref<?xf32>, memref<1x?xi32>
  return
}

// -----

// A gradient has neither codes nor flips.
// CHECK-LABEL: func.func @backward
// CHECK-COUNT-3: vector.load %arg0[
// CHECK-COUNT-4: math.exp2
// CHECK: vector.load %arg1[
// CHECK-COUNT-3: vector.store %{{.*}}, %arg2[
// CHECK-NOT: bitcast
func.func @backward(%a: memref<3x?xf32>, %g: memref<?xf32>, %da: memref<3x?xf32>,
                    %t: f32, %begin: index, %end: index) {
  slb.search_backward %a, %t, %g, %da [%begin to %end] set = <odd<2>>
    : memref<3x?xf32>, f32, memref<?xf32>, memref<3x?xf32>
  return
}

// -----

// Every buffer is read once and written once.
// CHECK-LABEL: func.func @step
// CHECK: scf.for
// CHECK: scf.for
// CHECK-COUNT-2: vector.load %arg0[
// CHECK-COUNT-2: vector.load %arg1[
// CHECK: vector.load %arg2[
// CHECK-NOT: vector.load
// CHECK: vector.store %{{.*}}, %arg1[
// CHECK: vector.store %{{.*}}, %arg0[
// CHECK: vector.store %{{.*}}, %arg1[
// CHECK: vector.store %{{.*}}, %arg0[
// CHECK: vector.store %{{.*}}, %arg3[
// CHECK: math.ctpop
// CHECK: memref.atomic_rmw addi %{{.*}}, %arg5[%c0]
func.func @step(%a: memref<2x?xf32>, %m: memref<2x?xf32>, %g: memref<?xf32>,
                %w: memref<?xf32>, %planes: memref<2x?xi32>, %flips: memref<1xi32>,
                %t: f32, %begin: index, %end: index) {
  slb.search_step %a, %m, %g, %w, %planes, %flips [%begin to %end]
    temperature %t to %t grad_scale %t sgd(%t, %t, %t) nesterov set = <list<-1, 0, 1>>
    : memref<2x?xf32>, memref<2x?xf32>, memref<?xf32>, memref<?xf32>,
      memref<2x?xi32>, memref<1xi32>, f32
  return
}

// -----

// bf16 is the upper half of an f32; both conversions are arithmetic on bits, and
// memory is of bits too: masks of bf16 need more than many processors have.
// CHECK-LABEL: func.func @short
// CHECK: %[[BITS:.*]] = builtin.unrealized_conversion_cast %arg0 : memref<1x?xbf16> to memref<1x?xi16>
// CHECK: vector.load %[[BITS]][%c0, %{{.*}}] : memref<1x?xi16>, vector<16xi16>
// CHECK: arith.extui %{{.*}} : vector<16xi16> to vector<16xi32>
// CHECK: arith.shli
// CHECK: vector.load %arg1[%c0, %{{.*}}] : memref<1x?xf32>, vector<16xf32>
// CHECK-NOT: arith.extf
// CHECK-NOT: arith.truncf
// CHECK: arith.trunci %{{.*}} : vector<16xi32> to vector<16xi16>
// CHECK: vector.store %{{.*}} : memref<1x?xi16>, vector<16xi16>
// CHECK-NOT: vector<{{.*}}bf16>,
// CHECK: vector.maskedload %{{.*}} : memref<1x?xi16>
// CHECK: vector.maskedstore %{{.*}} : memref<1x?xi16>
func.func @short(%a: memref<1x?xbf16>, %m: memref<1x?xf32>, %g: memref<?xf32>,
                 %w: memref<?xf32>, %planes: memref<1x?xi32>,
                 %flips: memref<1xi32>, %t: f32, %begin: index, %end: index) {
  slb.search_step %a, %m, %g, %w, %planes, %flips [%begin to %end]
    temperature %t to %t grad_scale %t sgd(%t, %t, %t) nesterov set = <odd<1>>
    : memref<1x?xbf16>, memref<1x?xf32>, memref<?xf32>, memref<?xf32>,
      memref<1x?xi32>, memref<1xi32>, f32
  return
}
