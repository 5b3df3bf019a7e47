//===- AArch64.cpp - AArch64: NEON ----------------------------------------===//
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

// clang-format off
static const ConvolutionStrategy strategies[] = {
    {"conv2d_bits_bits_neon", "conv2d_bits_bits_neon", Run, 28, UnsignedBits | SignBit | SignBits, Planes, 256, Nothing, getBitRunBytes<8, 1>, NoMore, "threshold_bits_neon"},
    {"conv2d_bits_bytes_neon", "conv2d_bits_bytes_neon", Run, 28, UnsignedBits, Planes, 32, NotDepthwise | UpToFourWeightPlanes | InputsAsBytes, getPlanesAsByteRunBytes<4>, NoMore, "threshold_bits_neon"},
    {"conv2d_u8_bits_neon", "conv2d_u8_bits_neon", Run, 28, U8, Planes, 32, NotDepthwise | UpToFourWeightPlanes, getByteRunBytes<4>, NoMore, "threshold_bits_neon"},
    {"conv2d_u8_s8_neon", "conv2d_bytes_s8_neon", Run, 28, U8, Bytes, 32, NotDepthwise, getByteByteRunBytes, IsSigned, "threshold_bits_neon"},
    {"conv2d_s8_s8_neon", "conv2d_bytes_s8_neon", Run, 28, S8, Bytes, 32, NotDepthwise, getByteByteRunBytes, IsSigned, "threshold_bits_neon"},
};
// clang-format on

// Estimates from the inner loops; they need only order the kernels right.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"conv2d_bits_bits_neon", 0, 0, 0.033, 1},
    {"conv2d_bits_bytes_neon", 0.12, 0.008, 0, 6},
    {"conv2d_u8_bits_neon", 0.10, 0.01, 0, 2},
    {"conv2d_u8_s8_neon", 0.15, 0, 0, 2},
    {"conv2d_s8_s8_neon", 0.15, 0, 0, 2},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

void slb::bitpack::registerAArch64(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget({"aarch64", "Arm AArch64: NEON", "-march=armv8-a",
                      "defined(__aarch64__) && defined(__ARM_NEON)", 8, "c99",
                      kernels});
  registry.addTarget({"aarch64+dotprod", "Arm AArch64: NEON with dot products",
                      "-march=armv8.2-a+dotprod",
                      "defined(__aarch64__) && defined(__ARM_FEATURE_DOTPROD)",
                      8, "c99", kernels});
}
