//===- RV64GCV.cpp - RISC-V of 64 bits: vectors, bit counts of Zbb --------===//
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
    {"conv2d_bits_bits_rvv", "conv2d_bits_bits_rvv", Run, 28, UnsignedBits | SignBit | SignBits, Planes, 128, Nothing, getBitRunBytes<1, 1>},
    {"conv2d_bits_bytes_rvv", "conv2d_bits_bytes_rvv", Run, 28, UnsignedBits, Planes, 128, NotDepthwise | UpToFourWeightPlanes | InputsAsBytes, getPlanesAsByteRunBytes<0>},
    {"conv2d_u8_bits_rvv", "conv2d_u8_bits_rvv", Run, 28, U8, Planes, 128, NotDepthwise | UpToFourWeightPlanes, getByteRunBytes<0>},
    {"conv2d_bits_bits_zbb", "conv2d_bits_bits_zbb", Run, 28, UnsignedBits | SignBit | SignBits, Planes, 64, Nothing, getBitRunBytes<2, 1>},
};
// clang-format on

// Fitted with vectors of 128 bits, the shortest there are.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"conv2d_bits_bits_rvv", 0, 0, 0.06, 2},
    {"conv2d_bits_bits_zbb", 0, 0, 0.115, 2},
    {"conv2d_bits_bytes_rvv", 0, 0.08, 0, 8},
    {"conv2d_u8_bits_rvv", 0, 0.08, 0, 4},
    {"tile_s8_bits", 0, 0.42, 0, 12},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

void slb::bitpack::registerRV64GCV(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget(
      {"rv64gcv_zbb",
       "RISC-V of 64 bits: vectors, bit counts of Zbb (clang, or GCC 14)",
       "-march=rv64gcv_zbb",
       "defined(__riscv_v) && defined(__riscv_zbb) && __riscv_xlen == 64", 8,
       "c99", kernels});
}
