// RUN: slb-opt %s --split-input-file --verify-diagnostics --slb-report-floats

!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>

// An average of low-bit values that nothing quantizes again.
func.func @input(%x: tensor<1x2x2x4x!u8>, %w: tensor<3x4x!w1>, %s: tensor<3xf32>) -> tensor<1x3xf32> {
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %0 = slb.dequantize %x : (tensor<1x2x2x4x!u8>) -> tensor<1x2x2x4xf32>
  %1 = tosa.avg_pool2d %0, %z, %z {kernel = array<i64: 2, 2>, stride = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, acc_type = f32} : (tensor<1x2x2x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x4xf32>
  %2 = tensor.collapse_shape %1 [[0], [1, 2, 3]] : tensor<1x1x1x4xf32> into tensor<1x4xf32>
  // expected-warning@below {{'slb.fused_linear' of layer 'fc' is computed in float: no quantizer stands behind 'tensor.collapse_shape', its input}}
  %3 = slb.fused_linear %2, %w scale = %s shift = %s {layer = "fc"} : (tensor<1x4xf32>, tensor<3x4x!w1>, tensor<3xf32>, tensor<3xf32>) -> tensor<1x3xf32>
  return %3 : tensor<1x3xf32>
}

// -----

!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>

// The quantizer behind the first of three layers is missing.
func.func @result(%x: tensor<1x4x!u8>, %w: tensor<4x4x!w1>, %s: tensor<4xf32>, %m: tensor<4xi32>, %a: tensor<4xi64>) -> tensor<1x4xf32> {
  %0 = slb.integer_linear %x, %w multiplier = %m addend = %a : (tensor<1x4x!u8>, tensor<4x4x!w1>, tensor<4xi32>, tensor<4xi64>) -> tensor<1x4x!u8>
  // expected-warning@below {{'slb.fused_linear' of layer 'b' is computed in float: no quantizer takes its result}}
  %1 = slb.fused_linear %0, %w scale = %s shift = %s {layer = "b"} : (tensor<1x4x!u8>, tensor<4x4x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  // expected-warning@below {{'slb.fused_linear' of layer 'c' is computed in float: no quantizer stands behind 'slb.fused_linear' of layer 'b', its input}}
  %2 = slb.fused_linear %1, %w scale = %s shift = %s {layer = "c"} : (tensor<1x4xf32>, tensor<4x4x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  return %2 : tensor<1x4xf32>
}

// -----

!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>

// The only quantizer is that of the last layer.
func.func @last(%x: tensor<1x4x!u8>, %w: tensor<4x4x!w1>, %s: tensor<4xf32>) -> tensor<1x4x!u8> {
  // expected-warning@below {{'slb.fused_linear' of layer 'a' is computed in float: no quantizer takes its result}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s {layer = "a"} : (tensor<1x4x!u8>, tensor<4x4x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  // expected-warning@below {{'slb.fused_linear' of layer 'b' is computed in float: no quantizer stands behind 'slb.fused_linear' of layer 'a', its input}}
  %1 = slb.fused_linear %0, %w scale = %s shift = %s {layer = "b"} : (tensor<1x4xf32>, tensor<4x4x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4x!u8>
  return %1 : tensor<1x4x!u8>
}

// -----

!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>

// Float activations behind a low-bit image are meant.
func.func @floats(%x: tensor<1x4x!u8>, %w: tensor<4x4x!w1>, %s: tensor<4xf32>) -> tensor<1x4xf32> {
  %0 = slb.fused_linear %x, %w scale = %s shift = %s {relu} : (tensor<1x4x!u8>, tensor<4x4x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  %1 = slb.fused_linear %0, %w scale = %s shift = %s : (tensor<1x4xf32>, tensor<4x4x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  return %1 : tensor<1x4xf32>
}

// -----

!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>

// So are filters of floats.
func.func @filter(%x: tensor<1x4x!u8>, %w: tensor<4x4xf32>, %v: tensor<4x4x!w1>, %s: tensor<4xf32>, %m: tensor<4xi32>, %a: tensor<4xi64>) -> tensor<1x4x!u8> {
  %0 = slb.fused_linear %x, %w scale = %s shift = %s : (tensor<1x4x!u8>, tensor<4x4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4x!u8>
  %1 = slb.integer_linear %0, %v multiplier = %m addend = %a : (tensor<1x4x!u8>, tensor<4x4x!w1>, tensor<4xi32>, tensor<4xi64>) -> tensor<1x4x!u8>
  return %1 : tensor<1x4x!u8>
}
