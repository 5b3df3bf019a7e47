// RUN: slb-opt --slb-integerize --split-input-file %s | FileCheck %s

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// y = scale * 0.5 * acc + shift reaches level l at 0.5 * l - 0.25, |acc| <= 6:
//   0.5 acc >= 0.25, 0.75, 1.25     -> 1, 2, 3
//   -acc + 1 >= ..                  -> acc <= 0.75, 0.25, -0.25, so -acc >= 0, 0, 1
//   0 * acc + 0.75                  -> always, always, never
//   10 acc - 100                    -> never
// CHECK-LABEL: func.func @thresholds
func.func @thresholds(%x: tensor<1x2x!u2>, %w: tensor<4x2x!w1>) -> tensor<1x4x!u2> {
  // CHECK-DAG: %[[T:.*]] = arith.constant dense<{{\[}}[1, 2, 3], [0, 0, 1], [-2147483648, -2147483648, 2147483647], [2147483647, 2147483647, 2147483647]]> : tensor<4x3xi32>
  // CHECK-DAG: %[[S:.*]] = arith.constant dense<[1, -1, 1, 1]> : tensor<4xi8>
  // CHECK: slb.integer_linear %{{.*}}, %{{.*}} thresholds = %[[T]] signs = %[[S]] {layer = "fc"}
  %scale = arith.constant dense<[1.0, -2.0, 0.0, 20.0]> : tensor<4xf32>
  %shift = arith.constant dense<[0.0, 1.0, 0.75, -100.0]> : tensor<4xf32>
  %0 = slb.fused_linear %x, %w scale = %scale shift = %shift {layer = "fc", relu} : (tensor<1x2x!u2>, tensor<4x2x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4x!u2>
  return %0 : tensor<1x4x!u2>
}

// -----

!w1 = !slb.lowbit<odd<1>>

// The sign: +1 from 0 on. Geometry, pool and name are kept.
// CHECK-LABEL: func.func @sign
func.func @sign(%x: tensor<1x4x4x2x!w1>, %w: tensor<2x3x3x1x!w1>) -> tensor<1x2x2x2x!w1> {
  // CHECK: %[[T:.*]] = arith.constant dense<{{\[}}[0], [2]]> : tensor<2x1xi32>
  // CHECK: slb.integer_conv2d %{{.*}}, %{{.*}} thresholds = %[[T]] {groups = 2 : i64, layer = "c", pads = array<i64: 1, 1, 1, 1>, pool = array<i64: 2, 2>}
  %scale = arith.constant dense<1.0> : tensor<2xf32>
  %shift = arith.constant dense<[0.0, -1.5]> : tensor<2xf32>
  %0 = slb.fused_conv2d %x, %w scale = %scale shift = %shift {layer = "c", groups = 2, pads = array<i64: 1, 1, 1, 1>, pool = array<i64: 2, 2>} : (tensor<1x4x4x2x!w1>, tensor<2x3x3x1x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2x!w1>
  return %0 : tensor<1x2x2x2x!w1>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!i4 = !slb.lowbit<range<-8:7>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// Relu in front of a signed range: levels up to 0 are always reached.
// CHECK-LABEL: func.func @relu_of_signed
func.func @relu_of_signed(%x: tensor<1x2x!u2>, %w: tensor<1x2x!w1>) -> tensor<1x1x!i4> {
  // CHECK: dense<{{\[}}[-2147483648, -2147483648, -2147483648, -2147483648, -2147483648, -2147483648, -2147483648, -2147483648, 1, 2, 3, 4, 5, 6, 2147483647]]> : tensor<1x15xi32>
  %scale = arith.constant dense<1.0> : tensor<1xf32>
  %shift = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.fused_linear %x, %w scale = %scale shift = %shift {relu} : (tensor<1x2x!u2>, tensor<1x2x!w1>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x!i4>
  return %0 : tensor<1x1x!i4>
}

// -----

!u8 = !slb.lowbit<range<0:255>, scale = 0.5>
!w8 = !slb.lowbit<range<-127:127>, scales = [0.5, 0.25] axis = 0>

// y / 0.5 + 0.5 = (0.25 s acc + shift + 0.5 r) / 0.5 + 0.5, all exact in 1/4:
//   channel 0: acc / 2 + r + 2.5 -> (2 acc + 4 r + 10) >> 2
//   channel 1: acc / 4 + r + 0.5 -> (1 acc + 4 r + 2) >> 2
// CHECK-LABEL: func.func @multiplier
// CHECK-SAME: %[[X:[a-z0-9]+]]: {{.*}}, %[[W:[a-z0-9]+]]: {{.*}}, %[[R:[a-z0-9]+]]: tensor
func.func @multiplier(%x: tensor<1x2x!u8>, %w: tensor<2x2x!w8>, %r: tensor<1x2x!u8>) -> tensor<1x2x!u8> {
  // CHECK-DAG: %[[M:.*]] = arith.constant dense<[2, 1]> : tensor<2xi32>
  // CHECK-DAG: %[[A:.*]] = arith.constant dense<[10, 2]> : tensor<2xi64>
  // CHECK: slb.integer_linear %[[X]], %[[W]] multiplier = %[[M]] addend = %[[A]] residual = %[[R]] {residual_multiplier = 4 : i32, shift = 2 : i64}
  %scale = arith.constant dense<1.0> : tensor<2xf32>
  %shift = arith.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %0 = slb.fused_linear %x, %w scale = %scale shift = %shift residual = %r {relu} : (tensor<1x2x!u8>, tensor<2x2x!w8>, tensor<2xf32>, tensor<2xf32>, tensor<1x2x!u8>) -> tensor<1x2x!u8>
  return %0 : tensor<1x2x!u8>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// Logits without bias are the accumulators; the function returns integers.
// CHECK-LABEL: func.func @logits
// CHECK-SAME: -> tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>, scale = 5.000000e-01>> {
func.func @logits(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> tensor<1x2xf32> {
  // CHECK-DAG: %[[M:.*]] = arith.constant dense<1> : tensor<2xi32>
  // CHECK-DAG: %[[A:.*]] = arith.constant dense<0> : tensor<2xi64>
  // CHECK: %[[Y:.*]] = slb.integer_linear %{{.*}}, %{{.*}} multiplier = %[[M]] addend = %[[A]] {layer = "fc"}
  // CHECK-NEXT: return %[[Y]] : tensor<1x2x!slb.lowbit<range<-2147483648:2147483647>, scale = 5.000000e-01>>
  %scale = arith.constant dense<1.0> : tensor<2xf32>
  %shift = arith.constant dense<0.0> : tensor<2xf32>
  %0 = slb.fused_linear %x, %w scale = %scale shift = %shift {layer = "fc"} : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!w1 = !slb.lowbit<odd<1>>

// A bias needs a finer unit: 0.5 / 2^26, so that 7 stays below 2^30 units.
// CHECK-LABEL: func.func @logits_with_bias
// CHECK-SAME: scale = 7.4505806E-9>> {
func.func @logits_with_bias(%x: tensor<1x2x!u2>, %w: tensor<2x2x!w1>) -> tensor<1x2xf32> {
  // CHECK-DAG: arith.constant dense<67108864> : tensor<2xi32>
  // CHECK-DAG: arith.constant dense<[13421773, -536870912]> : tensor<2xi64>
  // CHECK: slb.integer_linear
  // CHECK-NOT: shift = {{[0-9]}}
  // CHECK: return
  %scale = arith.constant dense<1.0> : tensor<2xf32>
  %shift = arith.constant dense<[0.1, -4.0]> : tensor<2xf32>
  %0 = slb.fused_linear %x, %w scale = %scale shift = %shift {layer = "fc"} : (tensor<1x2x!u2>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// -----

!u8 = !slb.lowbit<range<0:255>, scale = 0.5>
!u8b = !slb.lowbit<range<0:255>, scale = 0.25>

// CHECK-LABEL: func.func @add
// CHECK-SAME: %[[X:[a-z0-9]+]]: {{.*}}, %[[Y:[a-z0-9]+]]: tensor
func.func @add(%x: tensor<1x2x!u8>, %y: tensor<1x2x!u8b>) -> tensor<1x2x!u8> {
  // CHECK-NEXT: %[[S:.*]] = slb.requantize %[[X]], %[[Y]] {addend = 1 : i64, multiplier = 2 : i32, other_multiplier = 1 : i32, shift = 1 : i64}
  // CHECK-NEXT: return %[[S]]
  %0 = slb.dequantize %x : (tensor<1x2x!u8>) -> tensor<1x2xf32>
  %1 = slb.dequantize %y : (tensor<1x2x!u8b>) -> tensor<1x2xf32>
  %2 = tosa.add %0, %1 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %3 = tosa.clamp %2 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  %4 = slb.quantize %3 : (tensor<1x2xf32>) -> tensor<1x2x!u8>
  return %4 : tensor<1x2x!u8>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!u8 = !slb.lowbit<range<0:255>, scale = 0.25>

// The average of 2x2 in units of 0.25: sum / 4 * 2.
// CHECK-LABEL: func.func @average
func.func @average(%x: tensor<1x2x2x2x!u2>) -> tensor<1x2x!u8> {
  // CHECK-NEXT: %[[S:.*]] = slb.pool2d sum %{{.*}} {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : {{.*}} -> tensor<1x1x1x2xi32>
  // CHECK-NEXT: %[[Q:.*]] = slb.requantize %[[S]] {addend = 1 : i64, multiplier = 1 : i32, shift = 1 : i64}
  // CHECK-NEXT: tensor.collapse_shape %[[Q]]
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.dequantize %x : (tensor<1x2x2x2x!u2>) -> tensor<1x2x2x2xf32>
  %1 = tosa.avg_pool2d %0, %z, %z {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32} : (tensor<1x2x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  %2 = slb.quantize %1 : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x2x!u8>
  %3 = tensor.collapse_shape %2 [[0, 1, 2], [3]] : tensor<1x1x1x2x!u8> into tensor<1x2x!u8>
  return %3 : tensor<1x2x!u8>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>

// An average that the function returns: the sum, a fourth of the scale.
// CHECK-LABEL: func.func @returned_average
// CHECK-SAME: -> tensor<1x1x1x2x!slb.lowbit<range<-2147483648:2147483647>, scale = 1.250000e-01>> {
func.func @returned_average(%x: tensor<1x2x2x2x!u2>) -> tensor<1x1x1x2xf32> {
  // CHECK-NEXT: %[[S:.*]] = slb.pool2d sum
  // CHECK-NEXT: %[[Q:.*]] = slb.requantize %[[S]] {multiplier = 1 : i32}
  // CHECK-NEXT: return %[[Q]]
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.dequantize %x : (tensor<1x2x2x2x!u2>) -> tensor<1x2x2x2xf32>
  %1 = tosa.avg_pool2d %0, %z, %z {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32} : (tensor<1x2x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  return %1 : tensor<1x1x1x2xf32>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>

// CHECK-LABEL: func.func @max_pool
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor
func.func @max_pool(%x: tensor<1x4x4x2x!u2>) -> tensor<1x4x4x2x!u2> {
  // CHECK-NEXT: %[[P:.*]] = slb.pool2d max %[[X]] {kernel = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>}
  // CHECK-NEXT: return %[[P]]
  %0 = slb.dequantize %x : (tensor<1x4x4x2x!u2>) -> tensor<1x4x4x2xf32>
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 3, 3>, stride = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>} : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %2 = slb.quantize %1 : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2x!u2>
  return %2 : tensor<1x4x4x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>

// Pools of slb leave out what no whole window covers: no cut.
// CHECK-LABEL: func.func @cut_pools
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor
func.func @cut_pools(%x: tensor<1x5x5x2x!u2>) -> (tensor<1x2x2x2x!u2>, tensor<1x2x2x2x!u2>) {
  // CHECK-DAG: slb.pool2d max %[[X]] {kernel = array<i64: 3, 3>, strides = array<i64: 2, 2>} {{.*}}
  // CHECK-DAG: slb.pool2d sum %[[X]] {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} {{.*}} -> tensor<1x2x2x2xi32>
  // CHECK-NOT: extract_slice
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.dequantize %x : (tensor<1x5x5x2x!u2>) -> tensor<1x5x5x2xf32>
  %1 = tensor.extract_slice %0[0, 0, 0, 0] [1, 4, 4, 2] [1, 1, 1, 1] : tensor<1x5x5x2xf32> to tensor<1x4x4x2xf32>
  %2 = tosa.max_pool2d %0 {kernel = array<i64: 3, 3>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x5x5x2xf32>) -> tensor<1x2x2x2xf32>
  %3 = slb.quantize %2 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2x!u2>
  %4 = tosa.avg_pool2d %1, %z, %z {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32} : (tensor<1x4x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  %5 = slb.quantize %4 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2x!u2>
  return %3, %5 : tensor<1x2x2x2x!u2>, tensor<1x2x2x2x!u2>
}

// -----

!u2 = !slb.lowbit<range<0:3>, scale = 0.5>
!u2b = !slb.lowbit<range<0:3>, scale = 0.25>

// CHECK-LABEL: func.func @data_movement
// CHECK-SAME: %[[X:[a-z0-9]+]]: {{.*}}, %[[Y:[a-z0-9]+]]: tensor
func.func @data_movement(%x: tensor<1x1x1x2x!u2>, %y: tensor<1x1x1x2x!u2>) -> (tensor<1x4x!u2>, tensor<1x1x1x2x!u2b>) {
  // CHECK-DAG: %[[R:.*]] = slb.requantize %[[X]] {{{.*}}multiplier = 2 : i32}
  // CHECK-DAG: %[[C:.*]] = tensor.concat dim(3) %[[X]], %[[Y]]
  // CHECK-DAG: %[[F:.*]] = tensor.collapse_shape %[[C]]
  // CHECK: return %[[F]], %[[R]]
  %0 = slb.dequantize %x : (tensor<1x1x1x2x!u2>) -> tensor<1x1x1x2xf32>
  %1 = slb.dequantize %y : (tensor<1x1x1x2x!u2>) -> tensor<1x1x1x2xf32>
  %2 = tensor.concat dim(3) %0, %1 : (tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x1x1x4xf32>
  %3 = tensor.collapse_shape %2 [[0, 1, 2], [3]] : tensor<1x1x1x4xf32> into tensor<1x4xf32>
  %4 = slb.quantize %3 : (tensor<1x4xf32>) -> tensor<1x4x!u2>
  %5 = slb.quantize %0 : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x2x!u2b>
  return %4, %5 : tensor<1x4x!u2>, tensor<1x1x1x2x!u2b>
}

// -----

!u8 = !slb.lowbit<range<0:16>>
!w1 = !slb.lowbit<odd<1>>

// Networks of real activations stay as they are.
// CHECK-LABEL: func.func @float
// CHECK-SAME: -> tensor<1x1xf32> {
func.func @float(%x: tensor<1x2x!u8>, %w: tensor<2x2x!w1>, %v: tensor<1x2x!w1>) -> tensor<1x1xf32> {
  // CHECK: %[[A:.*]] = slb.fused_linear {{.*}} -> tensor<1x2xf32>
  // CHECK-NEXT: %[[B:.*]] = slb.fused_linear %[[A]], {{.*}} -> tensor<1x1xf32>
  // CHECK-NEXT: return %[[B]]
  %s = arith.constant dense<1.0> : tensor<2xf32>
  %t = arith.constant dense<1.0> : tensor<1xf32>
  %0 = slb.fused_linear %x, %w scale = %s shift = %s {relu} : (tensor<1x2x!u8>, tensor<2x2x!w1>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  %1 = slb.fused_linear %0, %v scale = %t shift = %t : (tensor<1x2xf32>, tensor<1x2x!w1>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// -----

!u2 = !slb.lowbit<range<0:3>>
!w1 = !slb.lowbit<odd<1>>
!list = !slb.lowbit<list<-4, 0, 1>>
!s2 = !slb.lowbit<odd<2>, scale = 1.0>

// Thresholds lie half way between the values of any set.
// CHECK-LABEL: func.func @sets
func.func @sets(%x: tensor<1x2x!u2>, %w: tensor<1x2x!w1>) -> (tensor<1x1x!list>, tensor<1x1x!s2>) {
  // CHECK-DAG: %[[L:.*]] = arith.constant dense<{{\[}}[-2, 1]]> : tensor<1x2xi32>
  // CHECK-DAG: %[[S:.*]] = arith.constant dense<{{\[}}[-2, 0, 2]]> : tensor<1x3xi32>
  // CHECK: slb.integer_linear %{{.*}}, %{{.*}} thresholds = %[[L]] :
  // CHECK: slb.integer_linear %{{.*}}, %{{.*}} thresholds = %[[S]] :
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %zero = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.fused_linear %x, %w scale = %one shift = %zero : (tensor<1x2x!u2>, tensor<1x2x!w1>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x!list>
  %1 = slb.fused_linear %x, %w scale = %one shift = %zero : (tensor<1x2x!u2>, tensor<1x2x!w1>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x!s2>
  return %0, %1 : tensor<1x1x!list>, tensor<1x1x!s2>
}
