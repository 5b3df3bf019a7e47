//===- BitpackToEmitC.cpp - C files of a planned network ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/BitpackToEmitC/BitpackToEmitC.h"
#include "CNames.h"
#include "LayerText.h"
#include "NetworkText.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Dialect/EmitC/IR/EmitC.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "slb/Target/C/Runtime.h"
#include "slb/Target/Targets.h"
#include "llvm/ADT/MapVector.h"
#include <cmath>

using namespace mlir;
using namespace slb;
using namespace slb::bitpack;

namespace slb {
#define GEN_PASS_DEF_CONVERTBITPACKTOEMITCPASS
#include "lib/Conversion/BitpackToEmitC/Passes.h.inc"
} // namespace slb

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
  std::string nameArray(Value value, const Twine &name, bool isWeights);
  LogicalResult createLayer(LayerOpInterface layer);
  void createGlobal(memref::GlobalOp global, StringRef name, bool isWeights);
  emitc::GlobalOp createArray(StringRef name, DenseElementsAttr elements);
  LogicalResult createSelfCheck();
  LogicalResult writeStep(Operation &op, int64_t &index, raw_ostream &os);
  LogicalResult writeRun();
  void writeCall(LayerOpInterface layer, int64_t index, raw_ostream &os);
  void writeCopy(memref::CopyOp copy, raw_ostream &os);
  std::string getPlace(Value root);
  std::string getBuffer(Value value);
  LogicalResult writeSource();
  std::string getStart(const std::set<std::string> &headers);
  std::string getOffsets();
  std::string getArena();

  emitc::FileOp createFile(StringRef name, ArrayRef<Operation *> content);
  Operation *createText(std::string text);

  ModuleOp module;
  const ConvertBitpackToEmitCPassOptions &options;
  OpBuilder builder;
  Location loc;
  func::FuncOp func;
  Value arena;
  NetworkText network;
  CNames names;
  RuntimeSource runtime;
  llvm::DenseMap<Operation *, std::string> layerNames;
  llvm::StringMap<std::string> arrayNames;
  llvm::MapVector<Value, std::string> bufferNames;
  llvm::DenseSet<Value> usedBuffers; ///< By net_run.
  SmallVector<Operation *> layers, weights;
  bool needsMath = false; ///< For constants that are not finite.
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
    if (auto offset =
            func.getArgAttrOfType<IntegerAttr>(index, "slb.pixel_offset"))
      port.pixelOffset = offset.getInt();
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

void NetworkConverter::nameLayers() {
  func.walk([&](LayerOpInterface layer) {
    std::string words = getCWords(layer.getLayer().value_or(""));
    std::string name =
        names.add(network.prefix + (words.empty() ? "layer" : words));
    layerNames[layer] = name.substr(network.prefix.size());
  });
}

/// Outputs in the arena have the name of the layer that writes them first.
void NetworkConverter::nameBuffers() {
  func.walk([&](LayerOpInterface layer) {
    auto name = [&](Value buffer, StringRef suffix) {
      Value root = getRoot(buffer);
      if (root.getDefiningOp<memref::ViewOp>() && !bufferNames.count(root))
        bufferNames[root] = names.add(
            network.macro + StringRef(layerNames[layer]).upper() + suffix);
    };
    name(layer.getOutputMutable().get(), "_OUTPUT");
    for (OpOperand &scratch : layer.getScratchMutable())
      name(scratch.get(), "_SCRATCH");
  });
}

