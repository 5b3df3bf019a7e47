//===- SLBToBitpack.cpp - packs weights and activations -------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/SLBToBitpack/SLBToBitpack.h"
#include "dialects/bitpack/IR/BitpackDialect.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "dialects/slb/Transforms/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Transforms/DialectConversion.h"
#include "slb/Conversion/SLBToBitpack/Packing.h"
#include "slb/Conversion/SLBToBitpack/Storage.h"

using namespace mlir;
using namespace slb;

namespace slb {
#define GEN_PASS_DEF_CONVERTSLBTOBITPACKPASS
#include "lib/Conversion/SLBToBitpack/Passes.h.inc"
} // namespace slb

//===----------------------------------------------------------------------===//
// Filters
//===----------------------------------------------------------------------===//

namespace {
/// A filter in storage: a constant, the planes of its words, if any, and the
/// sum of each row's integers, where they are integers.
struct StoredFilter {
  Value constant;
  SmallVector<int64_t> planes;
  SmallVector<int64_t> rowSums;
};
} // namespace

static SmallVector<int64_t> getRowSums(ArrayRef<int64_t> integers,
                                       ArrayRef<char> codes, int64_t rows) {
  SmallVector<int64_t> sums(rows);
  int64_t length = int64_t(codes.size()) / rows;
  for (auto [i, code] : llvm::enumerate(codes))
    sums[i / length] += integers[uint8_t(code)];
  return sums;
}

static Value storeAsBytes(OpBuilder &builder, Location loc,
                          ArrayRef<int64_t> integers, ArrayRef<char> codes,
                          int64_t rows) {
  std::vector<int8_t> bytes(codes.size());
  for (auto [byte, code] : llvm::zip(bytes, codes))
    byte = int8_t(integers[uint8_t(code)]);
  return createConstant<int8_t>(builder, loc, bytes, builder.getI8Type(),
                                {rows, int64_t(codes.size()) / rows});
}

static Value storeAsPlanes(OpBuilder &builder, Location loc,
                           ArrayRef<int64_t> planes, ArrayRef<int64_t> integers,
                           ArrayRef<char> codes, int64_t rows) {
  int64_t length = int64_t(codes.size()) / rows;
  PlaneCoefficients coefficients{planes.front(),
                                 {planes.begin() + 1, planes.end()}};
  std::vector<int32_t> words =
      packFilter(coefficients, {integers.begin(), integers.end()},
                 reinterpret_cast<const int8_t *>(codes.data()), rows, length);
  int64_t count = coefficients.coefficients.size();
  return createConstant<int32_t>(builder, loc, words, builder.getI32Type(),
                                 {rows, count, bitpack::getWords(length)});
}

static FailureOr<StoredFilter> storeFilter(OpBuilder &builder, Value filter,
                                           int64_t rows) {
  Location loc = filter.getLoc();
  if (auto constant = filter.getDefiningOp<ConstantOp>()) {
    ValueSetAttr set = getLowBitType(filter).getSet();
    auto form = getStoredFilterForm(set);
    if (!form)
      return failure();
    SmallVector<char> storage;
    ArrayRef<char> codes = getRawData(constant.getCodes(), storage);
    SmallVector<int64_t> integers = set.getIntegers();
    Value stored =
        form->storage == bitpack::Storage::Planes
            ? storeAsPlanes(builder, loc, form->planes, integers, codes, rows)
            : storeAsBytes(builder, loc, integers, codes, rows);
    return StoredFilter{stored, form->planes,
                        getRowSums(integers, codes, rows)};
  }
  std::optional<SmallVector<float>> floats = getFloats(filter);
  if (!floats)
    return failure();
  return StoredFilter{
      createConstant<float>(builder, loc, *floats, builder.getF32Type(),
                            {rows, int64_t(floats->size()) / rows}),
      {},
      {}};
}

//===----------------------------------------------------------------------===//
// Convolutions and linear layers
//===----------------------------------------------------------------------===//

static Value createDestination(OpBuilder &builder, Location loc,
                               RankedTensorType storage) {
  return tensor::EmptyOp::create(builder, loc, storage.getShape(),
                                 storage.getElementType());
}

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

namespace {
/// Input of a convolution in storage, and the geometry in which to read it.
struct StoredInput {
  Value value;
  ConvolutionGeometry geometry;
};
} // namespace

