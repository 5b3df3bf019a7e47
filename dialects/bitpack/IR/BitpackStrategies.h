//===- BitpackStrategies.h - kernels that compute convolutions --*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A strategy is a kernel of the runtime library and what it needs to know of a
// layer to run. Strategies are data: a target adds rows to the table.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_BITPACK_IR_BITPACKSTRATEGIES_H
#define SLB_DIALECTS_BITPACK_IR_BITPACKSTRATEGIES_H

#include "dialects/bitpack/IR/BitpackDialect.h"

namespace slb::bitpack {

/// How a filter is stored.
enum class WeightStorage { Planes, SignedBytes, Floats };

WeightStorage getWeightStorage(mlir::Type type);

struct ConvolutionStrategy {
  /// The kernel's name without its prefix; C calls slb_<name>.
  llvm::StringLiteral name;
  Storage input;
  WeightStorage weights;
  /// Bytes of scratch that the kernel asks for, aligned to 4.
  int64_t (*getPatchBytes)(Conv2DOp conv);
};

/// All strategies, the preferred ones first.
llvm::ArrayRef<ConvolutionStrategy> getConvolutionStrategies();

/// The strategy that `conv` names, or null.
const ConvolutionStrategy *lookupConvolutionStrategy(llvm::StringRef name);

/// A layer's scratch, in bytes from its start. Absent parts have no bytes.
struct ScratchLayout {
  int64_t accumulators = 0; ///< One pixel's accumulators.
  int64_t residual = 0;     ///< One pixel's residual, as integers.
  int64_t patch = 0;        ///< What the kernel asks for.
  int64_t bytes = 0;
};
ScratchLayout getScratchLayout(Conv2DOp conv);
ScratchLayout getScratchLayout(RequantizeOp requantize);
ScratchLayout getScratchLayout(DequantizeOp dequantize);

} // namespace slb::bitpack

#endif // SLB_DIALECTS_BITPACK_IR_BITPACKSTRATEGIES_H
