//===- NetworkReport.cpp - what a compiled network costs ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Analysis/NetworkReport.h"
#include "dialects/bitpack/IR/BitpackDialect.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "slb/Target/Targets.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <fmt/format.h>

using namespace mlir;
using namespace slb;
using namespace slb::bitpack;

int64_t TensorReport::getNumElements() const {
  return ShapedType::getNumElements(shape);
}

int64_t NetworkReport::getFlashBytes() const {
  int64_t bytes = 0;
  for (const LayerReport &layer : layers)
    bytes += layer.flashBytes;
  return bytes;
}

int64_t NetworkReport::getMacs() const {
  int64_t macs = 0;
  for (const LayerReport &layer : layers)
    macs += layer.macs;
  return macs;
}

//===----------------------------------------------------------------------===//
// Reading a network
//===----------------------------------------------------------------------===//

static std::pair<StringRef, StringRef> getStorageNames(Storage storage) {
  switch (storage) {
  case Storage::UnsignedBytes:
    return {"bytes", "uint8_t"};
  case Storage::SignedBytes:
    return {"bytes", "int8_t"};
  case Storage::Planes:
    return {"planes", "uint32_t"};
  case Storage::Shorts:
    return {"int16", "int16_t"};
  case Storage::Integers:
    return {"int32", "int32_t"};
  case Storage::Floats:
    return {"float", "float"};
  }
  llvm_unreachable("unknown storage");
}

static TensorReport getTensorReport(Type stored, RankedTensorType type) {
  TensorReport report;
  report.storage = getStorage(stored);
  report.bytes = getStorageBytes(stored);
  report.shape = dropBatch(type.getShape(), type);
  report.storedShape = dropBatch(cast<ShapedType>(stored).getShape(), type);
  if (LowBitType lowBit = getLowBitType(type)) {
    ValueSetAttr set = lowBit.getSet();
    report.lo = set.getLo();
    // Only planes hold codes. The others hold the integers themselves, but for
    // unsigned bytes of a range that does not fit them: those are counted from
    // its lowest.
    if (report.storage == Storage::Planes)
      report.step = set.isOdd() ? 2 : 1;
    else if (report.storage == Storage::UnsignedBytes &&
             (set.getLo() < 0 || set.getHi() > UINT8_MAX))
      report.offset = set.getLo();
    report.hi = set.getHi();
    report.scale = lowBit.getScale();
  }
  return report;
}

/// 3 for three planes, 8 for bytes, 32 for floats.
static int64_t getStoredBits(Value value, ArrayRef<int64_t> planes) {
  if (!planes.empty())
    return planes.size() - 1;
  return cast<ShapedType>(value.getType()).getElementTypeBitWidth();
}

static std::string getKind(LayerOpInterface layer) {
  auto conv = dyn_cast<bitpack::Conv2DOp>(*layer);
  if (!conv)
    return layer->getName().stripDialect().str();
  if (conv.getOutputTensorType().getRank() == 2)
    return "linear";
  bool isDepthwise = conv.getGroups() > 1 &&
                     int64_t(conv.getGroups()) == conv.getInputChannels();
  return isDepthwise ? "depthwise" : "conv2d";
}

/// The offset of a buffer in the arena, if it lies there.
static std::optional<int64_t> getArenaOffset(Value buffer) {
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>()) {
    APInt offset;
    if (auto arenaView = dyn_cast<memref::ViewOp>(*view))
      if (matchPattern(arenaView.getByteShift(), m_ConstantInt(&offset)))
        return offset.getSExtValue();
    buffer = view.getViewSource();
  }
  return std::nullopt;
}

