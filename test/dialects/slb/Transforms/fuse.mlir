// RUN: slb-opt --slb-fuse --split-input-file %s | FileCheck %s

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// Nothing behind it: identity.
// CHECK-LABEL: func.func @alone
func.func @alone(%x: tensor<1x4x4x2x!u2>, %w: tensor<2x3x3x2x!w1>) -> tensor<1x2x4x2xf32> {
  // CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<1.000000e+00> : tensor<2xf32>
  // CHECK-DAG: %[[SHIFT:.*]] = arith.constant dense<0.000000e+00> : tensor<2xf32>
  // CHECK: slb.fused_conv2d %{{.*}}, %{{.*}} scale = %[[SCALE]] shift = %[[SHIFT]] {dilations = array<i64: 2, 2>, layer = "c1", pads = array<i64: 2, 2, 2, 2>, strides = array<i64: 2, 1>}
  // CHECK-NOT: relu
  %0 = slb.conv2d %x, %w {dilations = array<i64: 2, 2>, layer = "c1", pads = array<i64: 2, 2, 2, 2>, strides = array<i64: 2, 1>} : (tensor<1x4x4x2x!u2>, tensor<2x3x3x2x!w1>) -> tensor<1x2x4x2xf32>
  return %0 : tensor<1x2x4x2xf32>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// bias, batch norm, pool, bias, residual, relu, quantizer.
// scale = 2 / sqrt(3 + 1) = 1; shift = 1 * (1 - 3) + 5 + 10 = 13.
// CHECK-LABEL: func.func @everything
// CHECK-SAME: %[[X:[a-z0-9]+]]: {{.*}}, %[[W:[a-z0-9]+]]: {{.*}}, %[[R:[a-z0-9]+]]: tensor
func.func @everything(%x: tensor<1x4x4x2x!u2>, %w: tensor<2x1x1x2x!w1>, %r: tensor<1x2x2x2x!u2>) -> tensor<1x2x2x2x!u2> {
  // CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<[1.000000e+00, 5.000000e-01]>
  // CHECK-DAG: %[[SHIFT:.*]] = arith.constant dense<[1.300000e+01, 1.450000e+01]>
  // CHECK: %[[Y:.*]] = slb.fused_conv2d %[[X]], %[[W]] scale = %[[SCALE]] shift = %[[SHIFT]] residual = %[[R]] {layer = "c1", pool = array<i64: 2, 2>, relu}
  // CHECK-NEXT: return %[[Y]]
  %b1 = arith.constant dense<1.0> : tensor<1x1x1x2xf32>
  %b2 = arith.constant dense<10.0> : tensor<1x1x1x1xf32>
  %g = arith.constant dense<[2.0, 1.0]> : tensor<2xf32>
  %b = arith.constant dense<[5.0, 5.5]> : tensor<2xf32>
  %m = arith.constant dense<3.0> : tensor<2xf32>
  %v = arith.constant dense<3.0> : tensor<2xf32>
  %0 = slb.conv2d %x, %w {layer = "c1"} : (tensor<1x4x4x2x!u2>, tensor<2x1x1x2x!w1>) -> tensor<1x4x4x2xf32>
  %1 = tosa.add %0, %b1 : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32>
  %2 = slb.batch_norm %1 gamma = %g beta = %b mean = %m variance = %v {epsilon = 1.0 : f32} : (tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x4x4x2xf32>
  %3 = tosa.max_pool2d %2 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %4 = tosa.add %b2, %3 : (tensor<1x1x1x1xf32>, tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %5 = slb.dequantize %r : (tensor<1x2x2x2x!u2>) -> tensor<1x2x2x2xf32>
  %6 = tosa.add %5, %4 : (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %7 = tosa.clamp %6 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %8 = slb.quantize %7 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2x!u2>
  return %8 : tensor<1x2x2x2x!u2>
}

// -----

!w1 = !slb.lowbit<odd<1>>

// A float network fuses too, without a quantizer.
// CHECK-LABEL: func.func @float
// CHECK-SAME: %[[X:[a-z0-9]+]]: {{.*}}, %[[W:[a-z0-9]+]]: {{.*}}, %[[R:[a-z0-9]+]]: tensor
func.func @float(%x: tensor<1x2xf32>, %w: tensor<2x2x!w1>, %r: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // CHECK: slb.fused_linear %[[X]], %[[W]] scale = %{{.*}} shift = %{{.*}} residual = %[[R]] {layer = "fc", relu} : {{.*}} -> tensor<1x2xf32>
  // CHECK-NEXT: return
  %0 = slb.linear %x, %w {layer = "fc"} : (tensor<1x2xf32>, tensor<2x2x!w1>) -> tensor<1x2xf32>
  %1 = tosa.add %0, %r : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 0x7F800000 : f32} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  return %2 : tensor<1x2xf32>
}

// -----

!w2 = !slb.lowbit<odd<2>>

// A channel that falls in front of its pool: its filter is negated.
// CHECK-LABEL: func.func @falling_channel
func.func @falling_channel(%x: tensor<1x2x2x2xf32>) -> tensor<1x1x1x2xf32> {
  // CHECK-DAG: %[[W:.*]] = slb.constant dense<{{\[}}{{\[}}{{\[}}[0, 1]]], {{\[}}{{\[}}[1, 0]]]]>
  // CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<[2.000000e+00, 3.000000e+00]>
  // CHECK-DAG: %[[SHIFT:.*]] = arith.constant dense<1.000000e+00> : tensor<2xf32>
  // CHECK: slb.fused_conv2d %{{.*}}, %[[W]] scale = %[[SCALE]] shift = %[[SHIFT]] {pool = array<i64: 2, 2>}
  %w = slb.constant dense<[[[[0, 1]]], [[[2, 3]]]]> : tensor<2x1x1x2xi8> : tensor<2x1x1x2x!w2>
  %g = arith.constant dense<[2.0, -3.0]> : tensor<2xf32>
  %one = arith.constant dense<1.0> : tensor<2xf32>
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %0 = slb.conv2d %x, %w : (tensor<1x2x2x2xf32>, tensor<2x1x1x2x!w2>) -> tensor<1x2x2x2xf32>
  %1 = slb.batch_norm %0 gamma = %g beta = %one mean = %zero variance = %one {epsilon = 0.0 : f32} : (tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  %2 = tosa.max_pool2d %1 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x2x2x2xf32>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// -----

// Without a symmetric set, and without a constant filter, the pool stays.
// CHECK-LABEL: func.func @falling_channel_stays
func.func @falling_channel_stays(%x: tensor<1x2x2x2xf32>, %w: tensor<2x1x1x2x!slb.lowbit<range<-128:127>>>) -> tensor<1x1x1x2xf32> {
  // CHECK: slb.fused_conv2d
  // CHECK-NOT: pool =
  // CHECK: tosa.max_pool2d
  %g = arith.constant dense<[2.0, -3.0]> : tensor<2xf32>
  %one = arith.constant dense<1.0> : tensor<2xf32>
  %0 = slb.conv2d %x, %w : (tensor<1x2x2x2xf32>, tensor<2x1x1x2x!slb.lowbit<range<-128:127>>>) -> tensor<1x2x2x2xf32>
  %1 = slb.batch_norm %0 gamma = %g beta = %one mean = %one variance = %one {epsilon = 0.0 : f32} : (tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  %2 = tosa.max_pool2d %1 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x2x2x2xf32>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// Relu and quantizer move in front of a pool whose windows overlap.
// CHECK-LABEL: func.func @overlapping_pool
func.func @overlapping_pool(%x: tensor<1x4x4x2x!u2>, %w: tensor<2x1x1x2x!w1>) -> tensor<1x4x4x2x!u2> {
  // CHECK: %[[Y:.*]] = slb.fused_conv2d {{.*}} {relu} : {{.*}} -> tensor<1x4x4x2x!slb.lowbit
  // CHECK-NEXT: %[[R:.*]] = slb.dequantize %[[Y]]
  // CHECK-NEXT: %[[P:.*]] = tosa.max_pool2d %[[R]]
  // CHECK-NEXT: slb.quantize %[[P]]
  %0 = slb.conv2d %x, %w : (tensor<1x4x4x2x!u2>, tensor<2x1x1x2x!w1>) -> tensor<1x4x4x2xf32>
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 3, 3>, stride = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>} : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %3 = slb.quantize %2 : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2x!u2>
  return %3 : tensor<1x4x4x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// The later layer takes the sum; the other one is its residual.
// CHECK-LABEL: func.func @two_layers
func.func @two_layers(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> tensor<1x2xf32> {
  // CHECK: %[[A:.*]] = slb.fused_linear {{.*}} {layer = "a"}
  // CHECK: slb.fused_linear {{.*}} residual = %[[A]] {layer = "b"}
  %a = slb.linear %x, %w {layer = "a"} : (tensor<1x2x!u2>, tensor<2x2x!w1>) -> tensor<1x2xf32>
  %b = slb.linear %x, %w {layer = "b"} : (tensor<1x2x!u2>, tensor<2x2x!w1>) -> tensor<1x2xf32>
  %0 = tosa.add %a, %b : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// A value that others read too is not fused away.
// CHECK-LABEL: func.func @shared
func.func @shared(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> (tensor<1x2xf32>, tensor<1x2x!u2>) {
  // CHECK: %[[Y:.*]] = slb.fused_linear {{.*}} -> tensor<1x2xf32>
  // CHECK-NEXT: %[[Q:.*]] = slb.quantize %[[Y]]
  // CHECK-NEXT: return %[[Y]], %[[Q]]
  %0 = slb.linear %x, %w : (tensor<1x2x!u2>, tensor<2x2x!w1>) -> tensor<1x2xf32>
  %1 = slb.quantize %0 : (tensor<1x2xf32>) -> tensor<1x2x!u2>
  return %0, %1 : tensor<1x2xf32>, tensor<1x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// A clamp at 6 is a relu where the quantizer saturates at 1.5 anyway.
// CHECK-LABEL: func.func @relu6
func.func @relu6(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> tensor<1x2x!u2> {
  // CHECK: slb.fused_linear {{.*}} {relu} : {{.*}} -> tensor<1x2x!slb.lowbit
  // CHECK-NEXT: return
  %0 = slb.linear %x, %w : (tensor<1x2x!u2>, tensor<2x2x!w1>) -> tensor<1x2xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  %2 = slb.quantize %1 : (tensor<1x2xf32>) -> tensor<1x2x!u2>
  return %2 : tensor<1x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// The quantizer moves in front of reshapes and concatenations.
// CHECK-LABEL: func.func @data_movement
func.func @data_movement(%x: tensor<1x1x1x2x!u2>, %w: tensor<2x1x1x2x!w1>, %r: tensor<1x1x1x2x!u2>) -> tensor<1x4x!u2> {
  // CHECK: %[[Y:.*]] = slb.fused_conv2d {{.*}} -> tensor<1x1x1x2x!slb.lowbit
  // CHECK: tensor.concat dim(3) %[[Y]], %{{.*}}
  // CHECK-NEXT: tensor.collapse_shape
  // CHECK-NEXT: return
  %s = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = slb.conv2d %x, %w : (tensor<1x1x1x2x!u2>, tensor<2x1x1x2x!w1>) -> tensor<1x1x1x2xf32>
  %1 = slb.dequantize %r : (tensor<1x1x1x2x!u2>) -> tensor<1x1x1x2xf32>
  %2 = tensor.concat dim(3) %0, %1 : (tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x1x1x4xf32>
  %3 = tosa.reshape %2, %s : (tensor<1x1x1x4xf32>, !tosa.shape<2>) -> tensor<1x4xf32>
  %4 = slb.quantize %3 : (tensor<1x4xf32>) -> tensor<1x4x!u2>
  return %4 : tensor<1x4x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// A pool that leaves the last row and column out is fused with its cut.
// CHECK-LABEL: func.func @cut_pool
func.func @cut_pool(%x: tensor<1x5x5x2x!u2>, %w: tensor<2x1x1x2x!w1>) -> tensor<1x2x2x2x!u2> {
  // CHECK: %[[Y:.*]] = slb.fused_conv2d {{.*}} {pool = array<i64: 2, 2>, relu} : {{.*}} -> tensor<1x2x2x2x!slb.lowbit
  // CHECK-NEXT: return %[[Y]]
  %0 = slb.conv2d %x, %w : (tensor<1x5x5x2x!u2>, tensor<2x1x1x2x!w1>) -> tensor<1x5x5x2xf32>
  %1 = tensor.extract_slice %0[0, 0, 0, 0] [1, 4, 4, 2] [1, 1, 1, 1] : tensor<1x5x5x2xf32> to tensor<1x4x4x2xf32>
  %2 = tosa.max_pool2d %1 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %3 = tosa.clamp %2 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %4 = slb.quantize %3 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2x!u2>
  return %4 : tensor<1x2x2x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// Behind a residual the pool stays; relu and quantizer do not wait for it.
// CHECK-LABEL: func.func @pool_behind_residual
func.func @pool_behind_residual(%x: tensor<1x5x5x2x!u2>, %w: tensor<2x1x1x2x!w1>) -> tensor<1x2x2x2x!u2> {
  // CHECK: %[[Y:.*]] = slb.fused_conv2d {{.*}} residual = %{{.*}} {relu} : {{.*}} -> tensor<1x5x5x2x!slb.lowbit
  // CHECK-NEXT: %[[R:.*]] = slb.dequantize %[[Y]]
  // CHECK-NEXT: %[[C:.*]] = tensor.extract_slice %[[R]]
  // CHECK-NEXT: %[[P:.*]] = tosa.max_pool2d %[[C]]
  // CHECK-NEXT: slb.quantize %[[P]]
  %0 = slb.conv2d %x, %w : (tensor<1x5x5x2x!u2>, tensor<2x1x1x2x!w1>) -> tensor<1x5x5x2xf32>
  %1 = slb.dequantize %x : (tensor<1x5x5x2x!u2>) -> tensor<1x5x5x2xf32>
  %2 = tosa.add %0, %1 : (tensor<1x5x5x2xf32>, tensor<1x5x5x2xf32>) -> tensor<1x5x5x2xf32>
  %3 = tensor.extract_slice %2[0, 0, 0, 0] [1, 4, 4, 2] [1, 1, 1, 1] : tensor<1x5x5x2xf32> to tensor<1x4x4x2xf32>
  %4 = tosa.max_pool2d %3 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %5 = tosa.clamp %4 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %6 = slb.quantize %5 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2x!u2>
  return %6 : tensor<1x2x2x2x!u2>
}
