//===- ModelBuilder.cpp - writes networks as slb IR -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Model/ModelBuilder.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <limits>

using namespace mlir;
using namespace slb;

/// Constants from this size on are resources: the printer puts those at the
/// end of the file, and no attribute has to hash them.
constexpr size_t kResourceBytes = 1024;
/// Weights above this size are written as bytecode.
constexpr size_t kBytecodeBytes = 16 << 20;

//===----------------------------------------------------------------------===//
// ValueSet
//===----------------------------------------------------------------------===//

ValueSet ValueSet::odd(unsigned bits) {
  ValueSet set;
  set.bits = bits;
  return set;
}

ValueSet ValueSet::range(int64_t lo, int64_t hi) {
  ValueSet set;
  set.kind = Kind::Range;
  set.lo = lo;
  set.hi = hi;
  return set;
}

ValueSet ValueSet::list(std::vector<int64_t> values) {
  ValueSet set;
  set.kind = Kind::List;
  set.values = std::move(values);
  return set;
}

//===----------------------------------------------------------------------===//
// ModelBuilder::Impl
//===----------------------------------------------------------------------===//

/// What meets misuse emits an error and returns null; the first message is kept
/// for write(), and null operands are passed on in silence.
struct ModelBuilder::Impl {
  explicit Impl(const std::string &name);

  /// Numbers `value` for the caller.
  Value add(mlir::Value value) {
    values.push_back(value);
    return values.size() - 1;
  }
  mlir::Value get(Value value) const {
    return value < values.size() ? values[value] : mlir::Value();
  }
  /// From here on, operations and errors belong to `layer`.
  void enter(const std::string &layer) {
    loc = NameLoc::get(builder.getStringAttr(layer));
  }
  void keepFirstError(Diagnostic &diagnostic);

  ValueSetAttr getSet(const ValueSet &set);
  LowBitType getLowBitType(const ValueSet &set, ArrayRef<float> scales);
  /// The elements of a constant; null if `bytes` do not fill `type`.
  ElementsAttr getElements(RankedTensorType type, ArrayRef<char> bytes,
                           const Twine &name);
  mlir::Value getFloats(ArrayRef<int64_t> shape, ArrayRef<float> data,
                        const Twine &name);
  /// One float a channel of `x`; null if there are more or fewer.
  mlir::Value getChannels(mlir::Value x, ArrayRef<float> data, StringRef name);
  /// The real values of `x`.
  mlir::Value getReal(mlir::Value x);
  mlir::Value getWeights(const LayerWeights &weights, const std::string &layer);
  mlir::Value getSearched(const LayerWeights &weights,
                          const std::string &layer);
  mlir::Value getLowBit(const LayerWeights &weights, const std::string &layer);

  mlir::Value input(ArrayRef<int64_t> shape, const ValueSet &set, float scale,
                    std::optional<int64_t> pixelOffset);
  mlir::Value conv2d(mlir::Value x, const LayerWeights &weights,
                     const Conv2DGeometry &geometry, const std::string &layer);
  mlir::Value linear(mlir::Value x, const LayerWeights &weights,
                     const std::string &layer);
  mlir::Value stateBatchNorm(mlir::Value x, const BatchNormParameters &norm);
  mlir::Value addBias(mlir::Value x, ArrayRef<float> bias);
  mlir::Value addTensors(mlir::Value a, mlir::Value b);
  mlir::Value concat(ArrayRef<Value> xs);
  mlir::Value flatten(mlir::Value x);

  struct Pool {
    std::array<int64_t, 2> kernel, strides;
    std::array<int64_t, 4> pads;
  };
  /// Real values of `x`, cut so that whole windows cover them exactly: TOSA
  /// forbids the rest that others leave out. Less padding is tried first.
  mlir::Value cutToWindows(mlir::Value x, Pool &pool);
  RankedTensorType getPooledType(mlir::Value x, const Pool &pool);
  mlir::Value maxPool2d(mlir::Value x, Pool pool);
  mlir::Value averagePool2d(mlir::Value x, Pool pool);

  /// Ends the function and verifies the module.
  bool finish(ArrayRef<Value> outputs);
  bool print(const std::string &path, std::string &error);

