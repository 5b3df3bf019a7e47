//===- CortexM4.cpp - Cortex-M4: multiplications of pairs -----------------===//
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
    {"tile_u8_nibbles", "tile_bytes_nibbles", Tile, 4, U8, Nibbles, 8, FourWeightPlanes, getByteNibbleBytes, IsSigned, SLB_TILE_STORES},
    {"tile_s8_nibbles", "tile_bytes_nibbles", Tile, 4, S8, Nibbles, 8, FourWeightPlanes, getByteNibbleBytes, IsSigned, SLB_TILE_STORES},
    {"tile_u8_s8", "tile_bytes_s8", Tile, 4, U8, Bytes, 4, Nothing, getByteByteBytes, IsSigned, SLB_TILE_STORES},
    {"tile_s8_s8", "tile_bytes_s8", Tile, 4, S8, Bytes, 4, Nothing, getByteByteBytes, IsSigned, SLB_TILE_STORES},
};
// clang-format on

// Fitted to instructions per multiplication that bench/edge counts on
// 16x16x32 -> 64, 3x3, of clang 22.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"tile_bits_nibbles", 0.90, 0, 0, 6}, {"tile_u8_nibbles", 1.20, 0, 0, 6},
    {"tile_s8_nibbles", 1.20, 0, 0, 6},   {"tile_u8_s8", 1.13, 0, 0, 6},
    {"tile_s8_s8", 1.13, 0, 0, 6},
};

void slb::bitpack::registerCortexM4(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget({"cortex-m4",
                      "Arm Cortex-M4: table lookup, dual 16-bit products",
                      "-mcpu=cortex-m4", "defined(__ARM_FEATURE_DSP)", 4,
                      "cortex-m3", kernels});
}
