//===- BitpackToEmitC.cpp - C files of a planned network ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/BitpackToEmitC/BitpackToEmitC.h"
#include "LayerText.h"
#include "NetworkText.h"
#include "mlir/Dialect/EmitC/IR/EmitC.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "slb/Target/C/Runtime.h"
#include "slb/Target/Targets.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace slb;
using namespace slb::bitpack;

namespace slb {
#define GEN_PASS_DEF_CONVERTBITPACKTOEMITCPASS
#include "lib/Conversion/BitpackToEmitC/Passes.h.inc"
} // namespace slb

std::string slb::getCIdentifier(StringRef name) {
  std::string identifier;
  for (char c : name)
    identifier += llvm::isAlnum(c) ? c : '_';
  if (identifier.empty() || llvm::isDigit(identifier.front()))
    identifier.insert(0, "_");
  return identifier;
}

static Value getRoot(Value buffer) {
  // A view of the arena is a buffer; views of buffers are the same buffer.
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>()) {
    if (isa<memref::ViewOp>(view))
      break;
    buffer = view.getViewSource();
  }
  return buffer;
}

namespace {
/// Converts one network. The text of functions refers to buffers and arrays by
/// names that are given as they are met.
class NetworkConverter {
public:
  NetworkConverter(ModuleOp module,
                   const ConvertBitpackToEmitCPassOptions &options)
      : module(module), options(options), builder(module.getContext()),
        loc(module.getLoc()) {}

  LogicalResult convert();

private:
  LogicalResult checkFunction();
  void describePorts();
  void nameLayers();
  void nameBuffers();
  std::string getArrayName(LayerOpInterface layer, Value value);
  LogicalResult createLayer(LayerOpInterface layer);
  void createGlobal(memref::GlobalOp global, StringRef name, bool isWords);
  void createSelfCheck();
  LogicalResult writeRun();
  void writeCall(LayerOpInterface layer, int64_t index, raw_ostream &os);
  std::string getBuffer(Value value);
  LogicalResult writeSource();
  std::string getOffsets();
  std::string getMacroName(StringRef name) {
    return network.macro + StringRef(name).upper();
  }

  emitc::FileOp createFile(StringRef name, ArrayRef<Operation *> content);
  Operation *createText(std::string text);

  ModuleOp module;
  const ConvertBitpackToEmitCPassOptions &options;
  OpBuilder builder;
  Location loc;
  func::FuncOp func;
  Value arena;
  NetworkText network;
  RuntimeSource runtime;
  llvm::DenseMap<Operation *, std::string> layerNames;
  llvm::StringMap<std::string> arrayNames;
  llvm::MapVector<Value, std::string> bufferNames;
  SmallVector<Operation *> layers, weights;
  std::string runText;
};
} // namespace

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

LogicalResult NetworkConverter::checkFunction() {
  auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
  if (functions.size() != 1)
    return module.emitError("expects one function to convert, but got ")
           << functions.size();
  func = functions.front();
  auto bytes = module->getAttrOfType<IntegerAttr>("bitpack.arena_bytes");
  auto alignment =
      module->getAttrOfType<IntegerAttr>("bitpack.arena_alignment");
  if (!bytes || !alignment || func.getNumArguments() == 0)
    return module.emitError("expects a network whose arena is planned by "
                            "bitpack-plan-arena");
  network.arenaBytes = bytes.getInt();
  network.arenaAlignment = alignment.getInt();
  arena = func.getArguments().back();
  return success();
}

void NetworkConverter::describePorts() {
  for (BlockArgument argument : func.getArguments().drop_back()) {
    unsigned index = argument.getArgNumber();
    PortText port;
    port.buffer = argument;
    auto type = func.getArgAttrOfType<TypeAttr>(index, "bitpack.type");
    auto stored = cast<MemRefType>(argument.getType());
    port.type = type ? cast<RankedTensorType>(type.getValue())
                     : RankedTensorType::get(stored.getShape(),
                                             stored.getElementType());
    bool isOutput = !!func.getArgAttr(index, "bufferize.result");
    (isOutput ? network.outputs : network.inputs).push_back(port);
  }
  auto name = [&](std::vector<PortText> &ports, StringRef name) {
    for (auto [i, port] : llvm::enumerate(ports)) {
      port.name = name.str() + (i > 0 ? std::to_string(i) : "");
      port.macro = StringRef(port.name).upper();
      bufferNames[port.buffer] = port.name;
    }
  };
  name(network.inputs, "input");
  name(network.outputs, "output");
}

