//===- X86V3.cpp - x86-64-v3: AVX2 ----------------------------------------===//
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
    {"conv2d_bits_bits_avx2", "conv2d_bits_bits_avx2", Run, 28, UnsignedBits | SignBit | SignBits, Planes, 256, Nothing, getBitRunBytes<8, 2>, NoMore, "threshold_bits_avx2"},
    {"conv2d_bits_bytes_avx2", "conv2d_bits_bytes_avx2", Run, 28, UnsignedBits, Planes, 32, NotDepthwise | UpToFourWeightPlanes | InputsAsBytes, getPlanesAsByteRunBytes<4>, NoMore, "threshold_bits_avx2"},
    {"conv2d_u8_bits_avx2", "conv2d_u8_bits_avx2", Run, 28, U8, Planes, 32, NotDepthwise | UpToFourWeightPlanes, getByteRunBytes<4>, NoMore, "threshold_bits_avx2"},
    {"conv2d_u8_s8_x86", "conv2d_bytes_s8_x86", Run, 28, U8, Bytes, 32, NotDepthwise, getWidenedRunBytes, IsSigned, "threshold_bits_avx2"},
    {"conv2d_s8_s8_x86", "conv2d_bytes_s8_x86", Run, 28, S8, Bytes, 32, NotDepthwise, getWidenedRunBytes, IsSigned, "threshold_bits_avx2"},
};
// clang-format on

// Lanes of words take depthwise layers, whose rows are shorter than vectors.
// Estimates from the inner loops; they need only order the kernels right.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"conv2d_bits_bits_avx2", 0, 0, 0.022, 1},
    {"conv2d_bits_bytes_avx2", 0.07, 0.005, 0, 6},
    {"conv2d_u8_bits_avx2", 0.065, 0.005, 0, 2},
    {"conv2d_u8_s8_x86", 0.12, 0, 0, 2},
    {"conv2d_s8_s8_x86", 0.12, 0, 0, 2},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

void slb::bitpack::registerX86V3(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget({"x86-64-v3", "x86-64: AVX2", "-march=x86-64-v3",
                      "defined(__AVX2__)", 8, "c99", kernels});
}