/// A linear layer on a flattened image of planes reads the image itself, as a
/// convolution whose kernel is the whole image: rows of the filter have the
/// same order, and the planes' pixels, padded to words, need no repacking.
template <typename OpTy>
static StoredInput getStoredInput(OpTy op, Value converted,
                                  ConversionPatternRewriter &rewriter) {
  StoredInput input{converted, op.getGeometry()};
  auto collapse =
      op.getInput().template getDefiningOp<tensor::CollapseShapeOp>();
  if (!collapse || bitpack::getStorage(converted) != bitpack::Storage::Planes)
    return input;
  auto image = cast<RankedTensorType>(collapse.getSrc().getType());
  Value stored = rewriter.getRemappedValue(collapse.getSrc());
  if (!stored || image.getRank() != 4 ||
      getTensorType(op.getInput()).getRank() != 2)
    return input;
  input.value = stored;
  input.geometry.inputHeight = input.geometry.kernelHeight =
      image.getDimSize(1);
  input.geometry.inputWidth = input.geometry.kernelWidth = image.getDimSize(2);
  input.geometry.inputChannels = image.getDimSize(3);
  return input;
}

/// Creates the convolution without an epilogue's operands.
static bitpack::Conv2DOp
createConv2D(OpBuilder &builder, Location loc, const StoredInput &input,
             const StoredForm &inputForm, const StoredFilter &filter,
             RankedTensorType resultType, StringAttr layer) {
  const ConvolutionGeometry &g = input.geometry;
  RankedTensorType storage = getStorageType(resultType);
  Value none;
  auto op = bitpack::Conv2DOp::create(
      builder, loc, storage, input.value, filter.constant, none, none, none,
      none, none, none, none, none, createDestination(builder, loc, storage),
      resultType, layer, /*strategy=*/{},
      {g.inputHeight, g.inputWidth, g.inputChannels},
      {g.getOutputHeight(), g.getOutputWidth(), g.outputChannels},
      {g.kernelHeight, g.kernelWidth}, {g.strideHeight, g.strideWidth},
      {g.padTop, g.padBottom, g.padLeft, g.padRight},
      {g.dilationHeight, g.dilationWidth}, g.groups,
      {g.poolHeight, g.poolWidth});
  op.setInputPlanes(inputForm.planes);
  op.setPadValue(-inputForm.offset);
  op.setWeightPlanes(filter.planes);
  op.setOutputPlanes(getStoredForm(resultType).planes);
  return op;
}

//===----------------------------------------------------------------------===//
// Epilogues: what bytes leave out of their integers is added here
//===----------------------------------------------------------------------===//

static bool isNotZero(int64_t value) { return value != 0; }

/// The elements, of type T, of a constant.
template <typename T>
static std::optional<SmallVector<T>> getElements(Value value) {
  ElementsAttr elements = value ? getConstantElements(value) : ElementsAttr();
  if (!elements)
    return std::nullopt;
  SmallVector<char> storage;
  return llvm::to_vector(getDataAs<T>(elements, storage));
}

/// thresholds for sums that are `missing` below those of the integers:
/// sign * (sum + missing) >= t. What no sum reaches, none reaches now.
static FailureOr<Value> shiftThresholds(OpBuilder &builder, Value thresholds,
                                        Value signs,
                                        ArrayRef<int64_t> missing) {
  auto values = getElements<int32_t>(thresholds);
  auto directions = getElements<int8_t>(signs);
  if (!values || (signs && !directions))
    return failure();
  int64_t levels = int64_t(values->size()) / int64_t(missing.size());
  for (auto [i, value] : llvm::enumerate(*values)) {
    int64_t channel = int64_t(i) / levels;
    int64_t sign = directions ? (*directions)[channel] : 1;
    value = int32_t(std::clamp<int64_t>(value - sign * missing[channel],
                                        INT32_MIN, INT32_MAX));
  }
  return createConstant<int32_t>(
      builder, thresholds.getLoc(), *values, builder.getI32Type(),
      cast<ShapedType>(thresholds.getType()).getShape());
}

namespace {
/// What a formula with a multiplier is clamped to, and what is added to the
/// integers that it computes from stored operands to get the stored result.
struct StoredRange {
  int64_t lo, hi, offset;
};
} // namespace

/// Of an odd set the formula gives codes.
static StoredRange getStoredRange(Type type) {
  ValueSetAttr set = getLowBitType(type).getSet();
  if (set.isOdd())
    return {0, set.size() - 1, 0};
  int64_t offset = getStoredForm(type).offset;
  return {set.getLo() - offset, set.getHi() - offset, offset};
}

/// a * b + c, none beyond int64.
static std::optional<int64_t> multiplyAdd(int64_t a, int64_t b, int64_t c) {
  int64_t product, sum;
  if (llvm::MulOverflow(a, b, product) || llvm::AddOverflow(product, c, sum))
    return std::nullopt;
  return sum;
}