  MLIRContext context{MLIRContext::Threading::DISABLED};
  OpBuilder builder{&context};
  Location loc{UnknownLoc::get(&context)};
  ScopedDiagnosticHandler handler;
  OwningOpRef<ModuleOp> module;
  func::FuncOp function;
  std::vector<mlir::Value> values;
  std::string firstError;
  size_t constantBytes = 0;
};

ModelBuilder::Impl::Impl(const std::string &name)
    : handler(&context,
              [this](Diagnostic &diagnostic) { keepFirstError(diagnostic); }) {
  context.loadDialect<SLBDialect, arith::ArithDialect, func::FuncDialect,
                      tensor::TensorDialect, tosa::TosaDialect>();
  module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());
  function =
      func::FuncOp::create(builder, loc, name, builder.getFunctionType({}, {}));
  builder.setInsertionPointToEnd(function.addEntryBlock());
}

void ModelBuilder::Impl::keepFirstError(Diagnostic &diagnostic) {
  if (!firstError.empty() ||
      diagnostic.getSeverity() != DiagnosticSeverity::Error)
    return;
  if (auto layer = dyn_cast<NameLoc>(diagnostic.getLocation()))
    firstError = ("layer '" + layer.getName().getValue() + "': ").str();
  firstError += diagnostic.str();
}

//===----------------------------------------------------------------------===//
// Types and constants
//===----------------------------------------------------------------------===//

ValueSetAttr ModelBuilder::Impl::getSet(const ValueSet &set) {
  auto emitError = [&] { return mlir::emitError(loc); };
  switch (set.kind) {
  case ValueSet::Kind::Odd:
    return ValueSetAttr::getChecked(emitError, &context, set.bits);
  case ValueSet::Kind::Range:
    return ValueSetAttr::getChecked(emitError, &context, set.lo, set.hi);
  case ValueSet::Kind::List:
    return ValueSetAttr::getChecked(emitError, &context,
                                    ArrayRef<int64_t>(set.values));
  }
  llvm_unreachable("unknown kind of value set");
}

LowBitType ModelBuilder::Impl::getLowBitType(const ValueSet &set,
                                             ArrayRef<float> scales) {
  ValueSetAttr attr = getSet(set);
  if (!attr)
    return {};
  if (scales.empty())
    return LowBitType::get(attr);
  std::optional<int64_t> axis;
  if (scales.size() > 1)
    axis = 0;
  return LowBitType::getChecked([&] { return mlir::emitError(loc); }, &context,
                                attr, builder.getDenseF32ArrayAttr(scales),
                                axis);
}

ElementsAttr ModelBuilder::Impl::getElements(RankedTensorType type,
                                             ArrayRef<char> bytes,
                                             const Twine &name) {
  size_t elementBytes = type.getElementTypeBitWidth() / 8;
  size_t expected = type.getNumElements() * elementBytes;
  if (bytes.size() != expected) {
    mlir::emitError(loc) << name << " expects " << type.getNumElements()
                         << " values, but got " << bytes.size() / elementBytes;
    return {};
  }
  constantBytes += bytes.size();
  if (bytes.size() < kResourceBytes)
    return DenseElementsAttr::getFromRawBuffer(type, bytes);
  return DenseResourceElementsAttr::get(
      type, name.str(),
      HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, 64, false));
}

static ArrayRef<char> getBytes(ArrayRef<float> data) {
  return {reinterpret_cast<const char *>(data.data()),
          data.size() * sizeof(float)};
}

mlir::Value ModelBuilder::Impl::getFloats(ArrayRef<int64_t> shape,
                                          ArrayRef<float> data,
                                          const Twine &name) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  ElementsAttr elements = getElements(type, getBytes(data), name);
  if (!elements)
    return {};
  return arith::ConstantOp::create(builder, loc, type,
                                   cast<TypedAttr>(elements));
}

mlir::Value ModelBuilder::Impl::getChannels(mlir::Value x, ArrayRef<float> data,
                                            StringRef name) {
  return getFloats(cast<RankedTensorType>(x.getType()).getShape().back(), data,
                   name);
}

