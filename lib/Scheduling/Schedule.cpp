//===- Schedule.cpp - a name and a kernel for each layer ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "slb/Scheduling/Scheduling.h"
#include "slb/Target/Targets.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace slb::bitpack;

namespace slb::bitpack {
#define GEN_PASS_DEF_BITPACKSCHEDULEPASS
#include "lib/Scheduling/Passes.h.inc"
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

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// The filter's words, where they are known; weights can then change layout.
static DenseElementsAttr getFilter(ConvolutionOpInterface conv) {
  DenseElementsAttr filter;
  matchPattern(conv.getWeights(), m_Constant(&filter));
  return filter;
}

/// The target's cheapest kernel for the layer, or null.
static const ConvolutionStrategy *findBest(const Target &target,
                                           ConvolutionOpInterface conv) {
  const ConvolutionStrategy *best = nullptr;
  double bestCost = 0;
  for (const KernelCost &kernel : getKernels(target)) {
    const auto *strategy = lookupConvolutionStrategy(kernel.strategy);
    if (getUnmet(*strategy, conv))
      continue;
    double cost = estimateInstructions(kernel, conv);
    if (best && cost >= bestCost)
      continue;
    best = strategy;
    bestCost = cost;
  }
  return best;
}

/// Words [O][ceil(R / 8)] of codes of four bits, from planes
/// [O][plane][ceil(R / 32)].
static DenseElementsAttr getNibbles(DenseElementsAttr filter, int64_t length) {
  ArrayRef<int64_t> shape = filter.getType().getShape();
  int64_t rows = shape[0], planes = shape[1], words = shape[2];
  int64_t rowWords = getWords(4 * length);
  auto bits = llvm::to_vector(filter.getValues<int32_t>());
  SmallVector<int32_t> nibbles(rows * rowWords);
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t plane = 0; plane < planes; ++plane)
      for (int64_t r = 0; r < length; ++r) {
        uint32_t word = bits[(row * planes + plane) * words + r / 32];
        uint32_t bit = (word >> (r % 32)) & 1;
        nibbles[row * rowWords + r / 8] |= bit << (4 * (r % 8) + plane);
      }
  auto type = RankedTensorType::get({rows, rowWords}, filter.getElementType());
  return DenseElementsAttr::get(type, ArrayRef<int32_t>(nibbles));
}

/// Sets the strategy, and the layout of weights that it wants.
static void schedule(ConvolutionOpInterface conv,
                     const ConvolutionStrategy &strategy) {
  if (strategy.weights != getWeightStorage(conv.getWeights().getType())) {
    OpBuilder builder(conv);
    Operation *planes = conv.getWeights().getDefiningOp();
    Value nibbles = arith::ConstantOp::create(
        builder, conv.getWeights().getLoc(),
        getNibbles(getFilter(conv), conv.getRowLength()));
    conv.getWeightsMutable().assign(nibbles);
    if (planes->use_empty())
      planes->erase();
  }
  conv.setStrategyAttr(StringAttr::get(conv->getContext(), strategy.name));
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
  using BitpackSchedulePassBase::BitpackSchedulePassBase;

  void runOnOperation() override {
    chosen = lookupTarget(target);
    if (!chosen) {
      getOperation().emitError("expects a target, such as 'c99', but got '")
          << target << "'";
      return signalPassFailure();
    }
    if (failed(readStrategies()))
      return signalPassFailure();
    getOperation()->setAttr("bitpack.target",
                            StringAttr::get(&getContext(), target));
    LayerNames names(getOperation());
    WalkResult result = getOperation().walk([&](LayerOpInterface layer) {
      if (!layer.getLayer())
        layer.setLayerAttr(names.create(layer));
      return WalkResult(scheduleLayer(layer));
    });
    if (result.wasInterrupted() || failed(checkAllUsed()))
      signalPassFailure();
  }

private:
  LogicalResult readStrategies() {
    for (const std::string &item : strategies) {
      auto [layer, name] = StringRef(item).rsplit(':');
      if (!lookupConvolutionStrategy(name))
        return getOperation().emitError(
                   "expects layer:strategy with a known strategy, but got '")
               << item << "'";
      requested[layer] = name;
    }
    return success();
  }

  LogicalResult scheduleLayer(LayerOpInterface layer) {
    auto conv = dyn_cast<ConvolutionOpInterface>(*layer);
    if (conv)
      if (auto found = requested.find(*layer.getLayer());
          found != requested.end())
        return scheduleAs(conv, found->second);
    if (layer.getStrategy())
      return verifyStrategy(layer);
    if (!conv) {
      layer.setStrategyAttr(
          StringAttr::get(&getContext(), getPlainStrategy(layer)));
      return success();
    }
    const ConvolutionStrategy *best = findBest(*chosen, conv);
    if (!best)
      return conv->emitOpError("expects a kernel for an input of ")
             << conv.getInput().getType() << " and weights of "
             << conv.getWeights().getType() << ", but there is none";
    schedule(conv, *best);
    return success();
  }

  LogicalResult scheduleAs(ConvolutionOpInterface conv, StringRef name) {
    used.insert(*conv.getLayer());
    const ConvolutionStrategy &strategy = *lookupConvolutionStrategy(name);
    bool isOfTarget = llvm::any_of(getKernels(*chosen), [&](auto &kernel) {
      return kernel.strategy == name;
    });
    if (!isOfTarget)
      return conv->emitOpError("expects a strategy of the target '")
             << target << "' for layer '" << *conv.getLayer() << "', but got '"
             << name << "'";
    if (getUnmet(strategy, conv))
      return conv->emitOpError("expects a strategy for an input of ")
             << conv.getInput().getType() << " and weights of "
             << conv.getWeights().getType() << ", but got '" << name << "'";
    schedule(conv, strategy);
    return success();
  }

  LogicalResult checkAllUsed() {
    for (auto &entry : requested)
      if (!used.contains(entry.getKey()))
        return getOperation().emitError("expects a convolution or linear "
                                        "layer to give a strategy, but none "
                                        "has the name '")
               << entry.getKey() << "'";
    return success();
  }

  const Target *chosen = nullptr;
  llvm::StringMap<std::string> requested;
  llvm::StringSet<> used;
};
} // namespace
