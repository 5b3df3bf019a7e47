//===- ListStrategies.cpp - what could compute a layer, and why not -------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Candidates.h"
#include "slb/Scheduling/Scheduling.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace slb::bitpack;

namespace slb::bitpack {
#define GEN_PASS_DEF_BITPACKLISTSTRATEGIESPASS
#include "lib/Scheduling/Passes.h.inc"
} // namespace slb::bitpack

/// Kernels that can compute the layer, the fastest first, then the others.
static void print(ConvolutionOpInterface conv, const Target &target,
                  raw_ostream &os) {
  os << *conv.getLayer() << ":\n";
  SmallVector<Candidate> candidates = getCandidates(conv, target);
  llvm::sort(candidates, [](const Candidate &a, const Candidate &b) {
    return std::make_pair(a.instructions, StringRef(a.strategy->name)) <
           std::make_pair(b.instructions, StringRef(b.strategy->name));
  });
  for (const Candidate &candidate : candidates)
    os << "  " << llvm::left_justify(candidate.strategy->name, 25)
       << llvm::format("%11.0f instructions, %7lld bytes of scratch\n",
                       candidate.instructions,
                       (long long)candidate.scratchBytes);
  for (const KernelCost &cost : getKernels(target)) {
    const auto *strategy = lookupConvolutionStrategy(cost.strategy);
    if (std::optional<Requirement> unmet = getUnmet(*strategy, conv))
      os << "  " << llvm::left_justify(strategy->name, 25)
         << explainUnmet(*strategy, conv, *unmet) << '\n';
  }
}

namespace {
struct ListStrategies
    : slb::bitpack::impl::BitpackListStrategiesPassBase<ListStrategies> {
  using BitpackListStrategiesPassBase::BitpackListStrategiesPassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    const Target *chosen = setTarget(module, target);
    if (!chosen)
      return signalPassFailure();
    nameLayers(module);
    bool isFound = layer.empty();
    module.walk([&](ConvolutionOpInterface conv) {
      if (!layer.empty() && *conv.getLayer() != layer)
        return;
      isFound = true;
      print(conv, *chosen, llvm::outs());
    });
    if (!isFound) {
      module.emitError("expects a convolution or linear layer to list kernels "
                       "of, but none has the name '")
          << layer << "'";
      return signalPassFailure();
    }
  }
};
} // namespace
