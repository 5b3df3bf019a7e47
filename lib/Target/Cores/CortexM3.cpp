//===- CortexM3.cpp - Cortex-M3: lanes of a register ----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/Core.h"
#include "lib/Target/Scratch.h"

using namespace slb::bitpack;
using namespace slb::bitpack::rows;

#define SLB_TILE_STORES "tile_threshold_bits", "tile_requantize_u8"

// clang-format off
static const ConvolutionStrategy strategies[] = {
    {"tile_bits_bits", "tile_bits_bits", Tile, 16, UnsignedBits | SignBit, Planes, 32, ShortInputs, getBitTableBytes, NoMore, SLB_TILE_STORES},
    {"tile_u8_bits", "tile_bytes_bits", Tile, 8, U8, Planes, 4, Nothing, getByteTableBytes, IsSigned, SLB_TILE_STORES},
    {"tile_s8_bits", "tile_bytes_bits", Tile, 8, S8, Planes, 4, Nothing, getByteTableBytes, IsSigned, SLB_TILE_STORES},
    {"row_u8_bits", "row_bytes_bits", Row, 8, U8, Planes, 4, RowsOfTaps, getByteRowBytes, IsSigned, SLB_TILE_STORES},
    {"row_s8_bits", "row_bytes_bits", Row, 8, S8, Planes, 4, RowsOfTaps, getByteRowBytes, IsSigned, SLB_TILE_STORES},
    {"tile_bits_nibbles", "tile_bits_nibbles", Tile, 4, UnsignedBits, Nibbles, 8, FourWeightPlanes, getBitNibbleBytes, NoMore, SLB_TILE_STORES},
    {"tile_depthwise_u8_bits", "tile_depthwise", Tile, 8, U8, Planes, 1, Depthwise | WeightsAsBytes, getDepthwiseBytes, IsSigned, SLB_TILE_STORES},
    {"tile_depthwise_s8_bits", "tile_depthwise", Tile, 8, S8, Planes, 1, Depthwise | WeightsAsBytes, getDepthwiseBytes, IsSigned, SLB_TILE_STORES},
    {"tile_depthwise_u8_s8", "tile_depthwise", Tile, 8, U8, Bytes, 1, Depthwise, getDepthwiseBytes, IsSigned | NoPlanes, SLB_TILE_STORES},
    {"tile_depthwise_s8_s8", "tile_depthwise", Tile, 8, S8, Bytes, 1, Depthwise, getDepthwiseBytes, IsSigned | NoPlanes, SLB_TILE_STORES},
};
// clang-format on

// Table lookup in lanes of a register; no multiplications of pairs.
// Fitted to instructions per multiplication that bench/edge counts on
// 16x16x32 -> 64, 3x3, of clang 22.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"tile_bits_bits", 0, 0.19, 0.024, 1.3},
    {"tile_u8_bits", 0, 0.33, 0, 6},
    {"tile_s8_bits", 0, 0.33, 0, 7},
    {"row_u8_bits", 0, 0.33, 0, 6},
    {"row_s8_bits", 0, 0.33, 0, 7},
    {"tile_bits_nibbles", 2.6, 0, 0, 6},
    {"tile_depthwise_u8_bits", 5.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 5.0, 0.3, 0, 0},
    {"tile_depthwise_u8_s8", 5.0, 0, 0, 0},
    {"tile_depthwise_s8_s8", 5.0, 0, 0, 0},
};

void slb::bitpack::registerCortexM3(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget({"cortex-m3", "Arm Cortex-M3: Thumb-2, table lookup",
                      "-mcpu=cortex-m3", "defined(__thumb2__)", 4, "c99",
                      kernels});
}