static LayerReport getLayerReport(LayerOpInterface layer,
                                  llvm::DenseSet<StringAttr> &counted) {
  LayerReport report;
  report.name = layer.getLayer().value_or("").str();
  report.kind = getKind(layer);
  report.strategy = layer.getStrategy().value_or("").str();
  report.macs = layer.getMacs();
  report.scratchBytes = getScratchLayout(layer).bytes;
  for (Value operand : layer->getOperands()) {
    auto get = operand.getDefiningOp<memref::GetGlobalOp>();
    if (get && counted.insert(get.getNameAttr().getAttr()).second)
      report.flashBytes += getStorageBytes(get.getType());
  }
  report.activationBits = getStoredBits(layer->getOperand(0), {});
  if (auto conv = dyn_cast<bitpack::Conv2DOp>(*layer)) {
    report.weightBits =
        getStoredBits(conv.getWeights(), conv.getWeightPlanes());
    report.activationBits =
        getStoredBits(conv.getInput(), conv.getInputPlanes());
  } else if (auto requantize = dyn_cast<bitpack::RequantizeOp>(*layer)) {
    report.activationBits =
        getStoredBits(requantize.getInput(), requantize.getInputPlanes());
  } else if (auto pool = dyn_cast<bitpack::Pool2DOp>(*layer)) {
    report.activationBits =
        getStoredBits(pool.getInput(), pool.getInputPlanes());
  }
  Value output = layer.getOutputMutable().get();
  report.arenaOffset = getArenaOffset(output);
  report.output =
      getTensorReport(output.getType(), layer.getOutputTensorType());
  return report;
}

static int64_t getBytes(ModuleOp module, StringRef name) {
  auto bytes = module->getAttrOfType<IntegerAttr>(name);
  return bytes ? bytes.getInt() : 0;
}

static std::optional<KernelCosts> getKernelCosts(ModuleOp module,
                                                 StringRef which) {
  std::string instructions = ("bitpack." + which + "_instructions").str();
  if (!module->hasAttr(instructions))
    return std::nullopt;
  return KernelCosts{
      getBytes(module, instructions),
      getBytes(module, ("bitpack." + which + "_arena_bytes").str())};
}

NetworkReport slb::getNetworkReport(ModuleOp module) {
  NetworkReport report;
  report.target = getTarget(module).name.str();
  report.arenaBytes = getBytes(module, "bitpack.arena_bytes");
  report.arenaLowerBound = getBytes(module, "bitpack.arena_lower_bound");
  report.scratchBytes = getBytes(module, "bitpack.scratch_bytes");
  report.chosen = getKernelCosts(module, "chosen");
  report.fastest = getKernelCosts(module, "fastest");
  report.least = getKernelCosts(module, "least");
  llvm::DenseSet<StringAttr> counted;
  module.walk([&](LayerOpInterface layer) {
    report.layers.push_back(getLayerReport(layer, counted));
  });
  for (auto func : module.getOps<func::FuncOp>())
    for (BlockArgument argument : func.getArguments()) {
      unsigned index = argument.getArgNumber();
      auto type = func.getArgAttrOfType<TypeAttr>(index, "bitpack.type");
      if (!type)
        continue;
      bool isOutput = !!func.getArgAttr(index, "bufferize.result");
      (isOutput ? report.outputs : report.inputs)
          .push_back(getTensorReport(argument.getType(),
                                     cast<RankedTensorType>(type.getValue())));
    }
  return report;
}

//===----------------------------------------------------------------------===//
// Text and JSON
//===----------------------------------------------------------------------===//

/// What the choice of kernels costs, and what the other ways would.
static std::string getChoiceText(const NetworkReport &report) {
  if (!report.chosen || !report.fastest || !report.least)
    return "";
  auto format = [](const KernelCosts &costs) {
    return fmt::format("about {} instructions in {} bytes of arena",
                       costs.instructions, costs.arenaBytes);
  };
  std::string text = "kernels: " + format(*report.chosen) + "\n";
  if (report.fastest->instructions < report.chosen->instructions)
    text += "  the fastest: " + format(*report.fastest) + "\n";
  if (report.least->arenaBytes < report.chosen->arenaBytes)
    text += "  the smallest (--optimize=ram): " + format(*report.least) + "\n";
  return text;
}

/// The name on one line.
static std::string getLine(std::string name) {
  for (char &c : name)
    c = uint8_t(c) < ' ' ? ' ' : c;
  return name;
}