namespace {
/// A term of a formula: `integers` less than its operand stands for, times
/// `multiplier`.
struct MissingTerm {
  int64_t integers, multiplier;
};
} // namespace

/// The addend that makes up for the terms, and for the result's offset.
static std::optional<int64_t> shiftAddend(int64_t addend,
                                          ArrayRef<MissingTerm> terms,
                                          int64_t offset, int64_t shift) {
  std::optional<int64_t> result = addend;
  for (MissingTerm term : terms)
    if (result)
      result = multiplyAdd(term.integers, term.multiplier, *result);
  return result ? multiplyAdd(-offset, int64_t(1) << shift, *result) : result;
}

/// Integers that `filter`'s sums lack where a byte of the input is `offset`
/// less than its integer.
static SmallVector<int64_t> getMissing(const StoredFilter &filter,
                                       int64_t offset) {
  SmallVector<int64_t> missing;
  for (int64_t sum : filter.rowSums)
    missing.push_back(sum * offset);
  return missing;
}

namespace {
/// slb.integer_conv2d, slb.integer_linear -> bitpack.conv2d
template <typename OpTy>
struct IntegerLayerConversion : OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    StoredInput input = getStoredInput(op, adaptor.getInput(), rewriter);
    auto filter =
        storeFilter(rewriter, op.getFilter(), input.geometry.outputChannels);
    if (failed(filter))
      return rewriter.notifyMatchFailure(op, "filter cannot be packed");
    StoredForm inputForm = getStoredForm(op.getInput().getType());
    SmallVector<int64_t> missing = getMissing(*filter, inputForm.offset);
    auto resultType = cast<RankedTensorType>(op.getResult().getType());
    bitpack::Conv2DOp conv =
        createConv2D(rewriter, op.getLoc(), input, inputForm, *filter,
                     resultType, op.getLayerAttr());
    rewriter.setInsertionPoint(conv);
    LogicalResult status =
        op.getThresholds()
            ? setThresholds(conv, op, missing, rewriter)
            : setMultiplier(conv, op, adaptor.getResidual(), missing, rewriter);
    if (failed(status))
      return rewriter.notifyMatchFailure(op, "epilogue is not constant");
    rewriter.replaceOp(op, conv.getResults());
    return success();
  }

  static LogicalResult setThresholds(bitpack::Conv2DOp conv, OpTy op,
                                     ArrayRef<int64_t> missing,
                                     OpBuilder &builder) {
    Value thresholds = op.getThresholds();
    if (llvm::any_of(missing, isNotZero)) {
      auto shifted =
          shiftThresholds(builder, thresholds, op.getSigns(), missing);
      if (failed(shifted))
        return failure();
      thresholds = *shifted;
    }
    conv.getThresholdsMutable().assign(thresholds);
    if (op.getSigns())
      conv.getSignsMutable().assign(op.getSigns());
    Type type = op.getResult().getType();
    StoredForm form = getStoredForm(type);
    if (form.storage != bitpack::Storage::Planes) {
      SmallVector<int64_t> values = getLowBitType(type).getSet().getIntegers();
      for (int64_t &value : values)
        value -= form.offset;
      conv.setOutputValues(values);
    }
    return success();
  }

  static LogicalResult setMultiplier(bitpack::Conv2DOp conv, OpTy op,
                                     Value residual, ArrayRef<int64_t> missing,
                                     OpBuilder &builder) {
    StoredRange range = getStoredRange(op.getResult().getType());
    StoredForm residualForm;
    if (residual) {
      residualForm = getStoredForm(op.getResidual().getType());
      conv.getResidualMutable().assign(residual);
      conv.setResidualPlanes(residualForm.planes);
    }
    conv.setResidualMultiplier(int32_t(op.getResidualMultiplier()));
    conv.setShift(op.getShift());
    conv.setLo(range.lo);
    conv.setHi(range.hi);
    conv.getMultiplierMutable().assign(op.getMultiplier());
    conv.getAddendMutable().assign(op.getAddend());
    if (!llvm::any_of(missing, isNotZero) && residualForm.offset == 0 &&
        range.offset == 0)
      return success();
    auto addend =
        shiftAddends(op, missing, residualForm.offset, range.offset, builder);
    if (failed(addend))
      return failure();
    conv.getAddendMutable().assign(*addend);
    return success();
  }

  static FailureOr<Value> shiftAddends(OpTy op, ArrayRef<int64_t> missing,
                                       int64_t residualOffset, int64_t offset,
                                       OpBuilder &builder) {
    auto addends = getElements<int64_t>(op.getAddend());
    auto multipliers = getElements<int32_t>(op.getMultiplier());
    if (!addends || !multipliers)
      return failure();
    int64_t residualMultiplier = int32_t(op.getResidualMultiplier());
    for (auto [c, addend] : llvm::enumerate(*addends)) {
      auto shifted = shiftAddend(addend,
                                 {{missing[c], (*multipliers)[c]},
                                  {residualOffset, residualMultiplier}},
                                 offset, op.getShift());
      if (!shifted)
        return op.emitOpError("expects an addend that fits 64 bits beside the "
                              "offset of stored bytes, but got ")
               << addend << " in channel " << c;
      addend = *shifted;
    }
    return createConstant<int64_t>(builder, op.getAddend().getLoc(), *addends,
                                   builder.getI64Type());
  }
};
} // namespace