/// The role of a constant operand: weights, thresholds, ...
static StringRef getRole(LayerOpInterface layer, Value value) {
  auto conv = dyn_cast<bitpack::Conv2DOp>(*layer);
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

/// The array of a constant; the first that needs it names it.
std::string NetworkConverter::nameArray(Value value, const Twine &name,
                                        bool isWeights) {
  auto get = getRoot(value).getDefiningOp<memref::GetGlobalOp>();
  if (!get)
    return "NULL";
  std::string &array = arrayNames[get.getName()];
  if (!array.empty())
    return array;
  array = names.add(network.prefix + name);
  auto global =
      module.lookupSymbol<memref::GlobalOp>(get.getNameAttr().getAttr());
  createGlobal(global, array, isWeights);
  return array;
}

std::string NetworkConverter::getArrayName(LayerOpInterface layer,
                                           Value value) {
  StringRef role = getRole(layer, value);
  return nameArray(value, layerNames[layer] + "_" + role, role == "weights");
}

//===----------------------------------------------------------------------===//
// Pieces of the files
//===----------------------------------------------------------------------===//

Operation *NetworkConverter::createText(std::string text) {
  return emitc::VerbatimOp::create(builder, loc, text);
}

static bool isFinite(DenseElementsAttr elements) {
  return !isa<FloatType>(elements.getElementType()) ||
         llvm::all_of(elements.getValues<APFloat>(),
                      [](const APFloat &value) { return value.isFinite(); });
}

/// A constant array of one dimension.
emitc::GlobalOp NetworkConverter::createArray(StringRef name,
                                              DenseElementsAttr elements) {
  int64_t size = elements.getNumElements();
  Type element = elements.getElementType();
  needsMath |= !isFinite(elements);
  return emitc::GlobalOp::create(
      builder, loc, name, emitc::ArrayType::get({size}, element),
      elements.reshape(RankedTensorType::get({size}, element)),
      /*extern_specifier=*/false, /*static_specifier=*/true,
      /*const_specifier=*/true);
}

/// Words of weights are unsigned in C.
void NetworkConverter::createGlobal(memref::GlobalOp global, StringRef name,
                                    bool isWeights) {
  auto value = cast<ElementsAttr>(*global.getInitialValue());
  auto elements = dyn_cast<DenseElementsAttr>(value);
  if (!elements) { // A resource.
    SmallVector<char> storage;
    elements = DenseElementsAttr::getFromRawBuffer(value.getShapedType(),
                                                   getRawData(value, storage));
  }
  if (isWeights && elements.getElementType().isInteger(32))
    elements = elements.bitcast(
        IntegerType::get(module.getContext(), 32, IntegerType::Unsigned));
  emitc::GlobalOp array = createArray(name, elements);
  if (options.separateWeights) {
    array.setStaticSpecifier(false);
    weights.push_back(array);
    array = array.clone();
    array.removeInitialValueAttr();
    array.setExternSpecifier(true);
    builder.insert(array);
  }
  layers.push_back(array);
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
  for (auto &[name, value, role] : getLayerArguments(layer))
    if (getRoot(value).getDefiningOp<memref::GetGlobalOp>())
      getArrayName(layer, value);
  layers.push_back(createText(text));
  return success();
}

/// A place in the arena, for a root that has a name there.
std::string NetworkConverter::getPlace(Value root) {
  usedBuffers.insert(root);
  return "memory + " + bufferNames[root];
}

/// A buffer as a pointer to its elements.
std::string NetworkConverter::getBuffer(Value value) {
  Value root = getRoot(value);
  if (auto get = root.getDefiningOp<memref::GetGlobalOp>())
    return arrayNames[get.getName()];
  if (!root.getDefiningOp<memref::ViewOp>()) {
    usedBuffers.insert(root);
    return bufferNames[root];
  }
  std::string place = getPlace(root);
  switch (getStorage(value)) {
  case Storage::UnsignedBytes:
    return place;
  case Storage::SignedBytes:
    return "(int8_t *)(" + place + ")";
  default:
    return ("(" + getCType(value) + " *)(void *)(" + place + ")").str();
  }
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
  for (auto &[name, value, role] : getLayerArguments(layer))
    arguments.push_back(role == LayerArgument::Scratch
                            ? getPlace(getRoot(value))
                            : getBuffer(value));
  os << getCall("  " + network.prefix + layerNames[layer], arguments, ";\n");
  hook("end");
}

void NetworkConverter::writeCopy(memref::CopyOp copy, raw_ostream &os) {
  std::string target = getBuffer(copy.getTarget());
  // A constant that is returned has no layer to be named after.
  nameArray(copy.getSource(), bufferNames[getRoot(copy.getTarget())] + "_value",
            /*isWeights=*/false);
  os << "  (void)memcpy(" << target << ", " << getBuffer(copy.getSource())
     << ", " << getStorageBytes(copy.getSource().getType()) << ");\n";
}

LogicalResult NetworkConverter::writeStep(Operation &op, int64_t &index,
                                          raw_ostream &os) {
  if (auto layer = dyn_cast<LayerOpInterface>(op)) {
    writeCall(layer, index++, os);
    return success();
  }
  if (auto copy = dyn_cast<memref::CopyOp>(op)) {
    writeCopy(copy, os);
    return success();
  }
  if (isa<func::ReturnOp, ViewLikeOpInterface, memref::GetGlobalOp>(op) ||
      op.hasTrait<OpTrait::ConstantLike>())
    return success();
  return op.emitOpError("expects a layer of bitpack to convert");
}

LogicalResult NetworkConverter::writeRun() {
  std::string steps;
  llvm::raw_string_ostream os(steps);
  int64_t index = 0;
  for (Operation &op : func.getBody().front())
    if (failed(writeStep(op, index, os)))
      return failure();
  bool usesArena = llvm::any_of(usedBuffers, [](Value buffer) {
    return buffer.getDefiningOp<memref::ViewOp>() != nullptr;
  });
  runText = "\n" + getRunSignature(network, " {\n");
  if (usesArena)
    runText += "  uint8_t *memory = " +
               (network.staticArena ? network.prefix + "arena.bytes"
                                    : "(uint8_t *)arena") +
               ";\n";
  else if (!network.staticArena)
    runText += "  (void)arena;\n";
  for (const PortText &port : network.inputs)
    if (!usedBuffers.contains(port.buffer))
      runText += "  (void)" + port.name + ";\n";
  runText += steps + "}";
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
  return text;
}

/// The static arena, if there is one.
std::string NetworkConverter::getArena() {
  if (!network.staticArena || network.getAllBytes() == 0)
    return "";
  return "static union {\n  uint8_t bytes[" +
         std::to_string(network.getAllBytes()) +
         "];\n  uint64_t alignment;\n} " + network.prefix + "arena;";
}

/// The largest finite magnitude in an array of floats.
static float getMagnitude(DenseElementsAttr elements) {
  float largest = 0;
  for (const APFloat &value : elements.getValues<APFloat>())
    if (value.isFinite())
      largest = std::max(largest, std::abs(value.convertToFloat()));
  return largest;
}

/// The vectors of one port, if they are as many as the self-check reads.
static FailureOr<DenseElementsAttr> getVectors(ModuleOp module,
                                               ArrayAttr arrays, size_t index,
                                               int64_t vectors,
                                               const PortText &port) {
  auto stored = cast<MemRefType>(port.buffer.getType());
  auto elements = index < arrays.size()
                      ? dyn_cast<DenseElementsAttr>(arrays[index])
                      : DenseElementsAttr();
  auto size = double(vectors) * double(stored.getNumElements());
  if (elements && vectors > 0 &&
      elements.getElementType() == stored.getElementType() &&
      double(elements.getNumElements()) == size)
    return elements;
  InFlightDiagnostic error =
      module.emitError("expects 'bitpack.self_check' to hold vectors of ");
  error << stored << " for " << port.name << ", but got " << vectors << " in ";
  return elements ? error << elements.getType() : error << "no array";
}

LogicalResult NetworkConverter::createSelfCheck() {
  auto check = module->getAttrOfType<DictionaryAttr>("bitpack.self_check");
  if (!check)
    return success();
  network.selfCheckVectors = cast<IntegerAttr>(check.get("vectors")).getInt();
  auto create = [&](StringRef side, std::vector<PortText> &ports) {
    auto arrays = cast<ArrayAttr>(check.get(side));
    for (auto [i, port] : llvm::enumerate(ports)) {
      auto elements =
          getVectors(module, arrays, i, network.selfCheckVectors, port);
      if (failed(elements))
        return failure();
      // Kernels add floats in another order than the reference.
      if (elements->getElementType().isF32())
        port.tolerance = 1e-5f * getMagnitude(*elements);
      port.vectors = names.add(network.prefix + "self_check_" + port.name);
      layers.push_back(createArray(port.vectors, *elements));
    }
    return success();
  };
  if (failed(create("inputs", network.inputs)) ||
      failed(create("outputs", network.outputs)))
    return failure();
  layers.push_back(createText("\n" + getSelfCheckText(network)));
  return success();
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

std::string NetworkConverter::getStart(const std::set<std::string> &headers) {
  std::string start =
      licenseLine.str() +
      "/* A neural network in C99, generated by slb-compile. See " +
      getCComment(network.header) + ". */\n\n" +
      getTargetGuard(getTarget(module)) + "#include \"" + network.header +
      "\"\n\n";
  for (const std::string &header : headers)
    start += "#include <" + header + ">\n";
  return start;
}

LogicalResult NetworkConverter::writeSource() {
  for (Operation &op : func.getBody().front())
    if (auto layer = dyn_cast<LayerOpInterface>(op))
      if (failed(createLayer(layer)))
        return failure();
  if (failed(writeRun()))
    return failure();
  layers.push_back(createText(runText));
  if (failed(createSelfCheck()))
    return failure();
  std::set<std::string> headers = runtime.getSystemHeaders();
  headers.insert({"stddef.h", "stdint.h", "string.h"});
  if (needsMath)
    headers.insert("math.h");
  SmallVector<Operation *> source = {
      createText(getStart(headers)), createText(runtime.getText()),
      createText(getOffsets()), createText(getArena())};
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
  if (auto hash = module->getAttrOfType<StringAttr>("bitpack.model_hash"))
    network.modelHash = getCWords(hash.getValue());
  describePorts();
  for (const std::string &name : getPublicNames(network))
    if (names.add(name) != name)
      return module.emitError("expects another name than '")
             << options.name << "', with which " << name
             << " would be a name of C's or slb's own";
  nameLayers();
  nameBuffers();

  // Made at the end, moved into files, and what they came from removed.
  builder.setInsertionPointToEnd(module.getBody());
  if (failed(writeSource()))
    return failure();
  if (options.separateWeights) {
    std::string start = licenseLine.str() +
                        "/* The constants of a neural network, generated by "
                        "slb-compile. */\n\n" +
                        (needsMath ? "#include <math.h>\n" : "") +
                        "#include <stdint.h>\n";
    weights.insert(weights.begin(), createText(start));
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
