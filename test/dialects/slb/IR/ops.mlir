// RUN: slb-opt --verify-roundtrip %s | FileCheck %s

// CHECK-LABEL: func.func private @sets
// CHECK-SAME: !slb.lowbit<odd<1>>>
// CHECK-SAME: !slb.lowbit<odd<4>, scale = 5.000000e-01>>
// CHECK-SAME: !slb.lowbit<range<-127:127>, scales = [5.000000e-01, 2.500000e-01] axis = 0>>
// CHECK-SAME: !slb.lowbit<list<-1, 0, 1>>>
func.func private @sets(tensor<2x!slb.lowbit<odd<1>>>,
                        tensor<2x!slb.lowbit<odd<4>, scale = 0.5>>,
                        tensor<2x!slb.lowbit<range<-127:127>, scales = [0.5, 0.25] axis = 0>>,
                        tensor<2x!slb.lowbit<list<-1, 0, 1>, scale = 1.0>>)

// CHECK-LABEL: func.func @constant
func.func @constant() -> tensor<2x!slb.lowbit<odd<2>>> {
  // CHECK: slb.constant dense<[0, 3]> : tensor<2xi8> : tensor<2x!slb.lowbit<odd<2>>>
  %0 = slb.constant dense<[0, 3]> : tensor<2xi8> : tensor<2x!slb.lowbit<odd<2>>>
  return %0 : tensor<2x!slb.lowbit<odd<2>>>
}

// CHECK-LABEL: func.func @searched
func.func @searched(%logits: tensor<2x?x3xf32>, %t: f32, %g: tensor<?x3xf32>) {
  // CHECK: slb.expectation %{{.*}}, %{{.*}} set = <odd<1>> scale = 5.000000e-01 :
  %0 = slb.expectation %logits, %t set = <odd<1>> scale = 0.5 : (tensor<2x?x3xf32>, f32) -> tensor<?x3xf32>
  // CHECK: slb.expectation_grad %{{.*}} set = <odd<1>> :
  %1 = slb.expectation_grad %logits, %t, %g set = <odd<1>> : (tensor<2x?x3xf32>, f32, tensor<?x3xf32>) -> tensor<2x?x3xf32>
  return
}

// CHECK-LABEL: func.func @select
func.func @select(%logits: tensor<4x3xf32>) -> tensor<3x!slb.lowbit<odd<2>>> {
  // CHECK: slb.select %{{.*}} : (tensor<4x3xf32>) -> tensor<3x!slb.lowbit<odd<2>>>
  %0 = slb.select %logits : (tensor<4x3xf32>) -> tensor<3x!slb.lowbit<odd<2>>>
  return %0 : tensor<3x!slb.lowbit<odd<2>>>
}

// CHECK-LABEL: func.func @quantizers
func.func @quantizers(%x: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: slb.quantize
  %0 = slb.quantize %x : (tensor<3xf32>) -> tensor<3x!slb.lowbit<range<0:3>, scale = 0.5>>
  // CHECK: slb.dequantize
  %1 = slb.dequantize %0 : (tensor<3x!slb.lowbit<range<0:3>, scale = 0.5>>) -> tensor<3xf32>
  return %1 : tensor<3xf32>
}

// CHECK-LABEL: func.func @layers
func.func @layers(%x: tensor<1x8x8x4xf32>, %w: tensor<8x3x3x2x!slb.lowbit<odd<1>>>, %v: tensor<1x4xf32>, %m: tensor<2x4xf32>) {
  // CHECK: slb.conv2d %{{.*}}, %{{.*}} {dilations = array<i64: 2, 2>, groups = 2 : i64, layer = "c", pads = array<i64: 2, 2, 2, 2>, strides = array<i64: 2, 1>}
  %0 = slb.conv2d %x, %w {dilations = array<i64: 2, 2>, groups = 2, layer = "c", pads = array<i64: 2, 2, 2, 2>, strides = array<i64: 2, 1>} : (tensor<1x8x8x4xf32>, tensor<8x3x3x2x!slb.lowbit<odd<1>>>) -> tensor<1x4x8x8xf32>
  // CHECK: slb.linear
  %1 = slb.linear %v, %m : (tensor<1x4xf32>, tensor<2x4xf32>) -> tensor<1x2xf32>
  return
}

