//===- CheckNetwork.cpp - the door: what cannot be compiled ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"
#include "dialects/slb/Transforms/Passes.h"
#include "dialects/slb/Transforms/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include <cmath>
#include <limits>

namespace slb {
#define GEN_PASS_DEF_SLBCHECKNETWORK
#include "dialects/slb/Transforms/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

static constexpr int64_t kInt32Max = std::numeric_limits<int32_t>::max();

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// 2^31 elements or more, counted without overflow.
static bool isTooLarge(ShapedType type) {
  double count = 1;
  for (int64_t size : type.getShape())
    count *= size;
  return count > kInt32Max;
}

static bool hasScalesOfItsShape(ShapedType type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit || !lowBit.isPerChannel())
    return true;
  int64_t axis = *lowBit.getAxis();
  return axis < type.getRank() &&
         type.getDimSize(axis) == int64_t(lowBit.getScales().size());
}

/// What no value of a network may be, at any phase. `name` names the value.
static LogicalResult checkShape(Location loc, const Twine &name, Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped)
    return success();
  auto fail = [&](StringRef rule) {
    return emitError(loc) << "expects " << rule << ", but got " << name
                          << " of " << type;
  };
  if (!shaped.hasRank() || !shaped.hasStaticShape())
    return fail("static shapes");
  if (shaped.getRank() == 0)
    return fail("shapes of at least one dimension");
  // Layers may need no scratch, and networks no arena.
  bool isMemory = isa<MemRefType>(type) && shaped.getRank() == 1 &&
                  shaped.getElementType().isSignlessInteger(8);
  if (llvm::is_contained(shaped.getShape(), 0) && !isMemory)
    return fail("sizes of at least 1 in every dimension");
  if (isTooLarge(shaped))
    return fail("at most 2147483647 elements");
  if (!hasScalesOfItsShape(shaped))
    return fail("as many scales as elements along their axis");
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (tensor && tensor.getEncoding())
    return fail("tensors without an encoding");
  return success();
}

/// What the caller hands over or gets.
static LogicalResult checkPort(Location loc, const Twine &name, Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  Type element = tensor ? tensor.getElementType() : Type();
  if (!tensor || !(element.isF32() || element.isSignlessInteger(32) ||
                   isa<LowBitType>(element)))
    return emitError(loc) << "expects tensors of element type f32, i32 or "
                             "!slb.lowbit, but got "
                          << name << " of type " << type;
  return checkShape(loc, name, type);
}

//===----------------------------------------------------------------------===//
// The network's function
//===----------------------------------------------------------------------===//

static FailureOr<func::FuncOp> getNetwork(ModuleOp module) {
  auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
  if (functions.size() != 1)
    return module.emitError("expects one function, the network, but got ")
           << functions.size();
  func::FuncOp network = functions.front();
  if (!network.isPublic() || network.isExternal())
    return network.emitError("expects a public function with a body, but got ")
           << (network.isExternal() ? "a declaration" : "a private one");
  if (!network.getBody().hasOneBlock())
    return network.emitError("expects a function of one block, but got ")
           << network.getBody().getBlocks().size();
  return network;
}

/// From phase `packed` on, ports keep in an attribute what they were; then
/// words have other dimensions, and results become arguments.
static Type getUnstoredType(DictionaryAttr attributes) {
  auto type = attributes ? attributes.getAs<TypeAttr>("bitpack.type") : nullptr;
  return type ? type.getValue() : Type();
}

static bool isStored(func::FuncOp network) {
  for (unsigned i = 0, e = network.getNumArguments(); i < e; ++i)
    if (getUnstoredType(network.getArgAttrDict(i)))
      return true;
  for (unsigned i = 0, e = network.getNumResults(); i < e; ++i)
    if (getUnstoredType(network.getResultAttrDict(i)))
      return true;
  return false;
}

static LogicalResult checkPorts(func::FuncOp network) {
  for (BlockArgument argument : network.getArguments())
    if (failed(checkPort(argument.getLoc(),
                         "argument " + Twine(argument.getArgNumber()),
                         argument.getType())))
      return failure();
  if (network.getNumResults() == 0)
    return network.emitError("expects a network with results, but got none");
  for (auto [i, type] : llvm::enumerate(network.getResultTypes())) {
    if (failed(checkPort(network.getLoc(), "result " + Twine(i), type)))
      return failure();
    auto tensor = cast<RankedTensorType>(type);
    if (tensor.getRank() > 1 && tensor.getDimSize(0) > 1)
      return network.emitError("expects a batch of 1, but got a result of ")
             << tensor;
  }
  return success();
}

