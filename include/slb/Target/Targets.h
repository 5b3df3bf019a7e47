//===- Targets.h - cores and what kernels cost on them ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A target is data: a description and the kernels that it may use, each with
// what it costs there. bitpack-schedule takes the cheapest for each layer. Each
// core has its file in lib/Target/Cores, which registers it.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TARGET_TARGETS_H
#define SLB_TARGET_TARGETS_H

#include "slb/Target/Strategies.h"

namespace slb::bitpack {

/// Instructions of a kernel. With J planes of weights (1 if they are stored
/// otherwise) and A planes of activations (likewise), a multiplication and
/// addition costs perMac + J * perPlane + J * A * perProduct, and an input of a
/// patch perInput, whatever the number of outputs that it goes to.
struct KernelCost {
  llvm::StringLiteral strategy;
  double perMac, perPlane, perProduct, perInput;
};

struct Target {
  llvm::StringLiteral name;
  llvm::StringLiteral description; ///< For --list-targets.
  llvm::StringLiteral flags;       ///< Of C compilers.
  /// Of C's preprocessor: true where the code can run. Empty: everywhere.
  llvm::StringLiteral condition;
  int64_t pointerBytes;
  /// The target whose kernels it may use, too; empty: none.
  llvm::StringLiteral base;
  llvm::ArrayRef<KernelCost> kernels; ///< Its own, of equal costs the first.
};

/// All targets, the default first.
llvm::ArrayRef<Target> getTargets();

/// The target of that name, or null.
const Target *lookupTarget(llvm::StringRef name);

/// The target that the module's attribute `bitpack.target` names; the default
/// without it.
const Target &getTarget(mlir::Operation *op);

/// The target's kernels, its own first, then its base's.
llvm::SmallVector<KernelCost> getKernels(const Target &target);

/// Instructions that the kernel needs for the layer, without its epilogue.
double estimateInstructions(const KernelCost &cost,
                            ConvolutionOpInterface conv);

} // namespace slb::bitpack

#endif // SLB_TARGET_TARGETS_H
