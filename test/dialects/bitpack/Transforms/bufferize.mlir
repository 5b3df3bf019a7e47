// RUN: slb-opt --one-shot-bufferize="bufferize-function-boundaries buffer-alignment=0" %s | FileCheck %s

// Layers become layers on memrefs; attributes stay.
// CHECK-LABEL: func @net
func.func @net(%x: tensor<1x16xf32>) -> tensor<1x16xf32> {
  // CHECK: %[[A:.*]] = memref.alloc() : memref<1x16xf32>
  // CHECK: bitpack.relu %{{.*}} into %[[A]] {layer = "relu", {{.*}}} : (memref<1x16xf32, {{.*}}>, memref<1x16xf32>) -> ()
  // CHECK-NOT: memref.copy
  %d = tensor.empty() : tensor<1x16xf32>
  %0 = bitpack.relu %x into %d {layer = "relu", output_type = tensor<1x16xf32>} : (tensor<1x16xf32>, tensor<1x16xf32>) -> tensor<1x16xf32>
  // CHECK: return %[[A]]
  return %0 : tensor<1x16xf32>
}