/// The same ports in storage; the bitpack dialect verifies that it is theirs.
static LogicalResult checkStoredPorts(func::FuncOp network) {
  for (BlockArgument argument : network.getArguments()) {
    unsigned i = argument.getArgNumber();
    Type type = getUnstoredType(network.getArgAttrDict(i));
    if (failed(checkShape(argument.getLoc(), "argument " + Twine(i),
                          argument.getType())) ||
        (type &&
         failed(checkPort(argument.getLoc(), "argument " + Twine(i), type))))
      return failure();
  }
  for (unsigned i = 0, e = network.getNumResults(); i < e; ++i)
    if (Type type = getUnstoredType(network.getResultAttrDict(i));
        type && failed(checkPort(network.getLoc(), "result " + Twine(i), type)))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// What an operand is to the operator that reads it, for messages.
static StringRef getOperandName(OpOperand &use) {
  static const StringRef layer[] = {"input", "filter", "scale", "shift",
                                    "residual"};
  static const StringRef norm[] = {"input",
                                   "gamma",
                                   "beta",
                                   "mean",
                                   "variance",
                                   "discrete mean",
                                   "discrete variance"};
  static const StringRef search[] = {"logits", "temperature"};
  unsigned i = use.getOperandNumber();
  return TypeSwitch<Operation *, StringRef>(use.getOwner())
      .Case<Conv2DOp, LinearOp, FusedConv2DOp, FusedLinearOp>(
          [&](auto) { return layer[i]; })
      .Case<BatchNormOp, StateBatchNormOp>([&](auto) { return norm[i]; })
      .Case<ExpectationOp, SelectOp>([&](auto) { return search[i]; })
      .Case([](tosa::AddOp) { return "bias"; })
      .Default(StringRef("value"));
}

/// The first float that is not finite, and its index.
static std::optional<std::pair<double, int64_t>>
findNotFinite(Attribute value) {
  if (auto number = dyn_cast<FloatAttr>(value)) {
    double x = number.getValueAsDouble();
    return std::isfinite(x) ? std::nullopt
                            : std::optional(std::pair(x, int64_t(0)));
  }
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || !elements.getElementType().isF32())
    return std::nullopt;
  SmallVector<char> storage;
  ArrayRef<char> raw = getDistinctData(elements, storage);
  ArrayRef<float> values(reinterpret_cast<const float *>(raw.data()),
                         raw.size() / sizeof(float));
  auto *found =
      llvm::find_if(values, [](float x) { return !std::isfinite(x); });
  if (found == values.end())
    return std::nullopt;
  return std::pair(double(*found), int64_t(found - values.begin()));
}

/// Blames the operator that reads the constant.
static LogicalResult checkFinite(Operation *constant, Attribute value) {
  auto found = findNotFinite(value);
  if (!found)
    return success();
  Operation *reader = constant;
  StringRef name = "value";
  if (constant->getNumResults() > 0 && !constant->use_empty()) {
    OpOperand &use = *constant->use_begin();
    reader = use.getOwner();
    name = getOperandName(use);
  }
  return reader->emitOpError()
         << "expects finite numbers in its " << name << ", but got "
         << found->first << " at index " << found->second;
}

