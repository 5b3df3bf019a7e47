// RUN: slb-opt --convert-slb-to-bitpack --split-input-file %s | FileCheck %s

// Codes become bits: word 0b1010 of weights +1, -1, +1, -1 (the first lowest).
// CHECK-LABEL: func @linear
// CHECK-SAME: tensor<1x4xui8> {bitpack.type = tensor<1x4x!slb.lowbit<range<0:255>>>}
// CHECK-SAME: -> (tensor<1x1x1xui32> {bitpack.type = tensor<1x2x!slb.lowbit<odd<1>>>})
func.func @linear(%x: tensor<1x4x!slb.lowbit<range<0:255>>>) -> tensor<1x2x!slb.lowbit<odd<1>>> {
  // CHECK: %[[W:.*]] = arith.constant dense<{{\[\[\[}}5]], {{\[\[}}8]]]> : tensor<2x1x1xi32>
  %w = slb.constant dense<[[1, 0, 1, 0], [0, 0, 0, 1]]> : tensor<2x4xi8> : tensor<2x4x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<[[3], [-1]]> : tensor<2x1xi32>
  // CHECK: bitpack.conv2d %{{.*}}, %[[W]] thresholds = %{{.*}} into %{{.*}} {
  // CHECK-SAME: input_shape = array<i64: 1, 1, 4>, kernel = array<i64: 1, 1>, layer = "fc"
  // CHECK-SAME: output_planes = array<i64: -1, 2>
  // CHECK-SAME: weight_planes = array<i64: -1, 2>
  // CHECK-NOT: slb.constant
  %y = slb.integer_linear %x, %w thresholds = %t {layer = "fc"}
     : (tensor<1x4x!slb.lowbit<range<0:255>>>, tensor<2x4x!slb.lowbit<odd<1>>>, tensor<2x1xi32>) -> tensor<1x2x!slb.lowbit<odd<1>>>
  return %y : tensor<1x2x!slb.lowbit<odd<1>>>
}

// -----

// Sets without a zero code keep their lowest integer as the offset: -1, 0, 1 is
// -1 + {0, 1, 2}, two planes. Integers of more than four bits stay bytes.
// CHECK-LABEL: func @filters
func.func @filters(%x: tensor<1x2x!slb.lowbit<range<0:255>>>) -> (tensor<1x1x!slb.lowbit<range<0:255>>>, tensor<1x1x!slb.lowbit<range<0:255>>>) {
  %m = arith.constant dense<1> : tensor<1xi32>
  %b = arith.constant dense<0> : tensor<1xi64>
  // CHECK: arith.constant dense<{{\[\[\[}}0], [3]]]> : tensor<1x2x1xi32>
  %t = slb.constant dense<[[2, 2]]> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<list<-1, 0, 1>>>
  %w = slb.constant dense<[[0, 254]]> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<range<-127:127>>>
  // CHECK: weight_planes = array<i64: -1, 1, 2>
  // CHECK: arith.constant dense<{{\[\[}}-127, 127]]> : tensor<1x2xi8>
  %0 = slb.integer_linear %x, %t multiplier = %m addend = %b : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<1x2x!slb.lowbit<list<-1, 0, 1>>>, tensor<1xi32>, tensor<1xi64>) -> tensor<1x1x!slb.lowbit<range<0:255>>>
  // CHECK: bitpack.conv2d {{.*}} tensor<1x2xi8>,
  %1 = slb.integer_linear %x, %w multiplier = %m addend = %b : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<1x2x!slb.lowbit<range<-127:127>>>, tensor<1xi32>, tensor<1xi64>) -> tensor<1x1x!slb.lowbit<range<0:255>>>
  return %0, %1 : tensor<1x1x!slb.lowbit<range<0:255>>>, tensor<1x1x!slb.lowbit<range<0:255>>>
}

// -----

