//===- Schedule.cpp - a name and a kernel for each layer ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Candidates.h"
#include "NetworkBuffers.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"
#include "slb/Scheduling/KernelSelection.h"
#include "slb/Scheduling/Scheduling.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <cmath>

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

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
/// A layer and the kernels to choose from; a layer that is no convolution has
/// one without a strategy.
struct LayerChoice {
  LayerOpInterface layer;
  SmallVector<Candidate> candidates;
};

struct Schedule : slb::bitpack::impl::BitpackSchedulePassBase<Schedule> {
  using BitpackSchedulePassBase::BitpackSchedulePassBase;

  void runOnOperation() override {
    if (failed(checkOptions()) || failed(readStrategies()))
      return signalPassFailure();
    auto functions = llvm::to_vector(getOperation().getOps<func::FuncOp>());
    if (functions.size() != 1 || !functions[0].getBody().hasOneBlock()) {
      getOperation().emitError(
          "expects one function of one block to schedule, but got ")
          << functions.size() << " functions";
      return signalPassFailure();
    }
    nameLayers(getOperation());
    SmallVector<LayerChoice> layers;
    WalkResult result = getOperation().walk([&](LayerOpInterface layer) {
      return WalkResult(addLayer(layer, layers));
    });
    if (result.wasInterrupted() || failed(checkAllUsed()))
      return signalPassFailure();
    FailureOr<SelectionProblem> problem = getProblem(layers);
    if (failed(problem))
      return signalPassFailure();
    FailureOr<Selection> selection = select(*problem);
    if (failed(selection))
      return signalPassFailure();
    for (auto [choice, index] : llvm::zip(layers, selection->choice))
      if (const auto *strategy = choice.candidates[index].strategy)
        schedule(cast<ConvolutionOpInterface>(*choice.layer), *strategy);
  }

private:
  LogicalResult checkOptions();
  LogicalResult readStrategies();
  LogicalResult checkAllUsed();
  LogicalResult addLayer(LayerOpInterface layer,
                         SmallVectorImpl<LayerChoice> &layers);
  FailureOr<SmallVector<Candidate>>
  getCandidatesFor(ConvolutionOpInterface conv);
  FailureOr<Candidate> getRequested(ConvolutionOpInterface conv,
                                    StringRef name);
  FailureOr<SelectionProblem> getProblem(ArrayRef<LayerChoice> layers);
  LogicalResult addBuffers(SelectionProblem &problem);
  FailureOr<Selection> select(const SelectionProblem &problem);
  void report(StringRef which, const Selection &selection);

  const Target *chosen = nullptr;
  llvm::StringMap<std::string> requested;
  llvm::StringSet<> used;
};
} // namespace

//===----------------------------------------------------------------------===//
// What was asked for
//===----------------------------------------------------------------------===//

LogicalResult Schedule::checkOptions() {
  chosen = setTarget(getOperation(), target);
  if (!chosen)
    return failure();
  if (optimize != "speed" && optimize != "ram")
    return getOperation().emitError(
               "expects to optimize 'speed' or 'ram', but got '")
           << optimize << "'";
  if (maxArena < 0)
    return getOperation().emitError("expects bytes of arena, but got ")
           << int64_t(maxArena);
  return success();
}

