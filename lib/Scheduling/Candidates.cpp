//===- Candidates.cpp - the kernels that a layer could use ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Candidates.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace slb::bitpack;

const Target *slb::bitpack::setTarget(ModuleOp module, StringRef name) {
  const Target *target = lookupTarget(name);
  if (target)
    module->setAttr("bitpack.target",
                    StringAttr::get(module->getContext(), name));
  else
    module.emitError("expects a target, such as 'c99', but got '")
        << name << "'";
  return target;
}

void slb::bitpack::nameLayers(ModuleOp module) {
  llvm::StringSet<> taken;
  module.walk([&](LayerOpInterface layer) {
    if (auto name = layer.getLayer())
      taken.insert(*name);
  });
  llvm::StringMap<int> counts;
  module.walk([&](LayerOpInterface layer) {
    if (layer.getLayer())
      return;
    StringRef kind = layer->getName().stripDialect();
    std::string name;
    do
      name = (kind + Twine(++counts[kind])).str();
    while (!taken.insert(name).second);
    layer.setLayerAttr(StringAttr::get(layer->getContext(), name));
  });
}

Candidate slb::bitpack::getCandidate(ConvolutionOpInterface conv,
                                     const KernelCost &cost) {
  const auto *strategy = lookupConvolutionStrategy(cost.strategy);
  return {strategy, estimateInstructions(cost, conv),
          getScratchLayout(conv, strategy).bytes};
}

SmallVector<Candidate> slb::bitpack::getCandidates(ConvolutionOpInterface conv,
                                                   const Target &target) {
  SmallVector<Candidate> candidates;
  for (const KernelCost &cost : getKernels(target))
    if (!getUnmet(*lookupConvolutionStrategy(cost.strategy), conv))
      candidates.push_back(getCandidate(conv, cost));
  return candidates;
}