/// The scale of `type`'s integers in an output channel; 1 for floats.
static double getScale(Type type, int64_t channel) {
  LowBitType lowBit = getLowBitType(type);
  return lowBit ? lowBit.getScale(channel) : 1.0;
}

/// The layer's scale, and in it those of input and filter: kernels compute on
/// integers.
static FailureOr<Value> createScale(OpBuilder &builder, Value scale,
                                    Type inputType, Type filterType) {
  std::optional<SmallVector<float>> scales = getFloats(scale);
  if (!scales)
    return failure();
  for (auto [channel, value] : llvm::enumerate(*scales))
    value = float(double(value) * getScale(inputType, 0) *
                  getScale(filterType, channel));
  return createConstant<float>(builder, scale.getLoc(), *scales,
                               builder.getF32Type());
}

/// The layer's shift, and in it what the stored inputs' offset adds to sums.
static FailureOr<Value> createBias(OpBuilder &builder, Value shift, Value scale,
                                   ArrayRef<int64_t> missing) {
  if (!llvm::any_of(missing, isNotZero))
    return shift;
  std::optional<SmallVector<float>> shifts = getFloats(shift);
  std::optional<SmallVector<float>> scales = getFloats(scale);
  if (!shifts || !scales)
    return failure();
  for (auto [bias, factor, sum] : llvm::zip_equal(*shifts, *scales, missing))
    bias = float(bias + double(factor) * double(sum));
  return createConstant<float>(builder, shift.getLoc(), *shifts,
                               builder.getF32Type());
}

/// How many elements in a row, channels innermost, have one scale.
static int64_t getScaleStride(RankedTensorType type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit.isPerChannel())
    return 1;
  return ShapedType::getNumElements(
      type.getShape().drop_front(*lowBit.getAxis() + 1));
}

/// Floats of `stored`, whose type before packing was `type`; itself if they
/// are.
static Value dequantize(OpBuilder &builder, Location loc, Value stored,
                        RankedTensorType type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit)
    return stored;
  StoredForm form = getStoredForm(type);
  RankedTensorType floats = type.clone(builder.getF32Type());
  int64_t channels = type.getShape().back();
  return bitpack::DequantizeOp::create(
             builder, loc, floats, stored, /*scratch=*/Value(),
             createDestination(builder, loc, floats), floats, /*layer=*/{},
             /*strategy=*/{}, type.getNumElements() / channels, channels,
             lowBit.getScales(), getScaleStride(type), form.planes, form.offset)
      .getResult(0);
}

/// `floats` quantized to `type`; itself if that is a type of floats.
static Value quantize(OpBuilder &builder, Location loc, Value floats,
                      RankedTensorType type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit)
    return floats;
  ValueSetAttr set = lowBit.getSet();
  StoredForm form = getStoredForm(type);
  RankedTensorType storage = getStorageType(type);
  int64_t channels = type.getShape().back();
  SmallVector<int64_t> values;
  if (!set.isRange())
    values = set.getIntegers();
  return bitpack::QuantizeOp::create(
             builder, loc, storage, floats, /*scratch=*/Value(),
             createDestination(builder, loc, storage), type, /*layer=*/{},
             /*strategy=*/{}, type.getNumElements() / channels, channels,
             lowBit.getScales(), getScaleStride(type), set.getLo(), set.getHi(),
             values, form.planes, form.offset)
      .getResult(0);
}

