//===- Reference.cpp - runs a network of any phase on this machine --------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Reference/Reference.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Conversion/TosaToArith/TosaToArith.h"
#include "mlir/Conversion/TosaToLinalg/TosaToLinalg.h"
#include "mlir/Conversion/TosaToTensor/TosaToTensor.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"
#include "slb/Conversion/SLBToLinalg/SLBToLinalg.h"
#include "slb/Host/HostCompiler.h"
#include <cstring>

using namespace mlir;
using namespace slb;

/// The function that is compiled, whatever its name was.
static constexpr const char *kEntry = "slb_network";
/// Constants from this size on are not compiled in but passed as arguments.
static constexpr size_t kArgumentBytes = 256;

int64_t ReferenceTensor::getNumElements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

template <typename T>
static std::vector<int64_t> readIntegers(const char *data, int64_t count) {
  std::vector<int64_t> integers(count);
  for (int64_t i = 0; i < count; ++i) {
    T integer;
    std::memcpy(&integer, data + i * sizeof(T), sizeof(T));
    integers[i] = integer;
  }
  return integers;
}

std::vector<int64_t> ReferenceTensor::getIntegers(const char *data) const {
  int64_t count = getNumElements();
  switch (elementBytes) {
  case 1:
    return isSigned ? readIntegers<int8_t>(data, count)
                    : readIntegers<uint8_t>(data, count);
  case 2:
    return isSigned ? readIntegers<int16_t>(data, count)
                    : readIntegers<uint16_t>(data, count);
  default:
    return readIntegers<int32_t>(data, count);
  }
}

//===----------------------------------------------------------------------===//
// The function's signature
//===----------------------------------------------------------------------===//

static ReferenceTensor describe(Type type, StringRef layer) {
  auto tensor = cast<RankedTensorType>(type);
  ReferenceTensor result;
  result.layer = layer.str();
  result.shape = tensor.getShape().vec();
  if (LowBitType lowBit = slb::getLowBitType(type)) {
    result.elementBytes = lowBit.getSet().getStorageBits() / 8;
    result.isSigned = lowBit.getSet().isSigned();
    result.scale = lowBit.getScale();
    return result;
  }
  result.elementBytes = tensor.getElementTypeBitWidth() / 8;
  result.isFloat = isa<FloatType>(tensor.getElementType());
  return result;
}

static func::FuncOp findNetwork(ModuleOp module, std::string &error) {
  func::FuncOp network;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!function.isPublic() || function.isDeclaration())
      continue;
    if (network) {
      error = ("expects one public function, but got '" + network.getName() +
               "' and '" + function.getName() + "'")
                  .str();
      return {};
    }
    network = function;
  }
  if (!network) {
    error = "expects a public function, but got none";
    return {};
  }
  auto isStaticTensor = [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape();
  };
  if (!llvm::all_of(network.getArgumentTypes(), isStaticTensor) ||
      !llvm::all_of(network.getResultTypes(), isStaticTensor) ||
      !network.getBody().hasOneBlock()) {
    error = ("expects '" + network.getName() +
             "' to be one block on tensors of static shape")
                .str();
    return {};
  }
  return network;
}

/// Returns the result of each named layer as well.
static void returnLayers(func::FuncOp network,
                         std::vector<ReferenceTensor> &outputs) {
  Operation *end = network.getBody().front().getTerminator();
  SmallVector<Value> results(end->getOperands());
  for (Operation &op : network.getBody().front())
    if (auto layer = op.getAttrOfType<StringAttr>("layer");
        layer && op.getNumResults() == 1) {
      results.push_back(op.getResult(0));
      outputs.push_back(describe(results.back().getType(), layer.getValue()));
    }
  end->setOperands(results);
  network.setType(FunctionType::get(network.getContext(),
                                    network.getArgumentTypes(),
                                    TypeRange(ValueRange(results))));
}

