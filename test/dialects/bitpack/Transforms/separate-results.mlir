// RUN: slb-opt --bitpack-separate-results %s | FileCheck %s

// CHECK-LABEL: func.func @twice(
// CHECK-SAME: %[[X:.*]]: tensor<1x4xui8>, %[[Y:.*]]: tensor<1x4xui8>
// CHECK: %[[COPY:.*]] = bufferization.alloc_tensor() copy(%[[X]]) : tensor<1x4xui8>
// CHECK-NOT: alloc_tensor
// CHECK: return %[[X]], %[[Y]], %[[COPY]]
func.func @twice(%x: tensor<1x4xui8>, %y: tensor<1x4xui8>) -> (tensor<1x4xui8>, tensor<1x4xui8>, tensor<1x4xui8>) {
  return %x, %y, %x : tensor<1x4xui8>, tensor<1x4xui8>, tensor<1x4xui8>
}