// A linear layer on a flattened image of planes reads the image.
// CHECK-LABEL: func @flattened
func.func @flattened(%x: tensor<1x2x3x5x!slb.lowbit<range<0:3>>>) -> tensor<1x1x!slb.lowbit<range<0:3>>> {
  %w = slb.constant dense<1> : tensor<1x30xi8> : tensor<1x30x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<0> : tensor<1x3xi32>
  // CHECK-NOT: flatten
  // CHECK: bitpack.conv2d %arg0, {{.*}}input_shape = array<i64: 2, 3, 5>, kernel = array<i64: 2, 3>
  %f = tensor.collapse_shape %x [[0], [1, 2, 3]] : tensor<1x2x3x5x!slb.lowbit<range<0:3>>> into tensor<1x30x!slb.lowbit<range<0:3>>>
  %y = slb.integer_linear %f, %w thresholds = %t : (tensor<1x30x!slb.lowbit<range<0:3>>>, tensor<1x30x!slb.lowbit<odd<1>>>, tensor<1x3xi32>) -> tensor<1x1x!slb.lowbit<range<0:3>>>
  return %y : tensor<1x1x!slb.lowbit<range<0:3>>>
}

// -----

// Others need the planes packed anew; bytes need not.
// CHECK-LABEL: func @flatten
func.func @flatten(%x: tensor<1x2x3x5x!slb.lowbit<range<0:3>>>, %z: tensor<1x2x3x5x!slb.lowbit<range<0:255>>>) -> (tensor<1x30x!slb.lowbit<range<0:3>>>, tensor<1x30x!slb.lowbit<range<0:255>>>) {
  // CHECK: bitpack.flatten %arg0 into %{{.*}} {channels = 5 : i64, {{.*}} pixels = 6 : i64, planes = 2 : i64}
  // CHECK-SAME: (tensor<1x2x3x2x1xui32>, tensor<1x2x1xui32>) -> tensor<1x2x1xui32>
  %0 = tensor.collapse_shape %x [[0], [1, 2, 3]] : tensor<1x2x3x5x!slb.lowbit<range<0:3>>> into tensor<1x30x!slb.lowbit<range<0:3>>>
  // CHECK: tensor.collapse_shape %arg1
  %1 = tensor.collapse_shape %z [[0], [1, 2, 3]] : tensor<1x2x3x5x!slb.lowbit<range<0:255>>> into tensor<1x30x!slb.lowbit<range<0:255>>>
  return %0, %1 : tensor<1x30x!slb.lowbit<range<0:3>>>, tensor<1x30x!slb.lowbit<range<0:255>>>
}

// -----

