// RUN: slb-opt --convert-slb-to-linalg --split-input-file %s | FileCheck %s

// A signature changes with its low-bit tensors; unsigned sets are i8 too.

// CHECK-LABEL: func.func @types
// CHECK-SAME: (%{{.*}}: tensor<4xi8>, %{{.*}}: tensor<4xi16>, %{{.*}}: tensor<4xf32>) -> tensor<4xi32>
func.func @types(%a: tensor<4x!slb.lowbit<range<0:255>>>, %b: tensor<4x!slb.lowbit<range<0:256>>>, %c: tensor<4xf32>)
    -> tensor<4x!slb.lowbit<list<-100000, 7, 100000>>> {
  // CHECK: arith.constant dense<[-100000, 7, 100000, 7]> : tensor<4xi32>
  %0 = slb.constant dense<[0, 1, 2, 1]> : tensor<4xi8> : tensor<4x!slb.lowbit<list<-100000, 7, 100000>>>
  return %0 : tensor<4x!slb.lowbit<list<-100000, 7, 100000>>>
}

// -----

// CHECK-LABEL: func.func @dequantize
// CHECK: linalg.generic
// CHECK: %[[I:.*]] = arith.extui %{{.*}} : i8 to i32
// CHECK: %[[F:.*]] = arith.sitofp %[[I]] : i32 to f32
// CHECK: arith.mulf %[[F]]
func.func @dequantize(%x: tensor<4x!slb.lowbit<range<0:3>, scale = 0.5>>) -> tensor<4xf32> {
  %0 = slb.dequantize %x : (tensor<4x!slb.lowbit<range<0:3>, scale = 0.5>>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// The maximum is subtracted before the temperature is applied.

// CHECK-LABEL: func.func @expectation
// CHECK-SAME: (%[[A:.*]]: tensor<2x?xf32>, %[[T:.*]]: f32)
// CHECK-COUNT-2: tensor.extract_slice %[[A]]
// CHECK: linalg.generic
// CHECK: %[[GAP:.*]] = arith.subf
// CHECK: %[[X:.*]] = arith.mulf %[[GAP]], %[[T]]
// CHECK: math.exp %[[X]]
func.func @expectation(%a: tensor<2x?xf32>, %t: f32) -> tensor<?xf32> {
  %w = slb.expectation %a, %t set = <odd<1>> : (tensor<2x?xf32>, f32) -> tensor<?xf32>
  return %w : tensor<?xf32>
}

// -----

// Zero padding, a gather of patches and a product of contiguous rows.

// CHECK-LABEL: func.func @integer_conv2d
// CHECK: tensor.pad %{{.*}} low[0, 1, 1, 0] high[0, 1, 1, 0]
// CHECK: linalg.generic
// CHECK-SAME: outs(%{{.*}} : tensor<8x8x1x3x3x4xi8>)
// CHECK: tensor.collapse_shape {{.*}} into tensor<64x1x36xi8>
// CHECK: linalg.generic
// CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<64x1x36xi8>, tensor<1x6x36xi8>)
// CHECK: arith.extui
// CHECK: arith.extsi
// CHECK: arith.muli
// CHECK: linalg.transpose
// CHECK: arith.cmpi sge
func.func @integer_conv2d(%x: tensor<1x8x8x4x!slb.lowbit<range<0:3>>>, %w: tensor<6x3x3x4x!slb.lowbit<odd<2>>>,
                          %t: tensor<6x3xi32>) -> tensor<1x8x8x6x!slb.lowbit<range<0:3>>> {
  %y = slb.integer_conv2d %x, %w thresholds = %t {pads = array<i64: 1, 1, 1, 1>}
    : (tensor<1x8x8x4x!slb.lowbit<range<0:3>>>, tensor<6x3x3x4x!slb.lowbit<odd<2>>>, tensor<6x3xi32>)
    -> tensor<1x8x8x6x!slb.lowbit<range<0:3>>>
  return %y : tensor<1x8x8x6x!slb.lowbit<range<0:3>>>
}

// -----

// Requantization in 64 bits, with the shift that rounds down.

// CHECK-LABEL: func.func @requantize
// CHECK: arith.extsi %{{.*}} : i32 to i64
// CHECK: arith.shrsi
// CHECK: arith.maxsi
// CHECK: arith.minsi
// CHECK: arith.trunci %{{.*}} : i64 to i8
func.func @requantize(%x: tensor<1x8xi32>) -> tensor<1x8x!slb.lowbit<range<0:255>>> {
  %y = slb.requantize %x {multiplier = 5 : i32, shift = 3 : i64} : (tensor<1x8xi32>) -> tensor<1x8x!slb.lowbit<range<0:255>>>
  return %y : tensor<1x8x!slb.lowbit<range<0:255>>>
}

// -----

// CHECK-LABEL: func.func @moves
// CHECK: tensor.concat dim(3) {{.*}} -> tensor<1x2x2x4xi8>
// CHECK: tensor.collapse_shape {{.*}} : tensor<1x2x2x4xi8> into tensor<1x16xi8>
func.func @moves(%x: tensor<1x2x2x2x!slb.lowbit<odd<1>>>) -> tensor<1x16x!slb.lowbit<odd<1>>> {
  %0 = tensor.concat dim(3) %x, %x : (tensor<1x2x2x2x!slb.lowbit<odd<1>>>, tensor<1x2x2x2x!slb.lowbit<odd<1>>>) -> tensor<1x2x2x4x!slb.lowbit<odd<1>>>
  %1 = tensor.collapse_shape %0 [[0], [1, 2, 3]] : tensor<1x2x2x4x!slb.lowbit<odd<1>>> into tensor<1x16x!slb.lowbit<odd<1>>>
  return %1 : tensor<1x16x!slb.lowbit<odd<1>>>
}
