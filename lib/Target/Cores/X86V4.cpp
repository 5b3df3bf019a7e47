//===- X86V4.cpp - x86-64-v4: AVX-512 -------------------------------------===//
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
    {"conv2d_bits_bits_avx512", "conv2d_bits_bits_avx512", Run, 28, UnsignedBits | SignBit | SignBits, Planes, 512, Nothing, getBitRunBytes<16, 1>, NoMore, "threshold_bits_avx2"},
    {"conv2d_bits_bytes_avx512", "conv2d_bits_bytes_avx512", Run, 28, UnsignedBits, Planes, 64, WeightsAsBytes | InputsAsBytes, getExpandedPlanesRunBytes, NoMore, "threshold_bits_avx2"},
    {"conv2d_u8_bits_avx512", "conv2d_u8_bits_avx512", Run, 28, U8, Planes, 64, WeightsAsBytes, getExpandedRunBytes, NoMore, "threshold_bits_avx2"},
};
// clang-format on

// Estimates from the inner loops; they need only order the kernels right.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"conv2d_bits_bits_avx512", 0, 0, 0.008, 1},
    {"conv2d_bits_bytes_avx512", 0.04, 0.002, 0, 4},
    {"conv2d_u8_bits_avx512", 0.03, 0.002, 0, 2},
    {"conv2d_u8_s8_x86", 0.03, 0, 0, 2},
    {"conv2d_s8_s8_x86", 0.03, 0, 0, 2},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

void slb::bitpack::registerX86V4(TargetRegistry &registry) {
  registry.addStrategies(strategies);
  registry.addTarget({"x86-64-v4", "x86-64: AVX-512 with VPOPCNTDQ and VNNI",
                      "-march=x86-64-v4 -mavx512vpopcntdq -mavx512vnni",
                      "defined(__AVX512BW__) && defined(__AVX512VPOPCNTDQ__) "
                      "&& defined(__AVX512VNNI__)",
                      8, "c99", kernels});
}
