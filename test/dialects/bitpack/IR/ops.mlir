// RUN: slb-opt --verify-roundtrip %s | FileCheck %s

// CHECK-LABEL: func @thresholds
func.func @thresholds(%x: tensor<1x4x4x3xui8>, %w: tensor<8x1x1xi32>, %t: tensor<8x1xi32>, %s: tensor<8xi8>, %d: tensor<1x2x2x1x1xui32>) -> tensor<1x2x2x1x1xui32> {
  // CHECK: bitpack.conv2d %{{.*}}, %{{.*}} thresholds = %{{.*}} signs = %{{.*}} into %{{.*}} {
  %0 = bitpack.conv2d %x, %w thresholds = %t signs = %s into %d
     {input_shape = array<i64: 4, 4, 3>, output_shape = array<i64: 2, 2, 8>, kernel = array<i64: 3, 3>,
      pads = array<i64: 1, 1, 1, 1>, pool = array<i64: 2, 2>, weight_planes = array<i64: -1, 2>,
      output_planes = array<i64: 0, 1>, output_type = tensor<1x2x2x8xi8>, layer = "conv1"}
     : (tensor<1x4x4x3xui8>, tensor<8x1x1xi32>, tensor<8x1xi32>, tensor<8xi8>, tensor<1x2x2x1x1xui32>) -> tensor<1x2x2x1x1xui32>
  return %0 : tensor<1x2x2x1x1xui32>
}

// CHECK-LABEL: func @buffers
func.func @buffers(%x: memref<1x4xf32>, %w: memref<2x4xf32>, %a: memref<2xf32>, %s: memref<24xi8>, %y: memref<1x2xf32>) {
  // CHECK: bitpack.conv2d %{{.*}}, %{{.*}} scale = %{{.*}} bias = %{{.*}} scratch = %{{.*}} into
  bitpack.conv2d %x, %w scale = %a bias = %a scratch = %s into %y
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, output_type = tensor<1x2xf32>}
     : (memref<1x4xf32>, memref<2x4xf32>, memref<2xf32>, memref<2xf32>, memref<24xi8>, memref<1x2xf32>) -> ()
  return
}

// CHECK-LABEL: func @others
func.func @others(%x: tensor<1x2x2x1x1xui32>, %i: tensor<1x1x1x4xi32>, %b: tensor<1x1x1x4xui8>, %v: tensor<1x1x1xui32>, %c: tensor<1x2x2x1x1xui32>, %f: tensor<1x8xf32>) {
  // CHECK: bitpack.pool2d sum
  %0 = bitpack.pool2d sum %x into %i {input_shape = array<i64: 2, 2, 4>, output_shape = array<i64: 1, 1, 4>,
     kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, input_planes = array<i64: -1, 2>, output_type = tensor<1x1x1x4xi32>}
     : (tensor<1x2x2x1x1xui32>, tensor<1x1x1x4xi32>) -> tensor<1x1x1x4xi32>
  // CHECK: bitpack.requantize {{.*}} multiplier = -3 : si64
  %1 = bitpack.requantize %0, %i into %b {pixels = 1 : i64, channels = 4 : i64, multiplier = -3 : si64, other_multiplier = 2 : si64,
     shift = 4 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x1x1x4xui8>}
     : (tensor<1x1x1x4xi32>, tensor<1x1x1x4xi32>, tensor<1x1x1x4xui8>) -> tensor<1x1x1x4xui8>
  // CHECK: bitpack.flatten
  %2 = bitpack.flatten %x into %v {pixels = 4 : i64, channels = 4 : i64, planes = 1 : i64, output_type = tensor<1x16xi1>}
     : (tensor<1x2x2x1x1xui32>, tensor<1x1x1xui32>) -> tensor<1x1x1xui32>
  // CHECK: bitpack.concat
  %3 = bitpack.concat %x, %x into %c {pixels = 4 : i64, channels = array<i64: 4, 4>, planes = 1 : i64, output_type = tensor<1x2x2x8xi1>}
     : (tensor<1x2x2x1x1xui32>, tensor<1x2x2x1x1xui32>, tensor<1x2x2x1x1xui32>) -> tensor<1x2x2x1x1xui32>
  // CHECK: bitpack.add
  %4 = bitpack.add %f, %f into %f {output_type = tensor<1x8xf32>} : (tensor<1x8xf32>, tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  // CHECK: bitpack.relu
  %5 = bitpack.relu %4 into %f {output_type = tensor<1x8xf32>} : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  // CHECK: bitpack.quantize
  %6 = bitpack.quantize %5 into %v {pixels = 1 : i64, channels = 8 : i64, scales = array<f32: 0.5>, lo = -1 : si64, hi = 1 : si64,
     values = array<i64: -1, 1>, output_planes = array<i64: -1, 2>, output_type = tensor<1x8xi1>} : (tensor<1x8xf32>, tensor<1x1x1xui32>) -> tensor<1x1x1xui32>
  // CHECK: bitpack.dequantize
  %7 = bitpack.dequantize %6 into %f {pixels = 1 : i64, channels = 8 : i64, scales = array<f32: 0.5>, input_planes = array<i64: -1, 2>,
     output_type = tensor<1x8xf32>} : (tensor<1x1x1xui32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  return
}