namespace {
/// slb.fused_conv2d, slb.fused_linear -> bitpack.conv2d, between
/// bitpack.dequantize and bitpack.quantize where the filter or the formula is
/// of floats, but input or result is stored as integers
template <typename OpTy>
struct FusedLayerConversion : OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    StoredInput input = getStoredInput(op, adaptor.getInput(), rewriter);
    auto inputType = cast<RankedTensorType>(op.getInput().getType());
    if (!getLowBitType(op.getFilter()) && getLowBitType(inputType)) {
      const ConvolutionGeometry &g = input.geometry;
      if (getTensorType(input.value) != getStorageType(inputType))
        inputType = RankedTensorType::get(
            {1, g.inputHeight, g.inputWidth, g.inputChannels},
            inputType.getElementType());
      input.value = dequantize(rewriter, loc, input.value, inputType);
      inputType = inputType.clone(rewriter.getF32Type());
    }
    auto filter =
        storeFilter(rewriter, op.getFilter(), input.geometry.outputChannels);
    auto scale = createScale(rewriter, op.getScale(), inputType,
                             op.getFilter().getType());
    if (failed(filter) || failed(scale))
      return rewriter.notifyMatchFailure(op,
                                         "filter or scale cannot be packed");
    StoredForm inputForm = getStoredForm(inputType);
    auto bias = createBias(rewriter, adaptor.getShift(), *scale,
                           getMissing(*filter, inputForm.offset));
    if (failed(bias))
      return rewriter.notifyMatchFailure(op, "shift is not constant");
    auto resultType = cast<RankedTensorType>(op.getResult().getType());
    bitpack::Conv2DOp conv = createConv2D(
        rewriter, loc, input, inputForm, *filter,
        resultType.clone(rewriter.getF32Type()), op.getLayerAttr());
    conv.getScaleMutable().assign(*scale);
    conv.getBiasMutable().assign(*bias);
    if (Value residual = adaptor.getResidual()) {
      OpBuilder::InsertionGuard guard(rewriter);
      rewriter.setInsertionPoint(conv);
      conv.getResidualMutable().assign(
          dequantize(rewriter, loc, residual, getTensorType(op.getResidual())));
    }
    conv.setRelu(op.getRelu());
    rewriter.replaceOp(op,
                       quantize(rewriter, loc, conv.getResult(0), resultType));
    return success();
  }
};

/// slb.dequantize -> bitpack.dequantize
struct DequantizeConversion : OpConversionPattern<DequantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(DequantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, dequantize(rewriter, op.getLoc(), adaptor.getInput(),
                                      getTensorType(op.getInput())));
    return success();
  }
};

/// slb.quantize -> bitpack.quantize
struct QuantizeConversion : OpConversionPattern<QuantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(QuantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, quantize(rewriter, op.getLoc(), adaptor.getInput(),
                                    getTensorType(op.getResult())));
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Other layers
//===----------------------------------------------------------------------===//

namespace {
/// slb.requantize -> bitpack.requantize
struct RequantizeConversion : OpConversionPattern<RequantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(RequantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(op.getResult().getType());
    RankedTensorType storage = getStorageType(type);
    StoredRange range = getStoredRange(type);
    StoredForm form = getStoredForm(op.getInput().getType()), otherForm;
    if (op.getOther())
      otherForm = getStoredForm(op.getOther().getType());
    int32_t multiplier = op.getMultiplier();
    int32_t otherMultiplier = op.getOtherMultiplier();
    auto addend = shiftAddend(
        op.getAddend(),
        {{form.offset, multiplier}, {otherForm.offset, otherMultiplier}},
        range.offset, op.getShift());
    if (!addend)
      return op.emitOpError("expects an addend that fits 64 bits beside the "
                            "offset of stored bytes, but got ")
             << int64_t(op.getAddend());
    int64_t channels = type.getShape().back();
    Value destination = createDestination(rewriter, op.getLoc(), storage);
    auto requantize = bitpack::RequantizeOp::create(
        rewriter, op.getLoc(), storage, adaptor.getInput(), adaptor.getOther(),
        /*scratch=*/Value(), destination, type, op.getLayerAttr(),
        /*strategy=*/{}, type.getNumElements() / channels, channels, multiplier,
        otherMultiplier, *addend, op.getShift(), range.lo, range.hi,
        form.planes, otherForm.planes, getStoredForm(type).planes);
    rewriter.replaceOp(op, requantize.getResults());
    return success();
  }
};
} // namespace

static bitpack::Pool2DOp
createPool2D(OpBuilder &builder, Operation *op, bitpack::PoolKind kind,
             RankedTensorType inputType, Value input, StringAttr layer,
             ArrayRef<int64_t> kernel, ArrayRef<int64_t> strides,
             ArrayRef<int64_t> pads) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  RankedTensorType storage = getStorageType(type);
  Value destination = createDestination(builder, op->getLoc(), storage);
  StoredForm form = getStoredForm(inputType);
  bool isSum = kind == bitpack::PoolKind::Sum;
  return bitpack::Pool2DOp::create(
      builder, op->getLoc(), storage, kind, input, /*scratch=*/Value(),
      destination, type, layer, /*strategy=*/{},
      inputType.getShape().drop_front(), type.getShape().drop_front(), kernel,
      strides, pads, form.planes, isSum ? form.offset : 0);
}