mlir::Value ModelBuilder::Impl::getReal(mlir::Value x) {
  if (!x || !slb::getLowBitType(x))
    return x;
  auto type = cast<RankedTensorType>(x.getType());
  return DequantizeOp::create(builder, loc, type.clone(builder.getF32Type()),
                              x);
}

mlir::Value ModelBuilder::Impl::getWeights(const LayerWeights &weights,
                                           const std::string &layer) {
  switch (weights.kind) {
  case LayerWeights::Kind::Searched:
    return getSearched(weights, layer);
  case LayerWeights::Kind::LowBit:
    return getLowBit(weights, layer);
  case LayerWeights::Kind::Float:
    return getFloats(weights.shape, weights.data, layer + ".weight");
  }
  llvm_unreachable("unknown kind of weights");
}

mlir::Value ModelBuilder::Impl::getSearched(const LayerWeights &weights,
                                            const std::string &layer) {
  ValueSetAttr set = getSet(weights.set);
  if (!set)
    return {};
  if (weights.scales.size() > 1) {
    mlir::emitError(loc) << "expects one scale for searched weights, but got "
                         << weights.scales.size();
    return {};
  }
  SmallVector<int64_t> shape = {set.size()};
  llvm::append_range(shape, weights.shape);
  mlir::Value logits = getFloats(shape, weights.data, layer + ".logits");
  if (!logits)
    return {};
  mlir::Value temperature = arith::ConstantOp::create(
      builder, loc, builder.getF32FloatAttr(weights.temperature));
  FloatAttr scale;
  if (!weights.scales.empty() &&
      weights.scales[0] != LowBitType::getDefaultScale(set))
    scale = builder.getF32FloatAttr(weights.scales[0]);
  return ExpectationOp::create(
      builder, loc, RankedTensorType::get(weights.shape, builder.getF32Type()),
      logits, temperature, set, scale);
}

