// RUN: slb-opt --bitpack-schedule %s | FileCheck %s --check-prefixes=CHECK,C99
// RUN: slb-opt --bitpack-schedule=target=cortex-m3 %s | FileCheck %s --check-prefixes=CHECK,M3
// RUN: slb-opt --bitpack-schedule=target=cortex-m4 %s | FileCheck %s --check-prefixes=CHECK,M4
// RUN: slb-opt --bitpack-schedule=target=cortex-m55 %s | FileCheck %s --check-prefixes=CHECK,M55
// RUN: slb-opt --bitpack-schedule=target=x86-64-v3 %s | FileCheck %s --check-prefixes=CHECK,V3
// RUN: slb-opt --bitpack-schedule=target=aarch64 %s | FileCheck %s --check-prefixes=CHECK,A64
// RUN: slb-opt --bitpack-schedule="target=cortex-m4 strategies=w4:tile_u8_bits" %s | FileCheck %s --check-prefix=GIVEN

// The kernel of each layer follows from the target.
// M4: bitpack.target = "cortex-m4"
// CHECK-LABEL: func @net
func.func @net(%x: tensor<1x8x8x8xui8>, %m: tensor<16xi32>, %b: tensor<16xi64>, %y: tensor<1x8x8x16xui8>,
               %dm: tensor<8xi32>, %db: tensor<8xi64>, %dy: tensor<1x8x8x8xui8>,
               %x32: tensor<1x8x8x32xui8>, %hy: tensor<1x4x4x16xui8>,
               %v: tensor<1x512xui8>, %fm: tensor<2xi32>, %fb: tensor<2xi64>, %fy: tensor<1x2xui8>) {
  // Codes of four bits become nibbles where there are dual products: bits 0
  // and 2 of all planes are set, so that codes 0 and 2 of 32 are 15.
  // C99: arith.constant {{.*}}tensor<16x4x3xi32>
  // M3: arith.constant {{.*}}tensor<16x4x3xi32>
  // M4: arith.constant dense<"0x0F0F0000000000000000000000000000{{.*}}tensor<16x9xi32>
  // M55: arith.constant {{.*}}tensor<16x9xi32>
  // V3: arith.constant {{.*}}tensor<16x4x3xi32>
  // A64: arith.constant {{.*}}tensor<16x4x3xi32>
  // GIVEN: arith.constant {{.*}}tensor<16x4x3xi32>
  %w4 = arith.constant dense<5> : tensor<16x4x3xi32>
  // C99: strategy = "conv2d_u8_bits"
  // M3: strategy = "tile_u8_bits"
  // M4: strategy = "tile_u8_nibbles"
  // M55: strategy = "tile_u8_nibbles_mve"
  // V3: strategy = "conv2d_u8_bits_avx2"
  // A64: strategy = "conv2d_u8_bits_neon"
  // GIVEN: strategy = "tile_u8_bits"
  %0 = bitpack.conv2d %x, %w4 multiplier = %m addend = %b into %y
     {input_shape = array<i64: 8, 8, 8>, output_shape = array<i64: 8, 8, 16>, kernel = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>,
      weight_planes = array<i64: -15, 2, 4, 8, 16>, shift = 40 : si64, hi = 255 : si64, output_type = tensor<1x8x8x16xi8>, layer = "w4"}
     : (tensor<1x8x8x8xui8>, tensor<16x4x3xi32>, tensor<16xi32>, tensor<16xi64>, tensor<1x8x8x16xui8>) -> tensor<1x8x8x16xui8>
  // A channel by itself has no use for tables.
  %wd = arith.constant dense<1> : tensor<8x9xi8>
  // C99: strategy = "conv2d_u8_s8"
  // M3: strategy = "tile_depthwise_u8_s8"
  // M4: strategy = "tile_depthwise_u8_s8"
  // M55: strategy = "tile_depthwise_u8_s8"
  // V3: strategy = "conv2d_u8_s8"
  // A64: strategy = "conv2d_u8_s8"
  // GIVEN: strategy = "tile_depthwise_u8_s8"
  %1 = bitpack.conv2d %x, %wd multiplier = %dm addend = %db into %dy
     {input_shape = array<i64: 8, 8, 8>, output_shape = array<i64: 8, 8, 8>, kernel = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>, groups = 8 : i64,
      shift = 40 : si64, hi = 255 : si64, output_type = tensor<1x8x8x8xi8>, layer = "depthwise"}
     : (tensor<1x8x8x8xui8>, tensor<8x9xi8>, tensor<8xi32>, tensor<8xi64>, tensor<1x8x8x8xui8>) -> tensor<1x8x8x8xui8>
  // Neighbouring outputs share the tables of their inputs.
  %w1 = arith.constant dense<5> : tensor<16x1x9xi32>
  // C99: strategy = "conv2d_u8_bits"
  // M3: strategy = "row_u8_bits"
  // M4: strategy = "row_u8_bits"
  // M55: strategy = "tile_u8_bits_mve"
  // V3: strategy = "conv2d_u8_bits_avx2"
  // A64: strategy = "conv2d_u8_bits_neon"
  // GIVEN: strategy = "row_u8_bits"
  %2 = bitpack.conv2d %x32, %w1 multiplier = %m addend = %b into %y
     {input_shape = array<i64: 8, 8, 32>, output_shape = array<i64: 8, 8, 16>, kernel = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>,
      weight_planes = array<i64: -1, 2>, shift = 40 : si64, hi = 255 : si64, output_type = tensor<1x8x8x16xi8>, layer = "rows"}
     : (tensor<1x8x8x32xui8>, tensor<16x1x9xi32>, tensor<16xi32>, tensor<16xi64>, tensor<1x8x8x16xui8>) -> tensor<1x8x8x16xui8>
  // With strides they do not.
  // C99: strategy = "conv2d_u8_bits"
  // M3: strategy = "tile_u8_bits"
  // M4: strategy = "tile_u8_bits"
  // M55: strategy = "tile_u8_bits_mve"
  // V3: strategy = "conv2d_u8_bits_avx2"
  // A64: strategy = "conv2d_u8_bits_neon"
  // GIVEN: strategy = "tile_u8_bits"
  %3 = bitpack.conv2d %x32, %w1 multiplier = %m addend = %b into %hy
     {input_shape = array<i64: 8, 8, 32>, output_shape = array<i64: 4, 4, 16>, kernel = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>,
      strides = array<i64: 2, 2>, weight_planes = array<i64: -1, 2>, shift = 40 : si64, hi = 255 : si64,
      output_type = tensor<1x4x4x16xi8>, layer = "strided"}
     : (tensor<1x8x8x32xui8>, tensor<16x1x9xi32>, tensor<16xi32>, tensor<16xi64>, tensor<1x4x4x16xui8>) -> tensor<1x4x4x16xui8>
  // One pixel does not fill a tile; vectors pay even so.
  %wf = arith.constant dense<1> : tensor<2x512xi8>
  // C99: strategy = "conv2d_u8_s8"
  // M3: strategy = "conv2d_u8_s8"
  // M4: strategy = "conv2d_u8_s8"
  // M55: strategy = "tile_u8_s8_mve"
  // V3: strategy = "conv2d_u8_s8_x86"
  // A64: strategy = "conv2d_u8_s8_neon"
  %4 = bitpack.conv2d %v, %wf multiplier = %fm addend = %fb into %fy
     {input_shape = array<i64: 1, 1, 512>, output_shape = array<i64: 1, 1, 2>, kernel = array<i64: 1, 1>,
      shift = 40 : si64, hi = 255 : si64, output_type = tensor<1x2xi8>, layer = "fc"}
     : (tensor<1x512xui8>, tensor<2x512xi8>, tensor<2xi32>, tensor<2xi64>, tensor<1x2xui8>) -> tensor<1x2xui8>
  return
}
