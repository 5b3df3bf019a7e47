//===- Schedule.cpp - a name and a kernel for each layer ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "dialects/bitpack/IR/BitpackStrategies.h"
#include "dialects/bitpack/Transforms/Passes.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace slb::bitpack;

namespace slb::bitpack {
#define GEN_PASS_DEF_BITPACKSCHEDULEPASS
#include "dialects/bitpack/Transforms/Passes.h.inc"
} // namespace slb::bitpack

/// The kernel of a layer that is no convolution: its kind and its storage.
static std::string getPlainStrategy(LayerOpInterface layer) {
  StringRef kind = layer->getName().stripDialect();
  StringRef input = stringifyStorage(getStorage(layer->getOperand(0)));
  StringRef output =
      stringifyStorage(getStorage(layer.getOutputMutable().get()));
  if (auto pool = dyn_cast<Pool2DOp>(*layer))
    return (stringifyPoolKind(pool.getKind()) + "_pool_" + input).str();
  if (isa<RequantizeOp, QuantizeOp>(*layer))
    return (kind + "_" + output).str();
  if (isa<DequantizeOp>(*layer))
    return ("load_" + input).str();
  if (isa<ConcatOp>(*layer))
    return input == "bits" ? "copy_channels_bits" : "copy_channels";
  return (kind + "_" + input).str();
}

static FailureOr<std::string> getStrategy(LayerOpInterface layer) {
  auto conv = dyn_cast<Conv2DOp>(*layer);
  if (!conv)
    return getPlainStrategy(layer);
  Storage input = getStorage(conv.getInput());
  WeightStorage weights = getWeightStorage(conv.getWeights().getType());
  for (const ConvolutionStrategy &strategy : getConvolutionStrategies())
    if (strategy.input == input && strategy.weights == weights)
      return strategy.name.str();
  return conv.emitOpError("expects a kernel for an input of ")
         << conv.getInput().getType() << " and weights of "
         << conv.getWeights().getType() << ", but there is none";
}

namespace {
/// Names layers that have none, apart from those that are taken.
class LayerNames {
public:
  explicit LayerNames(ModuleOp module) {
    module.walk([&](LayerOpInterface layer) {
      if (auto name = layer.getLayer())
        taken.insert(*name);
    });
  }

  StringAttr create(LayerOpInterface layer) {
    StringRef kind = layer->getName().stripDialect();
    std::string name;
    do
      name = (kind + Twine(++counts[kind])).str();
    while (!taken.insert(name).second);
    return StringAttr::get(layer->getContext(), name);
  }

private:
  llvm::StringSet<> taken;
  llvm::StringMap<int> counts;
};

struct Schedule : slb::bitpack::impl::BitpackSchedulePassBase<Schedule> {
  void runOnOperation() override {
    LayerNames names(getOperation());
    WalkResult result = getOperation().walk([&](LayerOpInterface layer) {
      if (!layer.getLayer())
        layer.setLayerAttr(names.create(layer));
      if (layer.getStrategy())
        return WalkResult::advance();
      FailureOr<std::string> strategy = getStrategy(layer);
      if (failed(strategy))
        return WalkResult::interrupt();
      layer.setStrategyAttr(StringAttr::get(&getContext(), *strategy));
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