// CHECK-LABEL: func.func @norms
func.func @norms(%x: tensor<1x8x8x4xf32>, %p: tensor<4xf32>) {
  // CHECK: slb.state_batch_norm %{{.*}} gamma = %{{.*}} beta = %{{.*}} mean = %{{.*}} variance = %{{.*}} discrete_mean = %{{.*}} discrete_variance = %{{.*}} {epsilon = 1.000000e-03 : f32}
  %0 = slb.state_batch_norm %x gamma = %p beta = %p mean = %p variance = %p discrete_mean = %p discrete_variance = %p {epsilon = 1.0e-3 : f32} : (tensor<1x8x8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x8x8x4xf32>
  // CHECK: slb.batch_norm
  %1 = slb.batch_norm %x gamma = %p beta = %p mean = %p variance = %p {epsilon = 1.0e-3 : f32} : (tensor<1x8x8x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x8x8x4xf32>
  return
}

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!u8 = !slb.lowbit<range<0:255>, scale = 0.01>
!w1 = !slb.lowbit<odd<1>>

// CHECK-LABEL: func.func @fused
func.func @fused(%x: tensor<1x4x4x2x!u2>, %w: tensor<2x1x1x2x!w1>, %s: tensor<2xf32>, %r: tensor<1x2x2x2x!u2>, %v: tensor<1x2xf32>, %m: tensor<2x2x!w1>) {
  // CHECK: slb.fused_conv2d %{{.*}}, %{{.*}} scale = %{{.*}} shift = %{{.*}} residual = %{{.*}} {pool = array<i64: 2, 2>, relu}
  %0 = slb.fused_conv2d %x, %w scale = %s shift = %s residual = %r {pool = array<i64: 2, 2>, relu} : (tensor<1x4x4x2x!u2>, tensor<2x1x1x2x!w1>, tensor<2xf32>, tensor<2xf32>, tensor<1x2x2x2x!u2>) -> tensor<1x2x2x2x!u2>
  // CHECK: slb.fused_linear
  %1 = slb.fused_linear %v, %m scale = %s shift = %s : (tensor<1x2xf32>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return
}

// CHECK-LABEL: func.func @integer
func.func @integer(%x: tensor<1x4x4x2x!u2>, %w: tensor<2x1x1x2x!w1>, %t: tensor<2x3xi32>, %signs: tensor<2xi8>, %mul: tensor<2xi32>, %add: tensor<2xi64>, %v: tensor<1x2x!u2>, %m: tensor<2x2x!w1>, %r: tensor<1x2x!u8>) {
  // CHECK: slb.integer_conv2d %{{.*}}, %{{.*}} thresholds = %{{.*}} signs = %{{.*}} :
  %0 = slb.integer_conv2d %x, %w thresholds = %t signs = %signs : (tensor<1x4x4x2x!u2>, tensor<2x1x1x2x!w1>, tensor<2x3xi32>, tensor<2xi8>) -> tensor<1x4x4x2x!u2>
  // CHECK: slb.integer_linear %{{.*}}, %{{.*}} multiplier = %{{.*}} addend = %{{.*}} residual = %{{.*}} {residual_multiplier = 3 : i32, shift = 7 : i64}
  %1 = slb.integer_linear %v, %m multiplier = %mul addend = %add residual = %r {residual_multiplier = 3 : i32, shift = 7} : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xi32>, tensor<2xi64>, tensor<1x2x!u8>) -> tensor<1x2x!u8>
  // CHECK: slb.requantize %{{.*}}, %{{.*}} {multiplier = 2 : i32, other_multiplier = 3 : i32, shift = 4 : i64}
  %2 = slb.requantize %1, %v {multiplier = 2 : i32, other_multiplier = 3 : i32, shift = 4} : (tensor<1x2x!u8>, tensor<1x2x!u2>) -> tensor<1x2x!u8>
  // CHECK: slb.pool2d max %{{.*}} {kernel = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>}
  %3 = slb.pool2d max %0 {kernel = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>} : (tensor<1x4x4x2x!u2>) -> tensor<1x4x4x2x!u2>
  // CHECK: slb.pool2d sum
  %4 = slb.pool2d sum %0 {kernel = array<i64: 4, 4>, strides = array<i64: 4, 4>} : (tensor<1x4x4x2x!u2>) -> tensor<1x1x1x2xi32>
  return
}
