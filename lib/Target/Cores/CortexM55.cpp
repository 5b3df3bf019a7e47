//===- CortexM55.cpp - Cortex-M55: vectors of Helium ----------------------===//
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

#define SLB_HELIUM_STORES "tile_threshold_bits_mve", "tile_requantize_u8_mve"

// clang-format off
static const ConvolutionStrategy strategies[] = {
    {"tile_bits_bits_mve", "tile_bits_bits_mve", Tile, 32, UnsignedBits | SignBit, Planes, 32, NotDepthwise | ShortInputs, getHeliumBitTableBytes, NoMore, SLB_HELIUM_STORES},
    {"tile_u8_bits_mve", "tile_bytes_bits_mve", Tile, 32, U8, Planes, 32, NotDepthwise, getHeliumByteTableBytes, IsSigned, SLB_HELIUM_STORES},
    {"tile_s8_bits_mve", "tile_bytes_bits_mve", Tile, 32, S8, Planes, 32, NotDepthwise, getHeliumByteTableBytes, IsSigned, SLB_HELIUM_STORES},
    {"tile_u8_nibbles_mve", "tile_bytes_nibbles_mve", Tile, 4, U8, Nibbles, 32, NotDepthwise | FourWeightPlanes, getHeliumNibbleBytes, IsSigned, SLB_HELIUM_STORES},
    {"tile_s8_nibbles_mve", "tile_bytes_nibbles_mve", Tile, 4, S8, Nibbles, 32, NotDepthwise | FourWeightPlanes, getHeliumNibbleBytes, IsSigned, SLB_HELIUM_STORES},
    {"tile_u8_s8_mve", "tile_bytes_s8_mve", Tile, 4, U8, Bytes, 16, NotDepthwise, getHeliumByteBytes, IsSigned, SLB_HELIUM_STORES},
    {"tile_s8_s8_mve", "tile_bytes_s8_mve", Tile, 4, S8, Bytes, 16, NotDepthwise, getHeliumByteBytes, IsSigned, SLB_HELIUM_STORES},
};
// clang-format on

// Fitted to instructions per multiplication that bench/edge counts on
// 16x16x32 -> 64, 3x3, of clang 22.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"tile_bits_bits_mve", 0, 0.063, 0.009, 1},
    {"tile_u8_bits_mve", 0, 0.093, 0, 2.8},
    {"tile_s8_bits_mve", 0, 0.093, 0, 2.8},
    {"tile_u8_nibbles_mve", 0.18, 0, 0, 2},
    {"tile_s8_nibbles_mve", 0.18, 0, 0, 2},
    {"tile_u8_s8_mve", 0.18, 0, 0, 2},
    {"tile_s8_s8_mve", 0.18, 0, 0, 2},
};

void slb::bitpack::registerCortexM55(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget(
      {"cortex-m55",
       "Arm Cortex-M55: vectors of Helium (clang; GCC 12 is wrong)",
       "-mcpu=cortex-m55",
       "defined(__ARM_FEATURE_MVE) && defined(__ARM_FEATURE_DSP)", 4,
       "cortex-m4", kernels});
}
