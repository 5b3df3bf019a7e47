//===- CortexM0.cpp - Cortex-M0: lanes of a register, 16-bit instructions -===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/Core.h"

using namespace slb::bitpack;

// The lanes of Cortex-M3 in plain C: eight registers, no shifted operands, no
// products of 64 bits. Also what portable kernels cost more than elsewhere.
// Fitted as those of Cortex-M3. Name, per MAC, per plane, per product of
// planes, per input.
static const KernelCost kernels[] = {
    {"tile_bits_bits", 0, 0.42, 0.055, 4},
    {"tile_u8_bits", 0, 0.83, 0, 28},
    {"tile_s8_bits", 0, 0.83, 0, 28},
    {"row_u8_bits", 0, 0.83, 0, 28},
    {"row_s8_bits", 0, 0.83, 0, 28},
    {"tile_bits_nibbles", 3.5, 0, 0, 10},
    {"tile_depthwise_u8_bits", 12.6, 0.95, 0, 0},
    {"tile_depthwise_s8_bits", 12.6, 0.95, 0, 0},
    {"tile_depthwise_u8_s8", 12.6, 0, 0, 0},
    {"tile_depthwise_s8_s8", 12.6, 0, 0, 0},
    {"conv2d_bits_bits", 0, 0, 0.55, 2},
    {"conv2d_bits_s8", 6.5, 0, 0, 13},
    {"conv2d_u8_s8", 5.3, 0, 0, 13},
    {"conv2d_s8_s8", 5.3, 0, 0, 13},
};

void slb::bitpack::registerCortexM0(TargetRegistry &registry) {
  registry.addTarget({"cortex-m0", "Arm Cortex-M0 and M0+: table lookup",
                      "-mcpu=cortex-m0", "defined(__thumb__)", 4, "c99",
                      kernels});
}