/// Names of functions, unique, and apart from the public ones.
void NetworkConverter::nameLayers() {
  llvm::StringSet<> taken = {"run", "self_check", "layer_begin", "layer_end",
                             "arena"};
  func.walk([&](LayerOpInterface layer) {
    std::string base = getCIdentifier(layer.getLayer().value_or("layer"));
    std::string name = base;
    for (int i = 2; taken.contains(StringRef(name).lower()); ++i)
      name = base + "_" + std::to_string(i);
    // Macros are upper-case, so names must differ by more than case.
    taken.insert(StringRef(name).lower());
    layerNames[layer] = name;
  });
}

/// Outputs in the arena have the name of the layer that writes them first.
void NetworkConverter::nameBuffers() {
  func.walk([&](LayerOpInterface layer) {
    auto name = [&](Value buffer, StringRef suffix) {
      Value root = getRoot(buffer);
      if (root.getDefiningOp<memref::ViewOp>())
        bufferNames.insert(
            {root, getMacroName(layerNames[layer] + suffix.str())});
    };
    name(layer.getOutputMutable().get(), "_output");
    for (OpOperand &scratch : layer.getScratchMutable())
      name(scratch.get(), "_scratch");
  });
}

/// The role of a constant operand: weights, thresholds, ...
static StringRef getRole(LayerOpInterface layer, Value value) {
  auto conv = dyn_cast<Conv2DOp>(*layer);
  if (!conv)
    return "constant";
  std::pair<StringRef, Value> roles[] = {
      {"weights", conv.getWeights()}, {"thresholds", conv.getThresholds()},
      {"signs", conv.getSigns()},     {"multiplier", conv.getMultiplier()},
      {"addend", conv.getAddend()},   {"scale", conv.getScale()},
      {"bias", conv.getBias()}};
  for (auto [role, operand] : roles)
    if (operand == value)
      return role;
  return "constant";
}

/// The array of a constant operand; the first layer that needs it names it.
std::string NetworkConverter::getArrayName(LayerOpInterface layer,
                                           Value value) {
  auto get = getRoot(value).getDefiningOp<memref::GetGlobalOp>();
  if (!get)
    return "NULL";
  std::string &name = arrayNames[get.getName()];
  if (!name.empty())
    return name;
  StringRef role = getRole(layer, value);
  name = network.prefix + layerNames[layer] + "_" + role.str();
  auto global =
      module.lookupSymbol<memref::GlobalOp>(get.getNameAttr().getAttr());
  createGlobal(global, name, role == "weights");
  return name;
}

//===----------------------------------------------------------------------===//
// Pieces of the files
//===----------------------------------------------------------------------===//

Operation *NetworkConverter::createText(std::string text) {
  return emitc::VerbatimOp::create(builder, loc, text);
}

/// A constant array of one dimension. Words of weights are unsigned in C.
void NetworkConverter::createGlobal(memref::GlobalOp global, StringRef name,
                                    bool isWeights) {
  auto elements = cast<DenseElementsAttr>(*global.getInitialValue());
  Type element = elements.getElementType();
  if (isWeights && element.isInteger(32)) {
    element = IntegerType::get(module.getContext(), 32, IntegerType::Unsigned);
    elements = elements.bitcast(element);
  }
  int64_t size = elements.getNumElements();
  elements = elements.reshape(RankedTensorType::get({size}, element));
  auto type = emitc::ArrayType::get({size}, element);
  bool isSeparate = options.separateWeights;
  auto create = [&](Attribute value, bool isExtern, bool isStatic) {
    return emitc::GlobalOp::create(builder, loc, name, type, value, isExtern,
                                   isStatic, /*const_specifier=*/true);
  };
  if (isSeparate)
    weights.push_back(create(elements, /*isExtern=*/false, /*isStatic=*/false));
  layers.push_back(create(isSeparate ? Attribute() : elements,
                          /*isExtern=*/isSeparate, /*isStatic=*/!isSeparate));
}

