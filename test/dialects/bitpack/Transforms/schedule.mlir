// RUN: slb-opt --bitpack-schedule %s | FileCheck %s

// CHECK-LABEL: func @net
func.func @net(%x: tensor<1x4xui8>, %w: tensor<2x1x1xi32>, %m: tensor<2xi32>, %b: tensor<2xi64>, %d: tensor<1x2xui8>) {
  // A layer keeps its name; its kernel follows from what is stored.
  // CHECK: layer = "fc"{{.*}}strategy = "conv2d_u8_bits"
  %0 = bitpack.conv2d %x, %w multiplier = %m addend = %b into %d
     {input_shape = array<i64: 1, 1, 4>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>, weight_planes = array<i64: -1, 2>, hi = 255 : si64, output_type = tensor<1x2xi8>, layer = "fc"}
     : (tensor<1x4xui8>, tensor<2x1x1xi32>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  // Names that are taken are not given again.
  // CHECK: layer = "requantize1"{{.*}}strategy = "requantize_u8"
  %1 = bitpack.requantize %0 into %d {pixels = 1 : i64, channels = 2 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x2xi8>, layer = "requantize1"}
     : (tensor<1x2xui8>, tensor<1x2xui8>) -> tensor<1x2xui8>
  // CHECK: layer = "requantize2"{{.*}}strategy = "requantize_u8"
  %2 = bitpack.requantize %1 into %d {pixels = 1 : i64, channels = 2 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x2xi8>}
     : (tensor<1x2xui8>, tensor<1x2xui8>) -> tensor<1x2xui8>
  // A strategy that is given stays.
  // CHECK: strategy = "requantize_mine"
  %3 = bitpack.requantize %2 into %d {pixels = 1 : i64, channels = 2 : i64, multiplier = 1 : si64, lo = 0 : si64, hi = 255 : si64, output_type = tensor<1x2xi8>, strategy = "requantize_mine"}
     : (tensor<1x2xui8>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}
