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

/// What the multiplier formula is clamped to: the integers of a range, the
/// codes of an odd set.
static std::pair<int32_t, int32_t> getRequantizeBounds(Type type) {
  ValueSetAttr set = getLowBitType(type).getSet();
  if (set.isOdd())
    return {0, int32_t(set.size() - 1)};
  return {int32_t(set.getLo()), int32_t(set.getHi())};
}

namespace slb {
#define GEN_PASS_DEF_CONVERTSLBTOBITPACKPASS
#include "lib/Conversion/SLBToBitpack/Passes.h.inc"
} // namespace slb

//===----------------------------------------------------------------------===//
// Filters
//===----------------------------------------------------------------------===//

namespace {
/// A filter in storage: a constant, and the planes of its words, if any.
struct StoredFilter {
  Value constant;
  SmallVector<int64_t> planes;
};
} // namespace

/// Low-bit filters wider than four bits a value stay bytes.
static bool isFilterStoredAsBytes(ValueSetAttr set) {
  return set.isRange() && set.getBits() > 4 && llvm::isInt<8>(set.getLo()) &&
         llvm::isInt<8>(set.getHi());
}

static std::vector<int64_t> getIntegers(ValueSetAttr set) {
  SmallVector<int64_t> integers = set.getIntegers();
  return {integers.begin(), integers.end()};
}

static Value storeAsBytes(OpBuilder &builder, Location loc, ValueSetAttr set,
                          ArrayRef<char> codes, int64_t rows) {
  std::vector<int8_t> bytes(codes.size());
  for (auto [byte, code] : llvm::zip(bytes, codes))
    byte = int8_t(set.getInteger(uint8_t(code)));
  return createConstant<int8_t>(builder, loc, bytes, builder.getI8Type(),
                                {rows, int64_t(codes.size()) / rows});
}

