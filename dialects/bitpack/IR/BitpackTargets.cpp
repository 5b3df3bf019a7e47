//===- BitpackTargets.cpp - cores and what kernels cost on them -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackTargets.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace slb::bitpack;

//===----------------------------------------------------------------------===//
// Kernels of the targets
//
// Cortex-M: fitted to instructions per multiplication that bench/edge counts on
// 16x16x32 -> 64, 3x3, of clang 22. The others are estimates from the inner
// loops; they need only order the kernels right.
//===----------------------------------------------------------------------===//

// Name, per MAC, per plane, per product of planes, per input.
static const KernelCost portableKernels[] = {
    {"conv2d_bits_bits", 0, 0, 0.38, 1}, {"conv2d_bits_s8", 4.0, 0, 0, 8},
    {"conv2d_u8_bits", 0, 1.05, 0, 20},  {"conv2d_s8_bits", 0, 1.05, 0, 20},
    {"conv2d_f32_bits", 0, 1.05, 0, 20}, {"conv2d_u8_s8", 3.25, 0, 0, 4},
    {"conv2d_s8_s8", 3.25, 0, 0, 4},     {"conv2d_f32_s8", 3.0, 0, 0, 4},
    {"conv2d_f32_f32", 3.0, 0, 0, 4},
};