std::string slb::getSummaryText(const NetworkReport &report) {
  size_t width = 5;
  for (const LayerReport &layer : report.layers)
    width = std::max(width, layer.name.size());
  std::string text =
      fmt::format("{:<{}}  {:<10} {:>3} {:>3} {:>12} {:>11}  {}\n", "layer",
                  width, "kind", "W", "A", "MACs", "flash", "kernel");
  for (const LayerReport &layer : report.layers)
    text += fmt::format(
        "{:<{}}  {:<10} {:>3} {:>3} {:>12} {:>11}  {}\n", getLine(layer.name),
        width, layer.kind,
        layer.weightBits ? fmt::to_string(layer.weightBits) : "-",
        layer.activationBits, layer.macs, layer.flashBytes, layer.strategy);
  text +=
      fmt::format("{:<{}}  {:<10} {:>3} {:>3} {:>12} {:>11}\n", "total", width,
                  "", "", "", report.getMacs(), report.getFlashBytes());
  double over = report.arenaLowerBound
                    ? 100.0 * (report.arenaBytes - report.arenaLowerBound) /
                          report.arenaLowerBound
                    : 0.0;
  text += fmt::format("flash {} bytes (weights and parameters)\n"
                      "arena {} bytes, lower bound {} (+{:.1f} %), of them at "
                      "most {} bytes of scratch\n",
                      report.getFlashBytes(), report.arenaBytes,
                      report.arenaLowerBound, over, report.scratchBytes);
  return text + getChoiceText(report);
}

static llvm::json::Value toJSON(const std::optional<KernelCosts> &costs) {
  if (!costs)
    return nullptr;
  return llvm::json::Object{{"instructions", costs->instructions},
                            {"arena_bytes", costs->arenaBytes}};
}

static llvm::json::Object toJSON(const TensorReport &tensor) {
  auto [storage, element] = getStorageNames(tensor.storage);
  return llvm::json::Object{
      {"storage", storage},
      {"type", element},
      {"shape", llvm::json::Array(tensor.shape)},
      {"stored_shape", llvm::json::Array(tensor.storedShape)},
      {"bytes", tensor.bytes},
      {"lo", tensor.lo},
      {"hi", tensor.hi},
      {"step", tensor.step},
      {"offset", tensor.offset},
      {"scale", tensor.scale}};
}

static llvm::json::Object toJSON(const LayerReport &layer) {
  return llvm::json::Object{
      {"name", layer.name},
      {"kind", layer.kind},
      {"strategy", layer.strategy},
      {"weight_bits", layer.weightBits},
      {"activation_bits", layer.activationBits},
      {"macs", layer.macs},
      {"flash_bytes", layer.flashBytes},
      {"scratch_bytes", layer.scratchBytes},
      {"arena_offset", layer.arenaOffset ? llvm::json::Value(*layer.arenaOffset)
                                         : llvm::json::Value(nullptr)},
      {"output", toJSON(layer.output)}};
}

template <typename T>
static llvm::json::Array toJSON(const std::vector<T> &items) {
  llvm::json::Array array;
  for (const T &item : items)
    array.push_back(toJSON(item));
  return array;
}

std::string slb::getReportJSON(const NetworkReport &report, StringRef name) {
  llvm::json::Object object{{"name", name},
                            {"target", report.target},
                            {"macs", report.getMacs()},
                            {"flash_bytes", report.getFlashBytes()},
                            {"arena_bytes", report.arenaBytes},
                            {"arena_lower_bound", report.arenaLowerBound},
                            {"scratch_bytes", report.scratchBytes},
                            {"chosen_kernels", toJSON(report.chosen)},
                            {"fastest_kernels", toJSON(report.fastest)},
                            {"least_kernels", toJSON(report.least)},
                            {"inputs", toJSON(report.inputs)},
                            {"outputs", toJSON(report.outputs)},
                            {"layers", toJSON(report.layers)}};
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(object)));
  return text;
}
