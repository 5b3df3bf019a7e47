// RUN: slb-opt %s --split-input-file --verify-diagnostics --slb-report-floats=integer-only

!u8 = !slb.lowbit<range<0:255>>

func.func @dequantize(%x: tensor<1x4x!u8>) -> tensor<1x4xf32> {
  // expected-error@below {{expects integers alone, but got floats at 'slb.dequantize'}}
  %0 = slb.dequantize %x : (tensor<1x4x!u8>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}

// -----

func.func @layer(%x: tensor<1x4xf32>, %w: tensor<4x4xf32>, %s: tensor<4xf32>) -> tensor<1x4xf32> {
  // expected-error@below {{expects integers alone, but got floats at 'slb.fused_linear' of layer 'fc'}}
  %0 = slb.fused_linear %x, %w scale = %s shift = %s {layer = "fc"} : (tensor<1x4xf32>, tensor<4x4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}

// -----

!u8 = !slb.lowbit<range<0:255>>

func.func @integers(%x: tensor<1x4x!u8>) -> tensor<1x4x!u8> {
  %0 = slb.requantize %x {multiplier = 3 : i32} : (tensor<1x4x!u8>) -> tensor<1x4x!u8>
  return %0 : tensor<1x4x!u8>
}

// -----

!u8 = !slb.lowbit<range<0:255>>
!w1 = !slb.lowbit<odd<1>>

// Not what stands around it.
func.func @lowbit_layer(%x: tensor<1x4x!u8>, %w: tensor<4x4x!w1>, %s: tensor<4xf32>) -> tensor<1x4xf32> {
  %0 = slb.dequantize %x : (tensor<1x4x!u8>) -> tensor<1x4xf32>
  %1 = tosa.add %0, %0 : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  // expected-error@below {{'slb.fused_linear' of layer 'fc' is computed in float: no quantizer stands behind 'tosa.add', its input}}
  %2 = slb.fused_linear %1, %w scale = %s shift = %s {layer = "fc"} : (tensor<1x4xf32>, tensor<4x4x!w1>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4xf32>
  return %2 : tensor<1x4xf32>
}