static LogicalResult checkElements(Operation *op, ElementsAttr elements) {
  if (std::string fault = getDataFault(elements); !fault.empty())
    return op->emitOpError()
           << "expects data that can be read, but got " << fault;
  return checkFinite(op, elements);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// Numbers that become fields of the C.
static LogicalResult checkList(Operation *op, StringRef name,
                               DenseI64ArrayAttr list) {
  for (int64_t value : list.asArrayRef())
    if (!llvm::isInt<32>(value))
      return op->emitOpError() << "expects values of 32 bits in '" << name
                               << "', but got " << value;
  return success();
}

static LogicalResult checkAttribute(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName();
  return TypeSwitch<Attribute, LogicalResult>(attribute.getValue())
      .Case([&](DenseI64ArrayAttr list) {
        // Slices of tensors have markers for sizes that are not known.
        bool isOfLayer = !isa<tensor::TensorDialect>(op->getDialect());
        return isOfLayer ? checkList(op, name, list) : success();
      })
      .Case([&](FloatAttr number) {
        // Bounds of clamps may be infinite.
        bool isConstant = op->hasTrait<OpTrait::ConstantLike>();
        return isConstant ? checkFinite(op, number) : success();
      })
      .Case([&](ElementsAttr elements) { return checkElements(op, elements); })
      .Default(success());
}

/// The C computes one image a call.
static LogicalResult checkBatch(Operation *op) {
  if (!isa<Conv2DOp, LinearOp, FusedConv2DOp, FusedLinearOp, IntegerConv2DOp,
           IntegerLinearOp, Pool2DOp, tosa::MaxPool2dOp, tosa::AvgPool2dOp>(op))
    return success();
  auto type = cast<ShapedType>(op->getResult(0).getType());
  if (type.getDimSize(0) == 1)
    return success();
  return op->emitOpError("expects a batch of 1, but got a result of ") << type;
}

/// TOSA's verifier sees to the rest of a pool.
template <typename PoolOp> static LogicalResult checkPads(PoolOp op) {
  ArrayRef<int64_t> image =
      cast<ShapedType>(op.getInput().getType()).getShape();
  ArrayRef<int64_t> pad = op.getPad();
  int64_t height = image[1] + pad[0] + pad[1];
  int64_t width = image[2] + pad[2] + pad[3];
  if (double(height) * width * image[3] <= kInt32Max)
    return success();
  return op.emitOpError() << "expects an input of at most 2147483647 elements "
                             "with its pads, but "
                             "got "
                          << height << "x" << width << "x" << image[3];
}

/// Integer layers are compiled with their parameters.
template <typename IntegerOp>
static LogicalResult checkParameters(IntegerOp op) {
  std::pair<Value, StringRef> parameters[] = {
      {op.getThresholds(), "thresholds"},
      {op.getSigns(), "signs"},
      {op.getMultiplier(), "a multiplier"},
      {op.getAddend(), "an addend"}};
  for (auto [value, name] : parameters)
    if (value && !getConstantElements(value))
      return op.emitOpError()
             << "expects constant " << name << ", but got " << describe(value);
  return success();
}

/// Conversions take these for what they made themselves.
static LogicalResult checkForeign(Operation *op) {
  bool isArithmetic = isa<arith::ArithDialect>(op->getDialect()) &&
                      !op->hasTrait<OpTrait::ConstantLike>();
  if (!isArithmetic && !isa<tensor::EmptyOp>(op))
    return success();
  return op->emitOpError("is not supported; see 'Operators' in README.md");
}

static LogicalResult checkOperator(Operation *op) {
  for (Value result : op->getResults())
    if (failed(checkShape(op->getLoc(), describe(op), result.getType())))
      return failure();
  for (NamedAttribute attribute : op->getAttrDictionary())
    if (failed(checkAttribute(op, attribute)))
      return failure();
  if (failed(checkBatch(op)))
    return failure();
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case<IntegerConv2DOp, IntegerLinearOp>(
          [](auto layer) { return checkParameters(layer); })
      .Case<tosa::MaxPool2dOp, tosa::AvgPool2dOp>(
          [](auto pool) { return checkPads(pool); })
      .Default(success());
}

static LogicalResult checkNetwork(ModuleOp module) {
  FailureOr<func::FuncOp> network = getNetwork(module);
  if (failed(network))
    return failure();
  bool stored = isStored(*network);
  if (failed(stored ? checkStoredPorts(*network) : checkPorts(*network)))
    return failure();
  // Constants of buffers lie beside the function.
  WalkResult result = module.walk([&](Operation *op) -> WalkResult {
    if (isa<ModuleOp, func::FuncOp>(op))
      return success();
    if (!stored && failed(checkForeign(op)))
      return failure();
    return checkOperator(op);
  });
  return failure(result.wasInterrupted());
}

namespace {
struct CheckNetworkPass : slb::impl::SLBCheckNetworkBase<CheckNetworkPass> {
  void runOnOperation() override {
    if (failed(checkNetwork(getOperation())))
      signalPassFailure();
  }
};
} // namespace