namespace {
/// slb.pool2d -> bitpack.pool2d
struct PoolConversion : OpConversionPattern<Pool2DOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(Pool2DOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto kind = op.getKind() == PoolKind::Max ? bitpack::PoolKind::Max
                                              : bitpack::PoolKind::Sum;
    auto pool = createPool2D(rewriter, op, kind,
                             cast<RankedTensorType>(op.getInput().getType()),
                             adaptor.getInput(), op.getLayerAttr(),
                             op.getKernel(), op.getStrides(), op.getPads());
    rewriter.replaceOp(op, pool.getResults());
    return success();
  }
};

/// tosa.max_pool2d, tosa.avg_pool2d of floats -> bitpack.pool2d
template <typename OpTy, bitpack::PoolKind kind>
struct FloatPoolConversion : OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value source = getUncutPoolInput(op);
    auto pool = createPool2D(rewriter, op, kind,
                             cast<RankedTensorType>(source.getType()),
                             rewriter.getRemappedValue(source), /*layer=*/{},
                             op.getKernel(), op.getStride(), op.getPad());
    rewriter.replaceOp(op, pool.getResults());
    return success();
  }
};

/// tosa.add of floats of one shape -> bitpack.add
struct AddConversion : OpConversionPattern<tosa::AddOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tosa::AddOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(op.getType());
    if (adaptor.getInput1().getType() != type ||
        adaptor.getInput2().getType() != type)
      return rewriter.notifyMatchFailure(op, "operands are broadcast");
    Value destination = createDestination(rewriter, op.getLoc(), type);
    auto add = bitpack::AddOp::create(
        rewriter, op.getLoc(), type, adaptor.getInput1(), adaptor.getInput2(),
        /*scratch=*/Value(), destination, type, /*layer=*/{}, /*strategy=*/{});
    rewriter.replaceOp(op, add.getResults());
    return success();
  }
};

/// tosa.clamp to [0, the largest float] -> bitpack.relu
struct ReluConversion : OpConversionPattern<tosa::ClampOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tosa::ClampOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto low = dyn_cast<FloatAttr>(op.getMinVal());
    auto high = dyn_cast<FloatAttr>(op.getMaxVal());
    if (!low || !high || !low.getValue().isZero() ||
        !(high.getValue().isInfinity() || high.getValue().isLargest()))
      return rewriter.notifyMatchFailure(op, "not a ReLU");
    auto type = cast<RankedTensorType>(op.getType());
    Value destination = createDestination(rewriter, op.getLoc(), type);
    auto relu = bitpack::ReluOp::create(
        rewriter, op.getLoc(), type, adaptor.getInput(), /*scratch=*/Value(),
        destination, type, /*layer=*/{}, /*strategy=*/{});
    rewriter.replaceOp(op, relu.getResults());
    return success();
  }
};

/// tensor.concat along the channels -> bitpack.concat
struct ConcatConversion : OpConversionPattern<tensor::ConcatOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tensor::ConcatOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType type = op.getResultType();
    if (int64_t(op.getDim()) != type.getRank() - 1)
      return rewriter.notifyMatchFailure(op, "not along the channels");
    SmallVector<int64_t> channels;
    for (Value input : op.getInputs())
      channels.push_back(getTensorType(input).getShape().back());
    RankedTensorType storage = getStorageType(type);
    int64_t planes = getStoredForm(type).planes.size();
    Value destination = createDestination(rewriter, op.getLoc(), storage);
    auto concat = bitpack::ConcatOp::create(
        rewriter, op.getLoc(), storage, adaptor.getInputs(),
        /*scratch=*/Value(), destination, type, /*layer=*/{}, /*strategy=*/{},
        type.getNumElements() / type.getShape().back(), channels,
        std::max<int64_t>(planes - 1, 0));
    rewriter.replaceOp(op, concat.getResults());
    return success();
  }
};