mlir::Value ModelBuilder::Impl::getLowBit(const LayerWeights &weights,
                                          const std::string &layer) {
  LowBitType type = getLowBitType(weights.set, weights.scales);
  if (!type)
    return {};
  ArrayRef<char> bytes(reinterpret_cast<const char *>(weights.codes.data()),
                       weights.codes.size());
  ElementsAttr codes =
      getElements(RankedTensorType::get(weights.shape, builder.getI8Type()),
                  bytes, layer + ".codes");
  if (!codes)
    return {};
  return ConstantOp::create(builder, loc,
                            RankedTensorType::get(weights.shape, type), codes);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

mlir::Value ModelBuilder::Impl::input(ArrayRef<int64_t> shape,
                                      const ValueSet &set, float scale,
                                      std::optional<int64_t> pixelOffset) {
  LowBitType type = getLowBitType(set, scale);
  if (!type)
    return {};
  SmallVector<NamedAttribute> attributes;
  if (pixelOffset)
    attributes.push_back(builder.getNamedAttr(
        "slb.pixel_offset", builder.getI64IntegerAttr(*pixelOffset)));
  unsigned index = function.getNumArguments();
  (void)function.insertArgument(index, RankedTensorType::get(shape, type),
                                builder.getDictionaryAttr(attributes), loc);
  return function.getArgument(index);
}

/// The rank of a tensor value, or -1 without a value.
static int64_t getRank(mlir::Value x) {
  return x ? cast<RankedTensorType>(x.getType()).getRank() : -1;
}

mlir::Value ModelBuilder::Impl::conv2d(mlir::Value x,
                                       const LayerWeights &weights,
                                       const Conv2DGeometry &g,
                                       const std::string &layer) {
  enter(layer);
  if (!x)
    return {};
  if (getRank(x) != 4 || weights.shape.size() != 4) {
    mlir::emitError(loc) << "expects input and filter of rank 4, but got "
                         << getRank(x) << " and " << weights.shape.size();
    return {};
  }
  if (g.strides[0] < 1 || g.strides[1] < 1) {
    mlir::emitError(loc) << "expects positive strides, but got ["
                         << g.strides[0] << ", " << g.strides[1] << "]";
    return {};
  }
  mlir::Value filter = getWeights(weights, layer);
  if (!filter)
    return {};
  ArrayRef<int64_t> in = cast<RankedTensorType>(x.getType()).getShape();
  SmallVector<int64_t> out = {in[0], 0, 0, weights.shape[0]};
  for (int i : {0, 1}) {
    int64_t window = g.dilations[i] * (weights.shape[1 + i] - 1) + 1;
    out[1 + i] = countWindows(in[1 + i] + g.pads[2 * i] + g.pads[2 * i + 1],
                              window, g.strides[i]);
  }
  return Conv2DOp::create(
      builder, loc, RankedTensorType::get(out, builder.getF32Type()), x, filter,
      g.strides, g.pads, g.dilations, g.groups, builder.getStringAttr(layer));
}

mlir::Value ModelBuilder::Impl::linear(mlir::Value x,
                                       const LayerWeights &weights,
                                       const std::string &layer) {
  enter(layer);
  if (!x)
    return {};
  mlir::Value filter = getWeights(weights, layer);
  if (!filter)
    return {};
  if (getRank(filter) != 2) {
    mlir::emitError(loc) << "expects a filter of rank 2, but got "
                         << getRank(filter);
    return {};
  }
  auto type =
      RankedTensorType::get({1, weights.shape[0]}, builder.getF32Type());
  return LinearOp::create(builder, loc, type, x, filter,
                          builder.getStringAttr(layer));
}

mlir::Value
ModelBuilder::Impl::stateBatchNorm(mlir::Value x,
                                   const BatchNormParameters &norm) {
  x = getReal(x);
  if (!x)
    return {};
  std::pair<const std::vector<float> *, const char *> parameters[] = {
      {&norm.gamma, "gamma"},
      {&norm.beta, "beta"},
      {&norm.mean, "mean"},
      {&norm.variance, "variance"},
      {&norm.discreteMean, "discrete_mean"},
      {&norm.discreteVariance, "discrete_variance"}};
  SmallVector<mlir::Value> operands;
  for (auto [data, name] : parameters) {
    operands.push_back(getChannels(x, *data, name));
    if (!operands.back())
      return {};
  }
  return StateBatchNormOp::create(builder, loc, x.getType(), x, operands[0],
                                  operands[1], operands[2], operands[3],
                                  operands[4], operands[5],
                                  builder.getF32FloatAttr(norm.epsilon));
}

mlir::Value ModelBuilder::Impl::addBias(mlir::Value x, ArrayRef<float> bias) {
  x = getReal(x);
  if (!x)
    return {};
  // TOSA broadcasts between equal ranks only.
  SmallVector<int64_t> shape(getRank(x), 1);
  shape.back() = cast<RankedTensorType>(x.getType()).getShape().back();
  mlir::Value constant = getFloats(shape, bias, "bias");
  if (!constant)
    return {};
  return tosa::AddOp::create(builder, loc, x.getType(), x, constant);
}

mlir::Value ModelBuilder::Impl::addTensors(mlir::Value a, mlir::Value b) {
  a = getReal(a);
  b = getReal(b);
  if (!a || !b)
    return {};
  if (a.getType() != b.getType()) {
    mlir::emitError(loc) << "add expects operands of one shape, but got "
                         << a.getType() << " and " << b.getType();
    return {};
  }
  return tosa::AddOp::create(builder, loc, a.getType(), a, b);
}

mlir::Value ModelBuilder::Impl::concat(ArrayRef<Value> xs) {
  SmallVector<mlir::Value> operands;
  for (Value x : xs)
    operands.push_back(get(x));
  if (operands.empty() || !llvm::all_of(operands, [](auto x) { return !!x; }))
    return {};
  auto getElementType = [](mlir::Value x) {
    return cast<RankedTensorType>(x.getType()).getElementType();
  };
  if (!llvm::all_equal(llvm::map_range(operands, getElementType)))
    for (mlir::Value &x : operands)
      x = getReal(x);
  auto type = cast<RankedTensorType>(operands[0].getType());
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = 0;
  for (mlir::Value x : operands)
    shape.back() += cast<RankedTensorType>(x.getType()).getShape().back();
  return tensor::ConcatOp::create(builder, loc, type.clone(shape),
                                  type.getRank() - 1, operands);
}

mlir::Value ModelBuilder::Impl::flatten(mlir::Value x) {
  if (!x || getRank(x) <= 2)
    return x;
  SmallVector<ReassociationIndices> groups = {{0}, {}};
  llvm::append_range(groups[1], llvm::seq<int64_t>(1, getRank(x)));
  return tensor::CollapseShapeOp::create(builder, loc, x, groups);
}

//===----------------------------------------------------------------------===//
// Pooling
//===----------------------------------------------------------------------===//

mlir::Value ModelBuilder::Impl::cutToWindows(mlir::Value x, Pool &pool) {
  x = getReal(x);
  if (!x)
    return {};
  if (getRank(x) != 4 || pool.strides[0] < 1 || pool.strides[1] < 1) {
    mlir::emitError(loc)
        << "pooling expects an input of rank 4 and positive strides";
    return {};
  }
  auto type = cast<RankedTensorType>(x.getType());
  SmallVector<int64_t> shape(type.getShape());
  for (int i : {0, 1}) {
    int64_t &padAfter = pool.pads[2 * i + 1];
    int64_t room = shape[1 + i] + pool.pads[2 * i] + padAfter - pool.kernel[i];
    int64_t rest = room < 0 ? 0 : room % pool.strides[i];
    int64_t fromPad = std::min(rest, padAfter);
    padAfter -= fromPad;
    shape[1 + i] -= rest - fromPad;
  }
  if (ArrayRef<int64_t>(shape) == type.getShape())
    return x;
  SmallVector<OpFoldResult> offsets(4, builder.getIndexAttr(0));
  SmallVector<OpFoldResult> strides(4, builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(builder, loc, x, offsets,
                                        getAsIndexOpFoldResult(&context, shape),
                                        strides);
}

RankedTensorType ModelBuilder::Impl::getPooledType(mlir::Value x,
                                                   const Pool &pool) {
  auto type = cast<RankedTensorType>(x.getType());
  SmallVector<int64_t> shape(type.getShape());
  for (int i : {0, 1})
    shape[1 + i] =
        countWindows(shape[1 + i] + pool.pads[2 * i] + pool.pads[2 * i + 1],
                     pool.kernel[i], pool.strides[i]);
  return type.clone(shape);
}

mlir::Value ModelBuilder::Impl::maxPool2d(mlir::Value x, Pool pool) {
  x = cutToWindows(x, pool);
  if (!x)
    return {};
  return tosa::MaxPool2dOp::create(builder, loc, getPooledType(x, pool), x,
                                   builder.getDenseI64ArrayAttr(pool.kernel),
                                   builder.getDenseI64ArrayAttr(pool.strides),
                                   builder.getDenseI64ArrayAttr(pool.pads));
}

mlir::Value ModelBuilder::Impl::averagePool2d(mlir::Value x, Pool pool) {
  x = cutToWindows(x, pool);
  if (!x)
    return {};
  return tosa::AvgPool2dOp::create(builder, loc, getPooledType(x, pool), x,
                                   builder.getDenseI64ArrayAttr(pool.kernel),
                                   builder.getDenseI64ArrayAttr(pool.strides),
                                   builder.getDenseI64ArrayAttr(pool.pads),
                                   TypeAttr::get(builder.getF32Type()));
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

bool ModelBuilder::Impl::finish(ArrayRef<Value> outputs) {
  SmallVector<mlir::Value> results;
  for (Value output : outputs) {
    results.push_back(get(output));
    if (!results.back() && firstError.empty())
      firstError = "expects the outputs to be values of this network";
  }
  if (!firstError.empty())
    return false;
  func::ReturnOp::create(builder, loc, results);
  function.setType(builder.getFunctionType(
      function.getBody().getArgumentTypes(), TypeRange(ValueRange(results))));
  return succeeded(verify(*module));
}

bool ModelBuilder::Impl::print(const std::string &path, std::string &error) {
  // Of one name: what a killed process leaves, the next one writes over.
  std::string temporary = path + ".tmp";
  std::error_code code;
  llvm::raw_fd_ostream os(temporary, code);
  if (code) {
    error = path + ": " + code.message();
    return false;
  }
  bool isWritten = true;
  if (constantBytes > kBytecodeBytes)
    isWritten = succeeded(writeBytecodeToFile(*module, os));
  else
    module->print(os);
  os.close();
  code = os.error();
  os.clear_error();
  if (isWritten && !code)
    code = llvm::sys::fs::rename(temporary, path);
  if (isWritten && !code)
    return true;
  llvm::sys::fs::remove(temporary);
  error = path + ": " + (code ? code.message() : "bytecode cannot be written");
  return false;
}

//===----------------------------------------------------------------------===//
// ModelBuilder
//===----------------------------------------------------------------------===//

ModelBuilder::ModelBuilder(const std::string &name)
    : impl(std::make_unique<Impl>(name)) {}

ModelBuilder::~ModelBuilder() = default;

ModelBuilder::Value ModelBuilder::input(const std::vector<int64_t> &shape,
                                        const ValueSet &set, float scale,
                                        std::optional<int64_t> pixelOffset) {
  return impl->add(impl->input(shape, set, scale, pixelOffset));
}

ModelBuilder::Value ModelBuilder::conv2d(Value x, const LayerWeights &weights,
                                         const Conv2DGeometry &geometry,
                                         const std::string &layer) {
  return impl->add(impl->conv2d(impl->get(x), weights, geometry, layer));
}

ModelBuilder::Value ModelBuilder::linear(Value x, const LayerWeights &weights,
                                         const std::string &layer) {
  return impl->add(impl->linear(impl->get(x), weights, layer));
}

ModelBuilder::Value
ModelBuilder::stateBatchNorm(Value x, const BatchNormParameters &parameters) {
  return impl->add(impl->stateBatchNorm(impl->get(x), parameters));
}

ModelBuilder::Value ModelBuilder::bias(Value x,
                                       const std::vector<float> &bias) {
  return impl->add(impl->addBias(impl->get(x), bias));
}

ModelBuilder::Value ModelBuilder::relu(Value x) {
  mlir::Value real = impl->getReal(impl->get(x));
  if (!real)
    return impl->add({});
  OpBuilder &builder = impl->builder;
  return impl->add(tosa::ClampOp::create(
      builder, impl->loc, real.getType(), real, builder.getF32FloatAttr(0),
      builder.getF32FloatAttr(std::numeric_limits<float>::max())));
}

ModelBuilder::Value ModelBuilder::add(Value a, Value b) {
  return impl->add(impl->addTensors(impl->get(a), impl->get(b)));
}

ModelBuilder::Value ModelBuilder::maxPool2d(Value x,
                                            std::array<int64_t, 2> kernel,
                                            std::array<int64_t, 2> strides,
                                            std::array<int64_t, 4> pads) {
  return impl->add(impl->maxPool2d(impl->get(x), {kernel, strides, pads}));
}

ModelBuilder::Value ModelBuilder::averagePool2d(Value x,
                                                std::array<int64_t, 2> kernel,
                                                std::array<int64_t, 2> strides,
                                                std::array<int64_t, 4> pads) {
  return impl->add(impl->averagePool2d(impl->get(x), {kernel, strides, pads}));
}

ModelBuilder::Value ModelBuilder::quantize(Value x, const ValueSet &set,
                                           float scale) {
  mlir::Value real = impl->getReal(impl->get(x));
  LowBitType type = impl->getLowBitType(set, scale);
  if (!real || !type)
    return impl->add({});
  auto resultType = cast<RankedTensorType>(real.getType()).clone(type);
  return impl->add(
      QuantizeOp::create(impl->builder, impl->loc, resultType, real));
}

ModelBuilder::Value ModelBuilder::concat(const std::vector<Value> &xs) {
  return impl->add(impl->concat(xs));
}

ModelBuilder::Value ModelBuilder::flatten(Value x) {
  return impl->add(impl->flatten(impl->get(x)));
}

bool ModelBuilder::write(const std::vector<Value> &outputs,
                         const std::string &path, std::string &error) {
  if (impl->finish(outputs))
    return impl->print(path, error);
  error =
      "network '" + impl->function.getName().str() + "': " + impl->firstError;
  return false;
}