LogicalResult NetworkConverter::createLayer(LayerOpInterface layer) {
  if (!layer.getStrategy())
    return layer->emitOpError("expects a strategy, set by bitpack-schedule");
  if (failed(verifyStrategy(layer)))
    return failure();
  LayerContext context;
  context.function = network.prefix + layerNames[layer];
  context.getArray = [&](Value value) { return getArrayName(layer, value); };
  bool isKnown = true;
  std::string missing;
  context.useRuntime = [&](StringRef name) {
    if (runtime.add(name.str()))
      return;
    isKnown = false;
    missing = name.str();
  };
  std::string text = "\n" + getLayerText(layer, context);
  if (!isKnown)
    return layer->emitOpError("expects the runtime function ")
           << missing << ", but there is none";
  for (auto &[name, value] : getLayerArguments(layer))
    if (getRoot(value).getDefiningOp<memref::GetGlobalOp>())
      getArrayName(layer, value);
  layers.push_back(createText(text));
  return success();
}

/// A buffer as an argument of a call.
std::string NetworkConverter::getBuffer(Value value) {
  Value root = getRoot(value);
  if (auto get = root.getDefiningOp<memref::GetGlobalOp>())
    return arrayNames[get.getName()];
  std::string name = bufferNames[root];
  if (root.getDefiningOp<memref::ViewOp>())
    return "(void *)(memory + " + name + ")";
  return name;
}

void NetworkConverter::writeCall(LayerOpInterface layer, int64_t index,
                                 raw_ostream &os) {
  std::string output = getBuffer(layer.getOutputMutable().get());
  int64_t bytes = getStorageBytes(layer.getOutputMutable().get().getType());
  auto hook = [&](StringRef moment) {
    if (options.profile)
      os << "  " << network.prefix << "layer_" << moment << '(' << index
         << ", \"" << layerNames[layer] << "\", " << output << ", " << bytes
         << ");\n";
  };
  hook("begin");
  SmallVector<std::string> arguments;
  for (auto &[name, value] : getLayerArguments(layer))
    arguments.push_back(getBuffer(value));
  os << getCall("  " + network.prefix + layerNames[layer], arguments, ";\n");
  hook("end");
}

LogicalResult NetworkConverter::writeRun() {
  llvm::raw_string_ostream os(runText);
  os << "\n" << getRunSignature(network, " {\n");
  bool usesArena = llvm::any_of(bufferNames, [](auto &entry) {
    return entry.first.template getDefiningOp<memref::ViewOp>();
  });
  if (usesArena)
    os << "  uint8_t *memory = "
       << (network.staticArena ? network.prefix + "arena.bytes"
                               : "(uint8_t *)arena")
       << ";\n";
  else if (!network.staticArena)
    os << "  (void)arena;\n";
  int64_t index = 0;
  for (Operation &op : func.getBody().front()) {
    if (auto layer = dyn_cast<LayerOpInterface>(op)) {
      writeCall(layer, index++, os);
    } else if (auto copy = dyn_cast<memref::CopyOp>(op)) {
      os << "  memcpy(" << getBuffer(copy.getTarget()) << ", "
         << getBuffer(copy.getSource()) << ", "
         << getStorageBytes(copy.getSource().getType()) << ");\n";
    } else if (!isa<func::ReturnOp, ViewLikeOpInterface, memref::GetGlobalOp>(
                   op) &&
               !op.hasTrait<OpTrait::ConstantLike>()) {
      return op.emitOpError("expects a layer of bitpack to convert");
    }
  }
  os << "}";
  return success();
}

/// The offsets of the arena's buffers by name.
std::string NetworkConverter::getOffsets() {
  std::string text, entries;
  for (auto &[buffer, name] : bufferNames)
    if (auto view = buffer.getDefiningOp<memref::ViewOp>()) {
      APInt offset;
      if (matchPattern(view.getByteShift(), m_ConstantInt(&offset)))
        entries +=
            "  " + name + " = " + std::to_string(offset.getZExtValue()) + ",\n";
    }
  if (!entries.empty())
    text = "/// Where the layers' outputs and scratch begin in the arena, in "
           "bytes.\nenum {\n" +
           entries + "};";
  if (network.staticArena && network.arenaBytes > 0)
    text += "\nstatic union {\n  uint8_t bytes[" +
            std::to_string(network.arenaBytes) +
            "];\n  uint64_t alignment;\n} " + network.prefix + "arena;";
  return text;
}

/// The largest magnitude in an array of floats.
static float getMagnitude(DenseElementsAttr elements) {
  float largest = 0;
  for (const APFloat &value : elements.getValues<APFloat>())
    largest = std::max(largest, std::abs(value.convertToFloat()));
  return largest;
}

