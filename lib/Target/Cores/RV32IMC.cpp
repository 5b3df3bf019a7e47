//===- RV32IMC.cpp - RISC-V of 32 bits: lanes of a register ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/Core.h"

using namespace slb::bitpack;

// The lanes of Cortex-M, without its shifted operands and paired loads. Pairs
// of products gain nothing here. Fitted as those of Cortex-M.
// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost kernels[] = {
    {"tile_bits_bits", 0, 0.22, 0.035, 4},
    {"tile_u8_bits", 0, 0.42, 0, 12},
    {"tile_s8_bits", 0, 0.42, 0, 12},
    {"tile_bits_nibbles", 2.6, 0, 0, 6},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

void slb::bitpack::registerRV32IMC(TargetRegistry &registry) {
  registry.addTarget(
      {"rv32imc", "RISC-V of 32 bits: table lookup", "-march=rv32imc",
       "defined(__riscv) && __riscv_xlen == 32", 4, "c99", kernels});
}