/// tensor.collapse_shape of an image to a vector -> the same on storage, or
/// bitpack.flatten of planes whose pixels are padded to words
struct FlattenConversion : OpConversionPattern<tensor::CollapseShapeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tensor::CollapseShapeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType source = op.getSrcType(), type = op.getResultType();
    RankedTensorType storage = getStorageType(type);
    if (bitpack::getStorage(storage) != bitpack::Storage::Planes) {
      rewriter.replaceOpWithNewOp<tensor::CollapseShapeOp>(
          op, storage, adaptor.getSrc(), op.getReassociation());
      return success();
    }
    int64_t channels = source.getShape().back();
    if (type.getShape().back() != type.getNumElements())
      return rewriter.notifyMatchFailure(op, "not a vector");
    Value destination = createDestination(rewriter, op.getLoc(), storage);
    auto flatten = bitpack::FlattenOp::create(
        rewriter, op.getLoc(), storage, adaptor.getSrc(), /*scratch=*/Value(),
        destination, type, /*layer=*/{}, /*strategy=*/{},
        source.getNumElements() / channels, channels,
        storage.getShape().drop_back().back());
    rewriter.replaceOp(op, flatten.getResults());
    return success();
  }
};
} // namespace

/// Whether layers alone read the constant, and as their filter, which they
/// pack.
static bool isFilter(ConstantOp constant) {
  return llvm::all_of(constant->getUsers(), [&](Operation *user) {
    return TypeSwitch<Operation *, bool>(user)
        .Case<IntegerConv2DOp, IntegerLinearOp, FusedConv2DOp, FusedLinearOp>(
            [&](auto layer) {
              return layer.getFilter() == constant.getResult() &&
                     layer.getInput() != constant.getResult();
            })
        .Default(false);
  });
}

namespace {
/// tosa.const to arith.constant.
struct TosaConstantConversion : OpConversionPattern<tosa::ConstOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tosa::ConstOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, op.getValues());
    return success();
  }
};

/// slb.constant to arith.constant, where it is an activation or a result.
struct ConstantConversion : OpConversionPattern<ConstantOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ConstantOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    RankedTensorType type = getTensorType(op);
    ValueSetAttr set = getLowBitType(type).getSet();
    SmallVector<char> storage;
    std::vector<int64_t> integers;
    for (char code : getRawData(op.getCodes(), storage))
      integers.push_back(set.getInteger(uint8_t(code)));
    std::vector<char> bytes = storeIntegers(integers, type);
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(
        op, DenseElementsAttr::getFromRawBuffer(getStorageType(type), bytes));
    return success();
  }
};
} // namespace