void NetworkConverter::createSelfCheck() {
  auto check = module->getAttrOfType<DictionaryAttr>("bitpack.self_check");
  if (!check)
    return;
  network.selfCheckVectors = cast<IntegerAttr>(check.get("vectors")).getInt();
  auto create = [&](StringRef side, std::vector<PortText> &ports) {
    for (auto [port, array] :
         llvm::zip(ports, cast<ArrayAttr>(check.get(side)))) {
      auto elements = cast<DenseElementsAttr>(array);
      // Kernels add floats in another order than the reference.
      if (elements.getElementType().isF32())
        port.tolerance = 1e-5f * getMagnitude(elements);
      auto type = emitc::ArrayType::get({elements.getNumElements()},
                                        elements.getElementType());
      layers.push_back(emitc::GlobalOp::create(
          builder, loc, network.prefix + "self_check_" + port.name, type,
          elements, /*extern_specifier=*/false, /*static_specifier=*/true,
          /*const_specifier=*/true));
    }
  };
  create("inputs", network.inputs);
  create("outputs", network.outputs);
  layers.push_back(createText("\n" + getSelfCheckText(network)));
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

/// Moves the content into a new file at the module's end.
emitc::FileOp NetworkConverter::createFile(StringRef name,
                                           ArrayRef<Operation *> content) {
  builder.setInsertionPointToEnd(module.getBody());
  auto file = emitc::FileOp::create(builder, loc, name);
  if (file.getBodyRegion().empty())
    file.getBodyRegion().emplaceBlock();
  for (Operation *op : content)
    op->moveBefore(&file.getBodyRegion().front(),
                   file.getBodyRegion().front().end());
  return file;
}

/// What stops compilers for other cores than the target.
static std::string getTargetGuard(const Target &target) {
  if (target.condition.empty())
    return "";
  return ("#if !(" + target.condition +
          ")\n#error \"this network is compiled " + "for " + target.name +
          ", as compilers are with " + target.flags + "\"\n#endif\n\n")
      .str();
}

LogicalResult NetworkConverter::writeSource() {
  for (Operation &op : func.getBody().front())
    if (auto layer = dyn_cast<LayerOpInterface>(op))
      if (failed(createLayer(layer)))
        return failure();
  if (failed(writeRun()))
    return failure();
  std::set<std::string> headers = runtime.getSystemHeaders();
  headers.insert({"stddef.h", "stdint.h", "string.h"});
  std::string start =
      "/* A neural network in C99, generated by slb-compile. See " +
      network.header + ". */\n\n" + getTargetGuard(getTarget(module)) +
      "#include \"" + network.header + "\"\n\n";
  for (const std::string &header : headers)
    start += "#include <" + header + ">\n";
  SmallVector<Operation *> source = {createText(start),
                                     createText(runtime.getText()),
                                     createText(getOffsets())};
  source.append(layers);
  source.push_back(createText(runText));
  layers.clear();
  createSelfCheck();
  source.append(layers);
  createFile("source", source);
  return success();
}

LogicalResult NetworkConverter::convert() {
  if (failed(checkFunction()))
    return failure();
  network.prefix = options.name + "_";
  network.macro = StringRef(network.prefix).upper();
  network.header = options.header;
  network.staticArena = options.staticArena;
  network.profile = options.profile;
  describePorts();
  nameLayers();
  nameBuffers();

  // Made at the end, moved into files, and what they came from removed.
  builder.setInsertionPointToEnd(module.getBody());
  if (failed(writeSource()))
    return failure();
  if (options.separateWeights) {
    weights.insert(weights.begin(),
                   createText("/* The constants of a neural network, generated "
                              "by slb-compile. */\n\n#include <stdint.h>\n"));
    createFile("weights", weights);
  }
  createFile("header", {createText(getHeaderText(network))});
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (!isa<emitc::FileOp>(op))
      op.erase();
  return success();
}

namespace {
struct ConvertBitpackToEmitC
    : slb::impl::ConvertBitpackToEmitCPassBase<ConvertBitpackToEmitC> {
  using ConvertBitpackToEmitCPassBase::ConvertBitpackToEmitCPassBase;

  void runOnOperation() override {
    ConvertBitpackToEmitCPassOptions options;
    options.name = getCIdentifier(name);
    options.header = header;
    options.staticArena = staticArena;
    options.separateWeights = separateWeights;
    options.profile = profile;
    if (failed(NetworkConverter(getOperation(), options).convert()))
      signalPassFailure();
  }
};
} // namespace