static FailureOr<StoredFilter> storeFilter(OpBuilder &builder, Value filter,
                                           int64_t rows) {
  Location loc = filter.getLoc();
  SmallVector<char> storage;
  if (auto constant = filter.getDefiningOp<ConstantOp>()) {
    ValueSetAttr set = getLowBitType(filter).getSet();
    ArrayRef<char> codes = getRawData(constant.getCodes(), storage);
    if (isFilterStoredAsBytes(set))
      return StoredFilter{storeAsBytes(builder, loc, set, codes, rows), {}};
    int64_t length = int64_t(codes.size()) / rows;
    std::vector<int64_t> integers = getIntegers(set);
    auto planes = getPlaneCoefficients(integers);
    if (!planes)
      return failure();
    std::vector<int32_t> words = packFilter(
        *planes, integers, reinterpret_cast<const int8_t *>(codes.data()), rows,
        length);
    int64_t count = planes->coefficients.size();
    StoredFilter result;
    result.constant =
        createConstant<int32_t>(builder, loc, words, builder.getI32Type(),
                                {rows, count, bitpack::getWords(length)});
    result.planes.push_back(planes->offset);
    llvm::append_range(result.planes, planes->coefficients);
    return result;
  }
  std::optional<SmallVector<float>> floats = getFloats(filter);
  if (!floats)
    return failure();
  return StoredFilter{
      createConstant<float>(builder, loc, *floats, builder.getF32Type(),
                            {rows, int64_t(floats->size()) / rows}),
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
static bitpack::Conv2DOp createConv2D(OpBuilder &builder, Location loc,
                                      const StoredInput &input,
                                      const StoredFilter &filter,
                                      RankedTensorType resultType,
                                      StringAttr layer) {
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
  op.setWeightPlanes(filter.planes);
  op.setOutputPlanes(getActivationPlanes(resultType));
  return op;
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
    auto resultType = cast<RankedTensorType>(op.getResult().getType());
    bitpack::Conv2DOp conv = createConv2D(rewriter, op.getLoc(), input, *filter,
                                          resultType, op.getLayerAttr());
    conv.setInputPlanes(getActivationPlanes(op.getInput().getType()));
    conv.getThresholdsMutable().assign(optional(adaptor.getThresholds()));
    conv.getSignsMutable().assign(optional(adaptor.getSigns()));
    conv.getMultiplierMutable().assign(optional(adaptor.getMultiplier()));
    conv.getAddendMutable().assign(optional(adaptor.getAddend()));
    if (Value residual = adaptor.getResidual()) {
      conv.getResidualMutable().assign(residual);
      conv.setResidualPlanes(getActivationPlanes(op.getResidual().getType()));
    }
    conv.setShift(op.getShift());
    conv.setResidualMultiplier(int32_t(op.getResidualMultiplier()));
    auto [lo, hi] = getRequantizeBounds(resultType);
    conv.setLo(lo);
    conv.setHi(hi);
    rewriter.replaceOp(op, conv.getResults());
    return success();
  }

  static ValueRange optional(const Value &value) {
    return value ? ValueRange(value) : ValueRange();
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

/// Floats of `stored`, whose type before packing was `type`; itself if they
/// are.
static Value dequantize(OpBuilder &builder, Location loc, Value stored,
                        RankedTensorType type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit)
    return stored;
  RankedTensorType floats = type.clone(builder.getF32Type());
  int64_t channels = type.getShape().back();
  return bitpack::DequantizeOp::create(
             builder, loc, floats, stored, /*scratch=*/Value(),
             createDestination(builder, loc, floats), floats, /*layer=*/{},
             /*strategy=*/{}, type.getNumElements() / channels, channels,
             llvm::APFloat(lowBit.getScale()), getActivationPlanes(type))
      .getResult(0);
}

/// `floats` quantized to `type`; itself if that is a type of floats.
static Value quantize(OpBuilder &builder, Location loc, Value floats,
                      RankedTensorType type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit)
    return floats;
  RankedTensorType storage = getStorageType(type);
  int64_t channels = type.getShape().back();
  return bitpack::QuantizeOp::create(
             builder, loc, storage, floats, /*scratch=*/Value(),
             createDestination(builder, loc, storage), type, /*layer=*/{},
             /*strategy=*/{}, type.getNumElements() / channels, channels,
             llvm::APFloat(lowBit.getScale()), lowBit.getSet().getLo(),
             lowBit.getSet().getHi(), getActivationPlanes(type))
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
    auto resultType = cast<RankedTensorType>(op.getResult().getType());
    bitpack::Conv2DOp conv = createConv2D(
        rewriter, loc, input, *filter, resultType.clone(rewriter.getF32Type()),
        op.getLayerAttr());
    conv.setInputPlanes(getActivationPlanes(inputType));
    conv.getScaleMutable().assign(*scale);
    conv.getBiasMutable().assign(adaptor.getShift());
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
    auto [lo, hi] = getRequantizeBounds(type);
    int64_t channels = type.getShape().back();
    Value destination = createDestination(rewriter, op.getLoc(), storage);
    auto requantize = bitpack::RequantizeOp::create(
        rewriter, op.getLoc(), storage, adaptor.getInput(), adaptor.getOther(),
        /*scratch=*/Value(), destination, type, op.getLayerAttr(),
        /*strategy=*/{}, type.getNumElements() / channels, channels,
        int32_t(op.getMultiplier()), int32_t(op.getOtherMultiplier()),
        int64_t(op.getAddend()), op.getShift(), lo, hi,
        getActivationPlanes(op.getInput().getType()),
        op.getOther() ? getActivationPlanes(op.getOther().getType())
                      : SmallVector<int64_t>(),
        getActivationPlanes(type));
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
  return bitpack::Pool2DOp::create(
      builder, op->getLoc(), storage, kind, input, /*scratch=*/Value(),
      destination, type, layer, /*strategy=*/{},
      inputType.getShape().drop_front(), type.getShape().drop_front(), kernel,
      strides, pads, getActivationPlanes(inputType));
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
    int64_t planes = getActivationPlanes(type).size();
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
           ConstantConversion>(converter, patterns.getContext());
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Keeps the types of arguments and results, which the storage does not tell.
static void recordTypes(func::FuncOp func) {
  for (unsigned i = 0, e = func.getNumArguments(); i < e; ++i)
    func.setArgAttr(i, "bitpack.type",
                    TypeAttr::get(func.getArgument(i).getType()));
  for (unsigned i = 0, e = func.getNumResults(); i < e; ++i)
    func.setResultAttr(i, "bitpack.type",
                       TypeAttr::get(func.getResultTypes()[i]));
}

template <typename OpTy> static LogicalResult verifyLayer(OpTy op) {
  Operation *filter = op.getFilter().getDefiningOp();
  if (!filter || !filter->hasTrait<OpTrait::ConstantLike>())
    return op.emitOpError("expects a constant filter to pack");
  for (Value value : {op.getInput(), op.getResidual()}) {
    LowBitType lowBit = value ? getLowBitType(value) : LowBitType();
    if (lowBit && lowBit.isPerChannel())
      return op.emitOpError("expects activations of one scale to pack");
    if (value == op.getInput() && lowBit &&
        lowBit.getSet().getStorageBits() > 8)
      return op.emitOpError("expects an input of at most 8 bits, but got ")
             << value.getType();
  }
  if (LowBitType lowBit = getLowBitType(op.getFilter());
      lowBit && lowBit.getSet().getStorageBits() > 8)
    return op.emitOpError("expects a filter of at most 8 bits, but got ")
           << op.getFilter().getType();
  return success();
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
    target.addLegalOp<ModuleOp, tosa::ConstOp, tensor::EmptyOp>();
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