/// Turns tensor arguments and results into buffers that the caller provides.
static void takeBuffers(func::FuncOp network) {
  Block &body = network.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&body);
  Location loc = network.getLoc();
  auto getBufferType = [](Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return MemRefType::get(tensor.getShape(), tensor.getElementType());
  };
  for (BlockArgument argument : body.getArguments()) {
    Type tensorType = argument.getType();
    argument.setType(getBufferType(tensorType));
    auto toTensor = bufferization::ToTensorOp::create(
        builder, loc, tensorType, argument, /*restrict=*/true);
    argument.replaceAllUsesExcept(toTensor, toTensor);
  }
  Operation *end = body.getTerminator();
  builder.setInsertionPoint(end);
  for (Value result : end->getOperands()) {
    Value buffer = body.addArgument(getBufferType(result.getType()), loc);
    bufferization::MaterializeInDestinationOp::create(
        builder, loc, Type(), result, buffer, /*restrict=*/true,
        /*writable=*/true);
  }
  end->setOperands({});
  network.setType(builder.getFunctionType(body.getArgumentTypes(), {}));
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// Makes every large constant an argument, and keeps its bytes. Compiled in,
/// they would go through every stage of LLVM.
static void takeConstants(func::FuncOp network,
                          std::vector<std::vector<char>> &constants) {
  SmallVector<arith::ConstantOp> ops;
  network.walk([&](arith::ConstantOp op) {
    auto elements = dyn_cast<ElementsAttr>(op.getValue());
    if (elements && !elements.isSplat() &&
        isa<RankedTensorType>(elements.getType()) &&
        elements.getShapedType().getElementTypeBitWidth() >= 8)
      ops.push_back(op);
  });
  OpBuilder builder(network);
  builder.setInsertionPointToStart(&network.getBody().front());
  for (arith::ConstantOp op : ops) {
    SmallVector<char> storage;
    ArrayRef<char> raw = getRawData(cast<ElementsAttr>(op.getValue()), storage);
    if (raw.size() < kArgumentBytes)
      continue;
    constants.emplace_back(raw.begin(), raw.end());
    auto type = cast<RankedTensorType>(op.getType());
    Value buffer = network.getBody().addArgument(
        MemRefType::get(type.getShape(), type.getElementType()), op.getLoc());
    auto tensor = bufferization::ToTensorOp::create(builder, op.getLoc(), type,
                                                    buffer, /*restrict=*/true);
    op.replaceAllUsesWith(tensor.getResult());
    op.erase();
  }
  network.setType(
      builder.getFunctionType(network.getBody().getArgumentTypes(), {}));
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

static void buildTensorPipeline(OpPassManager &pm) {
  pm.addPass(createConvertSLBToLinalg());
  OpPassManager &functions = pm.nest<func::FuncOp>();
  functions.addPass(tosa::createTosaMakeBroadcastablePass());
  functions.addPass(tosa::createTosaToLinalgNamed());
  functions.addPass(tosa::createTosaToLinalg());
  functions.addPass(createTosaToArithPass());
  functions.addPass(createTosaToTensorPass());
  addCleanup(pm);
}

/// Not with MLIR's elimination of empty tensors: where results share one, it
/// computes a later result in an earlier one's buffer.
static void buildBufferPipeline(OpPassManager &pm) {
  pm.addPass(bufferization::createOneShotBufferizePass());
  addCleanup(pm);
  bufferization::buildBufferDeallocationPipeline(pm);
}

/// Bufferization has no form of its own for a concatenation.
static LogicalResult decomposeConcats(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  tensor::populateDecomposeTensorConcatPatterns(patterns);
  return applyPatternsGreedily(module, std::move(patterns));
}

/// Copies become loops: memref.copy of strided memory calls a library.
static void expandCopies(ModuleOp module) {
  SmallVector<memref::CopyOp> copies;
  module.walk([&](memref::CopyOp op) { copies.push_back(op); });
  for (memref::CopyOp op : copies) {
    OpBuilder builder(op);
    linalg::makeMemRefCopyOp(builder, op.getLoc(), op.getSource(),
                             op.getTarget());
    op.erase();
  }
}

//===----------------------------------------------------------------------===//
// ReferenceModel
//===----------------------------------------------------------------------===//

struct ReferenceModel::Impl {
  std::vector<ReferenceTensor> inputs, outputs;
  std::vector<std::vector<char>> constants;
  std::unique_ptr<ExecutionEngine> engine;
  void (*entry)(void **) = nullptr;

  bool compile(ModuleOp module, Outputs which, std::string &error,
               bool optimize);
  bool lower(ModuleOp module, func::FuncOp network, std::string &error);
};

bool ReferenceModel::Impl::compile(ModuleOp module, Outputs which,
                                   std::string &error, bool optimize) {
  func::FuncOp network = findNetwork(module, error);
  if (!network)
    return false;
  network.setName(kEntry);
  for (Type type : network.getArgumentTypes())
    inputs.push_back(describe(type, ""));
  for (Type type : network.getResultTypes())
    outputs.push_back(describe(type, ""));
  if (which == Outputs::AllLayers)
    returnLayers(network, outputs);
  if (!lower(module, network, error))
    return false;
  engine = compileForHost(module, error, optimize);
  if (!engine)
    return false;
  auto found = engine->lookupPacked(kEntry);
  if (!found) {
    error = llvm::toString(found.takeError());
    return false;
  }
  entry = *found;
  return true;
}

bool ReferenceModel::Impl::lower(ModuleOp module, func::FuncOp network,
                                 std::string &error) {
  if (!runPasses(module, buildTensorPipeline, error))
    return false;
  if (failed(decomposeConcats(module))) {
    error = "concatenations do not decompose";
    return false;
  }
  takeBuffers(network);
  takeConstants(network, constants);
  if (!runPasses(module, buildBufferPipeline, error))
    return false;
  expandCopies(module);
  return runPasses(
      module, [](OpPassManager &pm) { buildHostLoweringPipeline(pm, true); },
      error);
}

ReferenceModel::ReferenceModel(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
ReferenceModel::~ReferenceModel() = default;

std::unique_ptr<ReferenceModel> ReferenceModel::create(ModuleOp module,
                                                       Outputs outputs,
                                                       std::string &error,
                                                       bool optimize) {
  error.clear();
  DialectRegistry registry;
  registerHostDialects(registry);
  module.getContext()->appendDialectRegistry(registry);
  module.getContext()->loadAllAvailableDialects();
  OwningOpRef<ModuleOp> copy = module.clone();
  auto impl = std::make_unique<Impl>();
  if (!impl->compile(*copy, outputs, error, optimize))
    return nullptr;
  return std::unique_ptr<ReferenceModel>(new ReferenceModel(std::move(impl)));
}

/// path:line:column: message
static std::string formatDiagnostic(Diagnostic &diagnostic,
                                    const std::string &path) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << path << ':';
  if (auto loc = dyn_cast<FileLineColLoc>(diagnostic.getLocation()))
    os << loc.getLine() << ':' << loc.getColumn() << ':';
  os << ' ' << diagnostic.str();
  return text;
}

std::unique_ptr<ReferenceModel> ReferenceModel::load(const std::string &path,
                                                     Outputs outputs,
                                                     std::string &error) {
  error.clear();
  DialectRegistry registry;
  registerHostDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  OwningOpRef<ModuleOp> module;
  {
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      if (error.empty() &&
          diagnostic.getSeverity() == DiagnosticSeverity::Error)
        error = formatDiagnostic(diagnostic, path);
      return success();
    });
    module = parseSourceFile<ModuleOp>(path, ParserConfig(&context));
  }
  if (!module) {
    if (error.empty())
      error = path + ": cannot be read";
    return nullptr;
  }
  auto model = create(*module, outputs, error);
  if (!model)
    error = path + ": " + error;
  return model;
}

const std::vector<ReferenceTensor> &ReferenceModel::getInputs() const {
  return impl->inputs;
}

const std::vector<ReferenceTensor> &ReferenceModel::getOutputs() const {
  return impl->outputs;
}

void ReferenceModel::run(const std::vector<const void *> &inputs,
                         const std::vector<void *> &outputs) const {
  // The code only reads inputs and constants.
  SmallVector<void *> pointers;
  for (const void *input : inputs)
    pointers.push_back(const_cast<void *>(input));
  llvm::append_range(pointers, outputs);
  for (const std::vector<char> &constant : impl->constants)
    pointers.push_back(const_cast<char *>(constant.data()));
  // A packed call takes the address of each argument.
  SmallVector<void *> arguments;
  for (void *&pointer : pointers)
    arguments.push_back(&pointer);
  impl->entry(arguments.data());
}

void ReferenceModel::run(const void *input, void *output) const {
  run(std::vector<const void *>{input}, std::vector<void *>{output});
}