// Table lookup in lanes of a register; no multiplications of pairs.
static const KernelCost thumbKernels[] = {
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

// Multiplications of pairs.
static const KernelCost dspKernels[] = {
    {"tile_bits_nibbles", 0.90, 0, 0, 6}, {"tile_u8_nibbles", 1.20, 0, 0, 6},
    {"tile_s8_nibbles", 1.20, 0, 0, 6},   {"tile_u8_s8", 1.13, 0, 0, 6},
    {"tile_s8_s8", 1.13, 0, 0, 6},
};

static const KernelCost heliumKernels[] = {
    {"tile_bits_bits_mve", 0, 0.063, 0.009, 1},
    {"tile_u8_bits_mve", 0, 0.093, 0, 2.8},
    {"tile_s8_bits_mve", 0, 0.093, 0, 2.8},
    {"tile_u8_nibbles_mve", 0.18, 0, 0, 2},
    {"tile_s8_nibbles_mve", 0.18, 0, 0, 2},
    {"tile_u8_s8_mve", 0.18, 0, 0, 2},
    {"tile_s8_s8_mve", 0.18, 0, 0, 2},
};

// Lanes of words take depthwise layers, whose rows are shorter than vectors.
static const KernelCost avx2Kernels[] = {
    {"conv2d_bits_bits_avx2", 0, 0, 0.022, 1},
    {"conv2d_bits_bytes_avx2", 0.07, 0.005, 0, 6},
    {"conv2d_u8_bits_avx2", 0.065, 0.005, 0, 2},
    {"conv2d_u8_s8_x86", 0.12, 0, 0, 2},
    {"conv2d_s8_s8_x86", 0.12, 0, 0, 2},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

static const KernelCost avx512Kernels[] = {
    {"conv2d_bits_bits_avx512", 0, 0, 0.008, 1},
    {"conv2d_bits_bytes_avx512", 0.04, 0.002, 0, 4},
    {"conv2d_u8_bits_avx512", 0.03, 0.002, 0, 2},
    {"conv2d_u8_s8_x86", 0.03, 0, 0, 2},
    {"conv2d_s8_s8_x86", 0.03, 0, 0, 2},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

static const KernelCost neonKernels[] = {
    {"conv2d_bits_bits_neon", 0, 0, 0.033, 1},
    {"conv2d_bits_bytes_neon", 0.12, 0.008, 0, 6},
    {"conv2d_u8_bits_neon", 0.10, 0.01, 0, 2},
    {"conv2d_u8_s8_neon", 0.15, 0, 0, 2},
    {"conv2d_s8_s8_neon", 0.15, 0, 0, 2},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

// The lanes of Cortex-M, without its shifted operands and paired loads. Pairs
// of products gain nothing here. Fitted as those of Cortex-M.
static const KernelCost rv32Kernels[] = {
    {"tile_bits_bits", 0, 0.22, 0.035, 4},
    {"tile_u8_bits", 0, 0.42, 0, 12},
    {"tile_s8_bits", 0, 0.42, 0, 12},
    {"tile_bits_nibbles", 2.6, 0, 0, 6},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

// Fitted with vectors of 128 bits, the shortest there are.
static const KernelCost rv64Kernels[] = {
    {"conv2d_bits_bits_rvv", 0, 0, 0.06, 2},
    {"conv2d_bits_bits_zbb", 0, 0, 0.115, 2},
    {"conv2d_bits_bytes_rvv", 0, 0.08, 0, 8},
    {"conv2d_u8_bits_rvv", 0, 0.08, 0, 4},
    {"tile_s8_bits", 0, 0.42, 0, 12},
    {"tile_depthwise_u8_bits", 9.0, 0.3, 0, 0},
    {"tile_depthwise_s8_bits", 9.0, 0.3, 0, 0},
};

//===----------------------------------------------------------------------===//
// Lists of kernels, a core's own first: of equal costs the first is taken
//===----------------------------------------------------------------------===//

using KernelList = ArrayRef<KernelCost>;

static const KernelList portableLists[] = {portableKernels};
static const KernelList thumbLists[] = {thumbKernels, portableKernels};
static const KernelList dspLists[] = {dspKernels, thumbKernels,
                                      portableKernels};
static const KernelList heliumLists[] = {heliumKernels, dspKernels,
                                         thumbKernels, portableKernels};
static const KernelList avx2Lists[] = {avx2Kernels, portableKernels};
static const KernelList avx512Lists[] = {avx512Kernels, portableKernels};
static const KernelList neonLists[] = {neonKernels, portableKernels};
static const KernelList rv32Lists[] = {rv32Kernels, portableKernels};
static const KernelList rv64Lists[] = {rv64Kernels, portableKernels};

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static const Target targets[] = {
    {"c99", "any core, portable C99", "", "", 8, portableLists},
    {"cortex-m3", "Arm Cortex-M3: Thumb-2, table lookup", "-mcpu=cortex-m3",
     "defined(__thumb2__)", 4, thumbLists},
    {"cortex-m4", "Arm Cortex-M4: table lookup, dual 16-bit products",
     "-mcpu=cortex-m4", "defined(__ARM_FEATURE_DSP)", 4, dspLists},
    {"cortex-m7", "Arm Cortex-M7: as cortex-m4", "-mcpu=cortex-m7",
     "defined(__ARM_FEATURE_DSP)", 4, dspLists},
    {"cortex-m33", "Arm Cortex-M33 with its DSP extension: as cortex-m4",
     "-mcpu=cortex-m33", "defined(__ARM_FEATURE_DSP)", 4, dspLists},
    {"cortex-m55", "Arm Cortex-M55: vectors of Helium (clang; GCC 12 is wrong)",
     "-mcpu=cortex-m55",
     "defined(__ARM_FEATURE_MVE) && defined(__ARM_FEATURE_DSP)", 4,
     heliumLists},
    {"aarch64", "Arm AArch64: NEON", "-march=armv8-a",
     "defined(__aarch64__) && defined(__ARM_NEON)", 8, neonLists},
    {"aarch64+dotprod", "Arm AArch64: NEON with dot products",
     "-march=armv8.2-a+dotprod",
     "defined(__aarch64__) && defined(__ARM_FEATURE_DOTPROD)", 8, neonLists},
    {"x86-64-v3", "x86-64: AVX2", "-march=x86-64-v3", "defined(__AVX2__)", 8,
     avx2Lists},
    {"x86-64-v4", "x86-64: AVX-512 with VPOPCNTDQ and VNNI",
     "-march=x86-64-v4 -mavx512vpopcntdq -mavx512vnni",
     "defined(__AVX512BW__) && defined(__AVX512VPOPCNTDQ__) && "
     "defined(__AVX512VNNI__)",
     8, avx512Lists},
    {"rv32imc", "RISC-V of 32 bits: table lookup", "-march=rv32imc",
     "defined(__riscv) && __riscv_xlen == 32", 4, rv32Lists},
    {"rv64gcv_zbb",
     "RISC-V of 64 bits: vectors, bit counts of Zbb (clang, or GCC 14)",
     "-march=rv64gcv_zbb",
     "defined(__riscv_v) && defined(__riscv_zbb) && __riscv_xlen == 64", 8,
     rv64Lists},
};

ArrayRef<Target> slb::bitpack::getTargets() { return targets; }

const Target *slb::bitpack::lookupTarget(StringRef name) {
  for (const Target &target : getTargets())
    if (target.name == name)
      return &target;
  return nullptr;
}

const Target &slb::bitpack::getTarget(Operation *op) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  if (module)
    if (auto name = module->getAttrOfType<StringAttr>("bitpack.target"))
      if (const Target *target = lookupTarget(name))
        return *target;
  return getTargets().front();
}

SmallVector<KernelCost> slb::bitpack::getKernels(const Target &target) {
  SmallVector<KernelCost> kernels;
  for (ArrayRef<KernelCost> list : target.lists)
    llvm::append_range(kernels, list);
  return kernels;
}

//===----------------------------------------------------------------------===//
// Cost
//===----------------------------------------------------------------------===//

static int64_t getPlaneCount(ArrayRef<int64_t> planes) {
  return planes.empty() ? 1 : planes.size() - 1;
}

/// What a kernel computes in fours, or one for four.
static int64_t padToFours(int64_t count) {
  return count < 4 ? 4 * count : llvm::alignTo(count, 4);
}

double slb::bitpack::estimateInstructions(const KernelCost &cost,
                                          Conv2DOp conv) {
  const ConvolutionStrategy &strategy =
      *lookupConvolutionStrategy(cost.strategy);
  int64_t groups = conv.getGroups();
  int64_t gathered = conv.getOutputHeight() * conv.getOutputWidth();
  int64_t outputs = conv.getOutputChannels() / groups;
  if (strategy.form == KernelForm::Tile)
    gathered = llvm::alignTo(gathered, strategy.pixels);
  if (strategy.form == KernelForm::Row)
    gathered = conv.getOutputHeight() *
               llvm::alignTo(conv.getInputWidth(), strategy.pixels);
  int64_t pixels = gathered;
  if (strategy.form == KernelForm::Run) {
    pixels = padToFours(pixels);
    outputs = padToFours(outputs);
  }
  double weightPlanes = getPlaneCount(conv.getWeightPlanes());
  double inputPlanes = getPlaneCount(conv.getInputPlanes());
  double perMac = cost.perMac + weightPlanes * cost.perPlane +
                  weightPlanes * inputPlanes * cost.perProduct;
  double rows = double(llvm::alignTo(conv.getRowLength(), strategy.rowUnit)) *
                groups * conv.getPool()[0] * conv.getPool()[1];
  double perInput = cost.perInput;
  if (strategy.form == KernelForm::Row) // The taps of a row share tables.
    perInput /= conv.getKernel()[1];
  return rows * (pixels * outputs * perMac + gathered * perInput);
}
