//===- Candidates.h - the kernels that a layer could use --------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_SCHEDULING_CANDIDATES_H
#define SLB_LIB_SCHEDULING_CANDIDATES_H

#include "mlir/IR/BuiltinOps.h"
#include "slb/Target/Targets.h"

namespace slb::bitpack {

/// Notes in the module for which target it is compiled; null, and an error, if
/// there is none of that name.
const Target *setTarget(mlir::ModuleOp module, llvm::StringRef name);

/// Gives layers that have no name one of their kind and number.
void nameLayers(mlir::ModuleOp module);

/// A kernel that can compute a layer.
struct Candidate {
  const ConvolutionStrategy *strategy = nullptr;
  double instructions = 0;
  int64_t scratchBytes = 0;
};

Candidate getCandidate(ConvolutionOpInterface conv, const KernelCost &cost);

/// All of the target's, in the order of its list.
llvm::SmallVector<Candidate> getCandidates(ConvolutionOpInterface conv,
                                           const Target &target);

} // namespace slb::bitpack

#endif // SLB_LIB_SCHEDULING_CANDIDATES_H