// Kernels compute on integers, so the scales of input (0.5) and filter (1/3) go
// into the layer's.
// CHECK-LABEL: func @floats
func.func @floats(%x: tensor<1x2x!slb.lowbit<range<0:255>, scale = 0.5>>) -> tensor<1x1xf32> {
  // CHECK: arith.constant dense<1.000000e+00> : tensor<1xf32>
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<odd<2>>>
  %s = arith.constant dense<6.0> : tensor<1xf32>
  // CHECK: bitpack.conv2d {{.*}} scale = %{{.*}} bias = %{{.*}} relu
  %y = slb.fused_linear %x, %w scale = %s shift = %s {relu} : (tensor<1x2x!slb.lowbit<range<0:255>, scale = 0.5>>, tensor<1x2x!slb.lowbit<odd<2>>>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// -----

// A filter of floats between integers.
// CHECK-LABEL: func @mixed
func.func @mixed(%x: tensor<1x2x!slb.lowbit<range<0:255>, scale = 0.5>>) -> tensor<1x1x!slb.lowbit<odd<1>>> {
  %w = arith.constant dense<1.0> : tensor<1x2xf32>
  %s = arith.constant dense<6.0> : tensor<1xf32>
  // CHECK: %[[F:.*]] = bitpack.dequantize %arg0 {{.*}}scales = array<f32: 5.000000e-01>
  // CHECK: %[[Y:.*]] = bitpack.conv2d %[[F]]
  // CHECK: bitpack.quantize %[[Y]] {{.*}}output_planes = array<i64: -1, 2>{{.*}}values = array<i64: -1, 1>
  %y = slb.fused_linear %x, %w scale = %s shift = %s : (tensor<1x2x!slb.lowbit<range<0:255>, scale = 0.5>>, tensor<1x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x!slb.lowbit<odd<1>>>
  return %y : tensor<1x1x!slb.lowbit<odd<1>>>
}

// -----

// How a value is stored: planes, bytes, bytes with an offset, shorts, integers.
// CHECK-LABEL: func @storage
// CHECK-SAME: tensor<1x2x1xui32> {bitpack.type = tensor<1x4x!slb.lowbit<odd<2>>>}
// CHECK-SAME: tensor<1x4xui8> {bitpack.type = tensor<1x4x!slb.lowbit<range<3:10>>>}
// CHECK-SAME: tensor<1x4xi8> {bitpack.type = tensor<1x4x!slb.lowbit<range<-8:7>>>}
// CHECK-SAME: tensor<1x4xi8> {bitpack.type = tensor<1x4x!slb.lowbit<list<-1, 0, 1>>>}
// CHECK-SAME: tensor<1x4xui8> {bitpack.offset = -200 : i64, bitpack.type = tensor<1x4x!slb.lowbit<range<-200:55>>>}
// CHECK-SAME: tensor<1x4xi16> {bitpack.type = tensor<1x4x!slb.lowbit<range<300:500>>>}
// CHECK-SAME: tensor<1x4xi16> {bitpack.type = tensor<1x4x!slb.lowbit<range<0:4095>>>}
// CHECK-SAME: tensor<1x4xi32> {bitpack.type = tensor<1x4x!slb.lowbit<range<0:65535>>>}
func.func @storage(%0: tensor<1x4x!slb.lowbit<odd<2>>>, %1: tensor<1x4x!slb.lowbit<range<3:10>>>, %2: tensor<1x4x!slb.lowbit<range<-8:7>>>,
    %3: tensor<1x4x!slb.lowbit<list<-1, 0, 1>>>, %4: tensor<1x4x!slb.lowbit<range<-200:55>>>, %5: tensor<1x4x!slb.lowbit<range<300:500>>>,
    %6: tensor<1x4x!slb.lowbit<range<0:4095>>>, %7: tensor<1x4x!slb.lowbit<range<0:65535>>>) {
  return
}

// -----

// The sums of bytes lack -200 times those of the weights, 400 and -200: with its
// sign of -1 the first channel's threshold of 7 becomes 7 + 400.
// CHECK-LABEL: func @offset
func.func @offset(%x: tensor<1x3x3x2x!slb.lowbit<range<-200:55>>>) -> tensor<1x3x3x2x!slb.lowbit<range<0:1>>> {
  %w = slb.constant dense<[[[[0, 0]]], [[[1, 2]]]]> : tensor<2x1x1x2xi8> : tensor<2x1x1x2x!slb.lowbit<list<-1, 0, 1>>>
  // CHECK: arith.constant dense<{{\[\[}}407], [207]]> : tensor<2x1xi32>
  %t = arith.constant dense<7> : tensor<2x1xi32>
  %s = arith.constant dense<[-1, 1]> : tensor<2xi8>
  // CHECK: bitpack.conv2d {{.*}}pad_value = 200 : i64
  %y = slb.integer_conv2d %x, %w thresholds = %t signs = %s
     : (tensor<1x3x3x2x!slb.lowbit<range<-200:55>>>, tensor<2x1x1x2x!slb.lowbit<list<-1, 0, 1>>>, tensor<2x1xi32>, tensor<2xi8>) -> tensor<1x3x3x2x!slb.lowbit<range<0:1>>>
  return %y : tensor<1x3x3x2x!slb.lowbit<range<0:1>>>
}

// -----

// (-200 * 3 + 5) - (-200 << 2) in the addend, 255 of the highest 55.
// CHECK-LABEL: func @requantize_offset
func.func @requantize_offset(%x: tensor<1x2x!slb.lowbit<range<-200:55>>>) -> tensor<1x2x!slb.lowbit<range<-200:55>>> {
  // CHECK: bitpack.requantize %arg0 {{.*}}addend = 205 : si64, {{.*}}hi = 255 : si64, {{.*}}lo = 0 : si64
  %y = slb.requantize %x {multiplier = 3 : i32, addend = 5 : i64, shift = 2 : i64} : (tensor<1x2x!slb.lowbit<range<-200:55>>>) -> tensor<1x2x!slb.lowbit<range<-200:55>>>
  return %y : tensor<1x2x!slb.lowbit<range<-200:55>>>
}

// -----

// Codes of what is no planes become values.
// CHECK-LABEL: func @values
func.func @values(%x: tensor<1x2x!slb.lowbit<range<0:255>>>) -> tensor<1x1x!slb.lowbit<list<-4, 0, 4>>> {
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<odd<1>>>
  %t = arith.constant dense<[[0, 3]]> : tensor<1x2xi32>
  // CHECK: bitpack.conv2d {{.*}}output_values = array<i64: -4, 0, 4>
  %y = slb.integer_linear %x, %w thresholds = %t : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<1x2x!slb.lowbit<odd<1>>>, tensor<1x2xi32>) -> tensor<1x1x!slb.lowbit<list<-4, 0, 4>>>
  return %y : tensor<1x1x!slb.lowbit<list<-4, 0, 4>>>
}

// -----

// Scales along the width: one for a pixel, after each of two elements the next.
// CHECK-LABEL: func @per_pixel
func.func @per_pixel(%x: tensor<1x1x3x2x!slb.lowbit<range<0:255>, scales = [1.0, 2.0, 4.0] axis = 2>>) -> tensor<1x1x3x2xf32> {
  // CHECK: bitpack.dequantize {{.*}}scale_stride = 2 : i64, scales = array<f32: 1.000000e+00, 2.000000e+00, 4.000000e+00>
  %y = slb.dequantize %x : (tensor<1x1x3x2x!slb.lowbit<range<0:255>, scales = [1.0, 2.0, 4.0] axis = 2>>) -> tensor<1x1x3x2xf32>
  return %y : tensor<1x1x3x2xf32>
}

// -----

// CHECK-LABEL: func @scales_of_residual
func.func @scales_of_residual(%x: tensor<1x2x!slb.lowbit<range<0:255>>>, %r: tensor<1x2x!slb.lowbit<range<0:255>, scales = [1.0, 2.0] axis = 1>>) -> tensor<1x2xf32> {
  %w = slb.constant dense<1> : tensor<2x2xi8> : tensor<2x2x!slb.lowbit<odd<1>>>
  %s = arith.constant dense<1.0> : tensor<2xf32>
  // CHECK: %[[R:.*]] = bitpack.dequantize %arg1 {{.*}}scales = array<f32: 1.000000e+00, 2.000000e+00>
  // CHECK: bitpack.conv2d {{.*}} residual = %[[R]]
  %y = slb.fused_linear %x, %w scale = %s shift = %s residual = %r : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<2x2x!slb.lowbit<odd<1>>>, tensor<2xf32>, tensor<2xf32>, tensor<1x2x!slb.lowbit<range<0:255>, scales = [1.0, 2.0] axis = 1>>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

// What is left of constants in resources becomes dense: arrays of the C.
// CHECK-LABEL: func @resources
func.func @resources(%x: tensor<1x2x!slb.lowbit<range<0:255>>>) -> tensor<1x1x!slb.lowbit<range<0:1>>> {
  %w = slb.constant dense<1> : tensor<1x2xi8> : tensor<1x2x!slb.lowbit<odd<1>>>
  // CHECK: arith.constant dense<7> : tensor<1x1xi32>
  %t = arith.constant dense_resource<threshold> : tensor<1x1xi32>
  %y = slb.integer_linear %x, %w thresholds = %t : (tensor<1x2x!slb.lowbit<range<0:255>>>, tensor<1x2x!slb.lowbit<odd<1>>>, tensor<1x1xi32>) -> tensor<1x1x!slb.lowbit<range<0:1>>>
  return %y : tensor<1x1x!slb.lowbit<range<0:1>>>
}

{-# dialect_resources: { builtin: { threshold: "0x0400000007000000" } } #-}
