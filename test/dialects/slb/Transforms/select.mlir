// RUN: slb-opt --slb-select %s | FileCheck %s

// CHECK-LABEL: func.func @layer_filter
// CHECK-SAME: %[[X:.*]]: tensor
func.func @layer_filter(%x: tensor<1x2xf32>) -> tensor<1x3xf32> {
  // CHECK-NEXT: %[[W:.*]] = slb.constant dense<{{\[}}[1, 0], [0, 0], [1, 1]]> : tensor<3x2xi8> : tensor<3x2x!slb.lowbit<odd<1>, scale = 5.000000e-01>>
  // CHECK-NEXT: slb.linear %[[X]], %[[W]] {layer = "fc"}
  %logits = arith.constant dense<[[[0.0, 2.0], [1.0, 1.0], [-1.0, 0.0]],
                                  [[0.5, 1.0], [0.0, 1.0], [1.0, 0.5]]]> : tensor<2x3x2xf32>
  %t = arith.constant 1.0e+7 : f32
  %w = slb.expectation %logits, %t set = <odd<1>> scale = 0.5 : (tensor<2x3x2xf32>, f32) -> tensor<3x2xf32>
  %y = slb.linear %x, %w {layer = "fc"} : (tensor<1x2xf32>, tensor<3x2xf32>) -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// Any other reader gets real values.
// CHECK-LABEL: func.func @other_user
func.func @other_user() -> tensor<2xf32> {
  // CHECK-NEXT: %[[W:.*]] = slb.constant dense<[1, 0]>
  // CHECK-NEXT: %[[R:.*]] = slb.dequantize %[[W]]
  // CHECK-NEXT: return %[[R]]
  %logits = arith.constant dense<[[0.0, 2.0], [0.5, 1.0]]> : tensor<2x2xf32>
  %t = arith.constant 1.0 : f32
  %w = slb.expectation %logits, %t set = <odd<1>> : (tensor<2x2xf32>, f32) -> tensor<2xf32>
  return %w : tensor<2xf32>
}

// CHECK-LABEL: func.func @imported_select
func.func @imported_select() -> tensor<2x!slb.lowbit<list<-1, 0, 1>>> {
  // CHECK-NEXT: slb.constant dense<[2, 1]>
  %logits = arith.constant dense<[[0.0, 2.0], [0.5, 3.0], [4.0, -1.0]]> : tensor<3x2xf32>
  %w = slb.select %logits : (tensor<3x2xf32>) -> tensor<2x!slb.lowbit<list<-1, 0, 1>>>
  return %w : tensor<2x!slb.lowbit<list<-1, 0, 1>>>
}

// CHECK-LABEL: func.func @resource
func.func @resource() -> tensor<2x!slb.lowbit<odd<1>>> {
  // CHECK-NEXT: slb.constant dense<[1, 0]>
  %logits = arith.constant dense_resource<logits> : tensor<2x2xf32>
  %w = slb.select %logits : (tensor<2x2xf32>) -> tensor<2x!slb.lowbit<odd<1>>>
  return %w : tensor<2x!slb.lowbit<odd<1>>>
}

// CHECK-LABEL: func.func @discrete_statistics
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor<1x2xf32>, %[[G:[a-z0-9]+]]: {{.*}}, %[[B:[a-z0-9]+]]: {{.*}}, %{{.*}}: {{.*}}, %[[M:[a-z0-9]+]]: {{.*}}, %[[V:[a-z0-9]+]]: tensor
func.func @discrete_statistics(%x: tensor<1x2xf32>, %g: tensor<2xf32>, %b: tensor<2xf32>, %s: tensor<2xf32>, %m: tensor<2xf32>, %v: tensor<2xf32>) -> tensor<1x2xf32> {
  // CHECK-NEXT: slb.batch_norm %[[X]] gamma = %[[G]] beta = %[[B]] mean = %[[M]] variance = %[[V]] {epsilon = 1.000000e-03 : f32}
  %y = slb.state_batch_norm %x gamma = %g beta = %b mean = %s variance = %s discrete_mean = %m discrete_variance = %v {epsilon = 1.0e-3 : f32} : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      // 0.0, 1.0, 1.0, 0.0
      logits: "0x04000000000000000000803F0000803F00000000"
    }
  }
#-}