void slb::populateSLBToBitpackConversionPatterns(const TypeConverter &converter,
                                                 RewritePatternSet &patterns) {
  patterns
      .add<IntegerLayerConversion<IntegerConv2DOp>,
           IntegerLayerConversion<IntegerLinearOp>,
           FusedLayerConversion<FusedConv2DOp>,
           FusedLayerConversion<FusedLinearOp>, DequantizeConversion,
           QuantizeConversion, RequantizeConversion, PoolConversion,
           FloatPoolConversion<tosa::MaxPool2dOp, bitpack::PoolKind::Max>,
           FloatPoolConversion<tosa::AvgPool2dOp, bitpack::PoolKind::Average>,
           AddConversion, ReluConversion, ConcatConversion, FlattenConversion,
           ConstantConversion, TosaConstantConversion>(converter,
                                                       patterns.getContext());
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// What the storage of an argument or a result does not tell.
static SmallVector<NamedAttribute> describeStorage(Builder builder, Type type) {
  SmallVector<NamedAttribute> attributes = {
      builder.getNamedAttr("bitpack.type", TypeAttr::get(type))};
  if (int64_t offset = getStoredForm(type).offset)
    attributes.push_back(builder.getNamedAttr(
        "bitpack.offset", builder.getI64IntegerAttr(offset)));
  return attributes;
}

static void recordTypes(func::FuncOp func) {
  Builder builder(func.getContext());
  for (unsigned i = 0, e = func.getNumArguments(); i < e; ++i)
    for (NamedAttribute attribute :
         describeStorage(builder, func.getArgument(i).getType()))
      func.setArgAttr(i, attribute.getName(), attribute.getValue());
  for (unsigned i = 0, e = func.getNumResults(); i < e; ++i)
    for (NamedAttribute attribute :
         describeStorage(builder, func.getResultTypes()[i]))
      func.setResultAttr(i, attribute.getName(), attribute.getValue());
}

/// Kernels multiply what is stored in at most 16 bits.
template <typename OpTy> static LogicalResult verifyInput(OpTy op) {
  if (!getLowBitType(op.getInput()) || !getLowBitType(op.getFilter()) ||
      getStoredForm(op.getInput().getType()).storage !=
          bitpack::Storage::Integers)
    return success();
  return op.emitOpError("expects an input of at most 16 bits, but got ")
         << op.getInput().getType();
}

template <typename OpTy> static LogicalResult verifyLayer(OpTy op) {
  Operation *filter = op.getFilter().getDefiningOp();
  if (!filter || !filter->hasTrait<OpTrait::ConstantLike>())
    return op.emitOpError("expects a constant filter to pack");
  if (LowBitType lowBit = getLowBitType(op.getFilter());
      lowBit && !getStoredFilterForm(lowBit.getSet()))
    return op.emitOpError("expects a filter of at most 8 bits, but got ")
           << op.getFilter().getType();
  return verifyInput(op);
}

/// Constants that are left become arrays of the C, from dense elements alone.
static void inlineResources(ModuleOp module) {
  module.walk([](arith::ConstantOp constant) {
    auto resource = dyn_cast<DenseResourceElementsAttr>(constant.getValue());
    if (!resource)
      return;
    SmallVector<char> storage;
    constant.setValueAttr(DenseElementsAttr::getFromRawBuffer(
        resource.getType(), getRawData(resource, storage)));
  });
}

/// The slice only makes the windows of the pools behind it fit; those read its
/// source.
static bool isReadByNone(tensor::ExtractSliceOp slice) {
  return llvm::all_of(slice->getUsers(), [&](Operation *user) {
    Value source = TypeSwitch<Operation *, Value>(user)
                       .Case<tosa::MaxPool2dOp, tosa::AvgPool2dOp>(
                           [](auto pool) { return getUncutPoolInput(pool); })
                       .Default(Value(slice.getResult()));
    return source != slice.getResult();
  });
}

/// Says what cannot be packed, where the patterns would only fail.
static LogicalResult verifyPackable(ModuleOp module) {
  WalkResult result = module.walk([](Operation *op) -> WalkResult {
    return TypeSwitch<Operation *, LogicalResult>(op)
        .Case<IntegerConv2DOp, IntegerLinearOp, FusedConv2DOp, FusedLinearOp>(
            [](auto layer) { return verifyLayer(layer); })
        .Default(success());
  });
  return failure(result.wasInterrupted());
}

namespace {
/// Comes last, and says what no other pattern takes.
struct RefuseOperation : ConversionPattern {
  explicit RefuseOperation(MLIRContext *context)
      : ConversionPattern(MatchAnyOpTypeTag(), /*benefit=*/0, context) {}

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<Value>,
                                ConversionPatternRewriter &) const override {
    return op->emitOpError("is not supported with these types and attributes; "
                           "see 'Operators' in README.md");
  }
};

struct ConvertSLBToBitpack
    : slb::impl::ConvertSLBToBitpackPassBase<ConvertSLBToBitpack> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (failed(verifyPackable(module)))
      return signalPassFailure();
    for (auto func : module.getOps<func::FuncOp>())
      recordTypes(func);
    if (failed(convert(module)))
      return signalPassFailure();
    eraseDeadOps(module);
    inlineResources(module);
  }

  LogicalResult convert(ModuleOp module) {
    TypeConverter converter;
    converter.addConversion([](Type type) { return type; });
    converter.addConversion(
        [](RankedTensorType type) -> Type { return getStorageType(type); });
    RewritePatternSet patterns(&getContext());
    populateSLBToBitpackConversionPatterns(converter, patterns);
    populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                   converter);
    populateReturnOpTypeConversionPattern(patterns, converter);
    patterns.add<RefuseOperation>(&getContext());
    ConversionTarget target(getContext());
    target.addIllegalDialect<SLBDialect, tosa::TosaDialect>();
    target.addLegalDialect<bitpack::BitpackDialect, arith::ArithDialect>();
    // Filters are packed by the layers that read them; then they are dead.
    target.addLegalOp<ModuleOp, tensor::EmptyOp>();
    target.addDynamicallyLegalOp<ConstantOp>(isFilter);
    target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
      return converter.isSignatureLegal(op.getFunctionType());
    });
    target.addDynamicallyLegalOp<func::ReturnOp, tensor::CollapseShapeOp>(
        [&](Operation *op) { return converter.isLegal(op); });
    target.addIllegalOp<tensor::ConcatOp>();
    // Pools read past slices that only make their windows fit.
    target.addDynamicallyLegalOp<tensor::ExtractSliceOp>(isReadByNone);
    // The driver would add that it failed.
    bool isFirst = true;
    ScopedDiagnosticHandler onlyFirst(&getContext(), [&](Diagnostic &diag) {
      bool isError = diag.getSeverity() == DiagnosticSeverity::Error;
      return success(isError && !std::exchange(isFirst, false));
    });
    return applyFullConversion(module, target, std::move(patterns));
  }
};
} // namespace
