// RUN: slb-opt --convert-slb-to-gpu --cse %s | FileCheck %s

gpu.module @kernels {
  // Four weights a thread where there are four, else one by one.
  // CHECK-LABEL: gpu.func @forward
  // CHECK: gpu.thread_id x
  // CHECK: scf.if %{{.*}} -> (i32)
  // CHECK: vector.load %{{.*}} {alignment = 16 : i64} : memref<1x?xf32, 1>, vector<4xf32>
  // CHECK-COUNT-4: llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz"
  // CHECK: arith.divf %{{.*}} fastmath<afn> : vector<4xf32>
  // CHECK: vector.store %{{.*}} {alignment = 16 : i64} : memref<?xf32, 1>, vector<4xf32>
  // CHECK: } else {
  // CHECK: scf.for
  // CHECK: vector.load %{{.*}} : memref<1x?xf32, 1>, vector<1xf32>
  // Eight threads make a word.
  // CHECK-COUNT-3: gpu.shuffle xor
  // CHECK: scf.if
  // CHECK: memref.store %{{.*}} : memref<1x?xi32, 1>
  gpu.func @forward(%a: memref<1x?xf32, 1>, %w: memref<?xf32, 1>, %planes: memref<1x?xi32, 1>,
                    %t: f32, %begin: index, %end: index) kernel {
    slb.search_forward %a, %t, %w, %planes [%begin to %end] set = <odd<1>>
      : memref<1x?xf32, 1>, f32, memref<?xf32, 1>, memref<1x?xi32, 1>
    gpu.return
  }
}