LogicalResult Schedule::readStrategies() {
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

LogicalResult Schedule::checkAllUsed() {
  for (auto &entry : requested)
    if (!used.contains(entry.getKey()))
      return getOperation().emitError("expects a convolution or linear "
                                      "layer to give a strategy, but none "
                                      "has the name '")
             << entry.getKey() << "'";
  return success();
}

//===----------------------------------------------------------------------===//
// What there is to choose from
//===----------------------------------------------------------------------===//

LogicalResult Schedule::addLayer(LayerOpInterface layer,
                                 SmallVectorImpl<LayerChoice> &layers) {
  if (auto conv = dyn_cast<ConvolutionOpInterface>(*layer)) {
    FailureOr<SmallVector<Candidate>> candidates = getCandidatesFor(conv);
    if (failed(candidates))
      return failure();
    layers.push_back({layer, *candidates});
    return success();
  }
  if (!layer.getStrategy())
    layer.setStrategyAttr(
        StringAttr::get(&getContext(), getPlainStrategy(layer)));
  layers.push_back({layer, {{nullptr, 0, getScratchLayout(layer).bytes}}});
  return success();
}

FailureOr<SmallVector<Candidate>>
Schedule::getCandidatesFor(ConvolutionOpInterface conv) {
  auto found = requested.find(*conv.getLayer());
  if (found == requested.end() && !conv.getStrategy()) {
    SmallVector<Candidate> candidates = getCandidates(conv, *chosen);
    if (candidates.empty())
      return conv->emitOpError("expects a kernel for an input of ")
             << conv.getInput().getType() << " and weights of "
             << conv.getWeights().getType() << ", but there is none";
    return candidates;
  }
  if (found == requested.end() && failed(verifyStrategy(conv)))
    return failure();
  FailureOr<Candidate> candidate =
      getRequested(conv, found == requested.end() ? *conv.getStrategy()
                                                  : StringRef(found->second));
  if (failed(candidate))
    return failure();
  return SmallVector<Candidate>{*candidate};
}

FailureOr<Candidate> Schedule::getRequested(ConvolutionOpInterface conv,
                                            StringRef name) {
  used.insert(*conv.getLayer());
  SmallVector<KernelCost> kernels = getKernels(*chosen);
  auto cost = llvm::find_if(kernels, [&](const KernelCost &kernel) {
    return kernel.strategy == name;
  });
  if (cost == kernels.end())
    return conv->emitOpError("expects a strategy of the target '")
           << target << "' for layer '" << *conv.getLayer() << "', but got '"
           << name << "'";
  const ConvolutionStrategy &strategy = *lookupConvolutionStrategy(name);
  if (std::optional<Requirement> unmet = getUnmet(strategy, conv)) {
    InFlightDiagnostic error =
        conv->emitOpError("expects a strategy for an input of ")
        << conv.getInput().getType() << " and weights of "
        << conv.getWeights().getType() << ", but got '" << name << "'";
    error.attachNote() << "'" << name << "' "
                       << explainUnmet(strategy, conv, *unmet);
    return error;
  }
  return getCandidate(conv, *cost);
}

FailureOr<SelectionProblem> Schedule::getProblem(ArrayRef<LayerChoice> layers) {
  SelectionProblem problem;
  for (const LayerChoice &choice : layers) {
    SelectionLayer layer;
    layer.step = -1; // Before the first, where it is not among the buffers.
    for (const Candidate &candidate : choice.candidates)
      layer.alternatives.push_back(
          {candidate.instructions, candidate.scratchBytes});
    problem.layers.push_back(layer);
  }
  if (failed(addBuffers(problem)))
    return failure();
  return problem;
}

/// Calls every layer by its place, so that it is found again among buffers.
static void nameByPlace(ModuleOp module) {
  int64_t place = 0;
  module.walk([&](LayerOpInterface layer) {
    layer.setLayerAttr(
        StringAttr::get(layer->getContext(), std::to_string(place++)));
  });
}

/// When buffers live depends on no kernel: a copy of the network is bufferized
/// as the network will be.
LogicalResult Schedule::addBuffers(SelectionProblem &problem) {
  ModuleOp copy = getOperation().clone();
  nameByPlace(copy);
  getOperation().push_back(copy);
  OpPassManager manager(ModuleOp::getOperationName());
  populateBufferizationPipeline(manager);
  LogicalResult result = runPipeline(manager, copy);
  for (auto func : copy.getOps<func::FuncOp>()) {
    NetworkBuffers network(func);
    problem.buffers = network.getSlots();
    for (NetworkBuffers::Layer layer : network.getLayers()) {
      size_t place = 0;
      (void)layer.op.getLayer()->getAsInteger(10, place);
      problem.layers[place].step = layer.step;
    }
  }
  copy.erase();
  return result;
}

//===----------------------------------------------------------------------===//
// The choice
//===----------------------------------------------------------------------===//

FailureOr<Selection> Schedule::select(const SelectionProblem &problem) {
  Selection fastest = selectFastest(problem), least = selectSmallest(problem);
  report("fastest", fastest);
  report("least", least);
  if (least.arenaBytes > maxArena)
    return getOperation().emitError("expects kernels that fit an arena of ")
           << int64_t(maxArena) << " bytes, but the least possible is "
           << least.arenaBytes << " bytes";
  Selection selection = fastest;
  if (optimize == "ram")
    selection = least;
  else if (fastest.arenaBytes > maxArena)
    selection = selectWithin(problem, maxArena).value_or(least);
  report("chosen", selection);
  return selection;
}

void Schedule::report(StringRef which, const Selection &selection) {
  Builder builder(&getContext());
  auto set = [&](StringRef what, int64_t value) {
    getOperation()->setAttr(("bitpack." + which + "_" + what).str(),
                            builder.getI64IntegerAttr(value));
  };
  set("instructions", std::llround(selection.instructions));
  set("arena_bytes", selection.arenaBytes);
}
