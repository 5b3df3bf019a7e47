//===- Convolution.cpp - lowers convolutions and linear layers ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every layer becomes a gather of input patches and a product of two matrices
// whose rows both lie contiguous: LLVM vectorizes that product over the row.
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToLinalg/Builders.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <limits>

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// The sum of products
//===----------------------------------------------------------------------===//

/// The input's patches [positions, groups, row length].
static Value getPatches(TensorBuilder &b, Value input,
                        const ConvolutionGeometry &g) {
  int64_t height = g.getConvHeight(), width = g.getConvWidth();
  SmallVector<int64_t> rows = {height * width, g.groups, g.getRowLength()};
  bool isPointwise = g.kernelHeight == 1 && g.kernelWidth == 1 &&
                     g.strideHeight == 1 && g.strideWidth == 1;
  if (isPointwise)
    return b.reshaped(input, rows);
  MLIRContext *context = b.get().getContext();
  AffineExpr y, x, group, ky, kx, c;
  bindDims(context, y, x, group, ky, kx, c);
  AffineMap inputMap =
      AffineMap::get(6, 0,
                     {b.get().getAffineConstantExpr(0),
                      y * g.strideHeight + ky * g.dilationHeight,
                      x * g.strideWidth + kx * g.dilationWidth,
                      group * g.getGroupChannels() + c},
                     context);
  SmallVector<int64_t> shape = {height,        width,
                                g.groups,      g.kernelHeight,
                                g.kernelWidth, g.getGroupChannels()};
  Value init = b.create<tensor::EmptyOp>(
      shape, cast<RankedTensorType>(input.getType()).getElementType());
  SmallVector<utils::IteratorType> iterators(6, utils::IteratorType::parallel);
  auto gather = b.create<linalg::GenericOp>(
      init.getType(), input, init,
      ArrayRef<AffineMap>{inputMap, b.get().getMultiDimIdentityMap(6)},
      iterators, [](OpBuilder &builder, Location loc, ValueRange args) {
        linalg::YieldOp::create(builder, loc, args[0]);
      });
  return b.reshaped(gather.getResult(0), rows);
}

/// The sums [1, height, width, channels] of products, each computed by `body`
/// from two elements and the sum so far. Out of the image `zero` is read.
static Value convolve(TensorBuilder &b, Value input, Value filter,
                      const ConvolutionGeometry &g, Value zero, Value init,
                      TensorBuilder::Body body) {
  input = b.reshaped(input, {1, g.inputHeight, g.inputWidth, g.inputChannels});
  input = b.padded(input, {g.padTop, g.padBottom, g.padLeft, g.padRight}, zero);
  Value patches = getPatches(b, input, g);
  int64_t positions = g.getConvHeight() * g.getConvWidth();
  int64_t groupOutputs = g.outputChannels / g.groups;
  filter = b.reshaped(filter, {g.groups, groupOutputs, g.getRowLength()});
  MLIRContext *context = b.get().getContext();
  AffineExpr p, group, o, r;
  bindDims(context, p, group, o, r);
  AffineMap maps[] = {AffineMap::get(4, 0, {p, group, r}, context),
                      AffineMap::get(4, 0, {group, o, r}, context),
                      AffineMap::get(4, 0, {p, group, o}, context)};
  SmallVector<utils::IteratorType> iterators(4, utils::IteratorType::parallel);
  iterators[3] = utils::IteratorType::reduction;
  Value sums = b.filled({positions, g.groups, groupOutputs}, init);
  auto product = b.create<linalg::GenericOp>(
      sums.getType(), ValueRange{patches, filter}, sums, maps, iterators,
      [&](OpBuilder &builder, Location loc, ValueRange args) {
        TensorBuilder inner(builder, loc);
        inner.create<linalg::YieldOp>(body(inner, args));
      });
  return b.reshaped(product.getResult(0),
                    {1, g.getConvHeight(), g.getConvWidth(), g.outputChannels});
}

/// The int32 convolution of integers.
static Value convolveIntegers(TensorBuilder &b, Value input, Value filter,
                              LowBitType inputType, LowBitType filterType,
                              const ConvolutionGeometry &g) {
  Type i32 = b.get().getI32Type();
  Type storage = cast<RankedTensorType>(input.getType()).getElementType();
  return convolve(b, input, filter, g, b.integer(storage, 0), b.integer(i32, 0),
                  [&](TensorBuilder &b, ValueRange args) -> Value {
                    Value x = b.extended(args[0], inputType, i32);
                    Value w = b.extended(args[1], filterType, i32);
                    return b.create<arith::AddIOp>(
                        args[2], b.create<arith::MulIOp>(x, w));
                  });
}

/// The convolution of float32 values with sums in float64: a reference should
/// not add rounding errors of its own to those that it is compared with.
static Value convolveReals(TensorBuilder &b, Value input, Value filter,
                           const ConvolutionGeometry &g) {
  Type f64 = b.get().getF64Type();
  return convolve(b, input, filter, g, b.real(b.get().getF32Type(), 0),
                  b.real(f64, 0),
                  [&](TensorBuilder &b, ValueRange args) -> Value {
                    Value x = b.create<arith::ExtFOp>(f64, args[0]);
                    Value w = b.create<arith::ExtFOp>(f64, args[1]);
                    Value product = b.create<arith::MulFOp>(x, w);
                    // Any order of the sum will do: vectors sum their lanes.
                    return b.create<arith::AddFOp>(
                        args[2], product, arith::FastMathFlags::reassoc);
                  });
}

static Value poolMax(TensorBuilder &b, Value x, const ConvolutionGeometry &g) {
  if (g.poolHeight == 1 && g.poolWidth == 1)
    return x;
  Type type = cast<RankedTensorType>(x.getType()).getElementType();
  bool isInteger = type.isInteger();
  Value lowest = isInteger
                     ? b.integer(type, std::numeric_limits<int32_t>::min())
                     : b.real(type, -std::numeric_limits<double>::infinity());
  SmallVector<int64_t> window = {g.poolHeight, g.poolWidth};
  SmallVector<int64_t> shape = {1, g.getOutputHeight(), g.getOutputWidth(),
                                g.outputChannels};
  return b.pooled(x, window, window, shape, lowest,
                  [&](TensorBuilder &b, ValueRange args) -> Value {
                    if (isInteger)
                      return b.create<arith::MaxSIOp>(args[0], args[1]);
                    return b.create<arith::MaximumFOp>(args[0], args[1]);
                  });
}

//===----------------------------------------------------------------------===//
// Layers on real values
//===----------------------------------------------------------------------===//

/// No sum of `length` products of the two sets leaves int32.
static bool fitsInt32(LowBitType input, LowBitType filter, int64_t length) {
  auto getMagnitude = [](LowBitType type) -> double {
    ValueSetAttr set = type.getSet();
    return std::max(std::abs(double(set.getLo())),
                    std::abs(double(set.getHi())));
  };
  return getMagnitude(input) * getMagnitude(filter) * length <=
         std::numeric_limits<int32_t>::max();
}

namespace {
/// A convolution of real values, computed on integers where both operands are
/// low-bit: then only one rounding separates it from the true value.
struct RealConvolution {
  /// The sums after pooling: i32 in units of `units`, or f64.
  Value sums;
  /// One unit an output channel; null if the sums are real.
  Value units;

  template <typename OpT>
  RealConvolution(TensorBuilder &b, OpT op, typename OpT::Adaptor adaptor) {
    ConvolutionGeometry g = op.getGeometry();
    LowBitType input = getLowBitType(op.getInput());
    LowBitType filter = getLowBitType(op.getFilter());
    if (input && filter && fitsInt32(input, filter, g.getRowLength())) {
      sums = convolveIntegers(b, adaptor.getInput(), adaptor.getFilter(), input,
                              filter, g);
      SmallVector<double> values;
      for (int64_t o = 0; o < g.outputChannels; ++o)
        values.push_back(double(input.getScale()) * filter.getScale(o));
      auto type = RankedTensorType::get(g.outputChannels, b.get().getF64Type());
      units = b.create<arith::ConstantOp>(
          type, DenseElementsAttr::get(type, ArrayRef<double>(values)));
    } else {
      sums = convolveReals(b, b.reals(adaptor.getInput(), op.getInput()),
                           b.reals(adaptor.getFilter(), op.getFilter()), g);
    }
    sums = poolMax(b, sums, g);
  }

  SmallVector<Value> getOperands() const {
    return units ? SmallVector<Value>{sums, units} : SmallVector<Value>{sums};
  }
  /// The real sum, f64, from the elements of getOperands().
  Value getReal(TensorBuilder &b, ValueRange args) const {
    if (!units)
      return args[0];
    Value real = b.create<arith::SIToFPOp>(b.get().getF64Type(), args[0]);
    return b.create<arith::MulFOp>(real, args[1]);
  }
};
} // namespace

static Value truncated(TensorBuilder &b, Value x) {
  return b.create<arith::TruncFOp>(b.get().getF32Type(), x);
}

static ArrayRef<int64_t> getShape(Value x) {
  return cast<RankedTensorType>(x.getType()).getShape();
}

namespace {
/// slb.conv2d and slb.linear to linalg.
template <typename OpT> struct RealLayerConversion : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    RealConvolution convolution(b, op, adaptor);
    Type f32 = rewriter.getF32Type();
    Value result = b.elementwise(
        convolution.getOperands(), f32, [&](TensorBuilder &b, ValueRange args) {
          return truncated(b, convolution.getReal(b, args));
        });
    rewriter.replaceOp(op, b.reshaped(result, getShape(op.getResult())));
    return success();
  }
};

/// slb.fused_conv2d and slb.fused_linear to linalg.
template <typename OpT> struct FusedLayerConversion : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    RealConvolution convolution(b, op, adaptor);
    SmallVector<Value> operands = convolution.getOperands();
    size_t sumOperands = operands.size();
    operands.append({adaptor.getScale(), adaptor.getShift()});
    if (op.getResidual())
      operands.push_back(
          b.reshaped(b.reals(adaptor.getResidual(), op.getResidual()),
                     getShape(convolution.sums)));
    Type f64 = rewriter.getF64Type();
    auto body = [&](TensorBuilder &b, ValueRange args) -> Value {
      Value y = convolution.getReal(b, args.take_front(sumOperands));
      args = args.drop_front(sumOperands);
      y = b.create<arith::MulFOp>(y, b.create<arith::ExtFOp>(f64, args[0]));
      for (Value term : args.drop_front())
        y = b.create<arith::AddFOp>(y, b.create<arith::ExtFOp>(f64, term));
      if (op.getRelu())
        y = b.create<arith::MaximumFOp>(y, b.real(f64, 0));
      return finish(b, y, getLowBitType(op.getResult()));
    };
    Type resultType = cast<RankedTensorType>(TensorBuilder::getStorageType(
                                                 op.getResult().getType()))
                          .getElementType();
    Value result = b.elementwise(operands, resultType, body);
    rewriter.replaceOp(op, b.reshaped(result, getShape(op.getResult())));
    return success();
  }

  /// Quantizes if the layer does.
  static Value finish(TensorBuilder &b, Value y, LowBitType type) {
    if (!type)
      return truncated(b, y);
    Value scale = b.real(y.getType(), type.getScale());
    return b.quantized(b.create<arith::DivFOp>(y, scale), type);
  }
};

//===----------------------------------------------------------------------===//
// Integer layers
//===----------------------------------------------------------------------===//

/// slb.integer_conv2d and slb.integer_linear to linalg.
template <typename OpT>
struct IntegerLayerConversion : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    ConvolutionGeometry g = op.getGeometry();
    Value sums = convolveIntegers(b, adaptor.getInput(), adaptor.getFilter(),
                                  getLowBitType(op.getInput()),
                                  getLowBitType(op.getFilter()), g);
    sums = poolMax(b, sums, g);
    Value result = op.getThresholds() ? countThresholds(b, op, adaptor, sums)
                                      : requantize(b, op, adaptor, sums);
    rewriter.replaceOp(op, b.reshaped(result, getShape(op.getResult())));
    return success();
  }

  /// The integer of the code that counts the thresholds reached.
  static Value countThresholds(TensorBuilder &b, OpT op,
                               typename OpT::Adaptor adaptor, Value sums) {
    ValueSetAttr set = getLowBitType(op.getResult()).getSet();
    Type storage = b.get().getIntegerType(set.getStorageBits());
    Value zero = b.integer(storage, 0);
    Value init = b.filled(getShape(sums), b.integer(storage, set.getLo()));

    // The channels are innermost and contiguous, thresholds as well.
    MLIRContext *context = b.get().getContext();
    AffineExpr n, y, x, l, c;
    bindDims(context, n, y, x, l, c);
    AffineMap image = AffineMap::get(5, 0, {n, y, x, c}, context);
    SmallVector<AffineMap> maps = {image,
                                   AffineMap::get(5, 0, {l, c}, context)};
    SmallVector<Value> operands = {sums, transposed(b, adaptor.getThresholds()),
                                   steps(b, set, storage)};
    maps.push_back(AffineMap::get(5, 0, {l}, context));
    if (op.getSigns()) {
      operands.push_back(adaptor.getSigns());
      maps.push_back(AffineMap::get(5, 0, {c}, context));
    }
    maps.push_back(image);
    SmallVector<utils::IteratorType> iterators(5,
                                               utils::IteratorType::parallel);
    iterators[3] = utils::IteratorType::reduction;
    bool hasSigns = !!op.getSigns();
    auto generic = b.create<linalg::GenericOp>(
        init.getType(), operands, init, maps, iterators,
        [&](OpBuilder &builder, Location loc, ValueRange args) {
          TensorBuilder b(builder, loc);
          Value sum = args[0];
          if (hasSigns)
            sum = b.create<arith::MulIOp>(
                sum, b.create<arith::ExtSIOp>(sum.getType(), args[3]));
          Value isReached =
              b.create<arith::CmpIOp>(arith::CmpIPredicate::sge, sum, args[1]);
          Value more = b.create<arith::SelectOp>(isReached, args[2], zero);
          b.create<linalg::YieldOp>(
              Value(b.create<arith::AddIOp>(args.back(), more)));
        });
    return generic.getResult(0);
  }

  /// From each integer of the set to the next.
  static Value steps(TensorBuilder &b, ValueSetAttr set, Type storage) {
    SmallVector<APInt> steps;
    for (int64_t code = 1, e = set.size(); code < e; ++code)
      steps.push_back(APInt(storage.getIntOrFloatBitWidth(),
                            set.getInteger(code) - set.getInteger(code - 1)));
    auto type = RankedTensorType::get(int64_t(steps.size()), storage);
    return b.create<arith::ConstantOp>(
        type, DenseElementsAttr::get(type, ArrayRef<APInt>(steps)));
  }

  static Value transposed(TensorBuilder &b, Value matrix) {
    auto type = cast<RankedTensorType>(matrix.getType());
    Value init = b.create<tensor::EmptyOp>(
        ArrayRef<int64_t>{type.getDimSize(1), type.getDimSize(0)},
        type.getElementType());
    return b.create<linalg::TransposeOp>(matrix, init, ArrayRef<int64_t>{1, 0})
        ->getResult(0);
  }

  /// clamp((sum * multiplier + residual * its multiplier + addend) >> shift).
  static Value requantize(TensorBuilder &b, OpT op,
                          typename OpT::Adaptor adaptor, Value sums) {
    Type i64 = b.get().getI64Type();
    SmallVector<Value> operands = {sums, adaptor.getMultiplier(),
                                   adaptor.getAddend()};
    if (op.getResidual())
      operands.push_back(b.reshaped(adaptor.getResidual(), getShape(sums)));
    LowBitType type = getLowBitType(op.getResult());
    auto body = [&](TensorBuilder &b, ValueRange args) -> Value {
      Value y = b.create<arith::MulIOp>(b.extended(args[0], {}, i64),
                                        b.extended(args[1], {}, i64));
      if (op.getResidual()) {
        Value r = b.extended(args[3], getLowBitType(op.getResidual()), i64);
        int32_t multiplier = op.getResidualMultiplier();
        y = b.create<arith::AddIOp>(
            y, b.create<arith::MulIOp>(r, b.integer(i64, multiplier)));
      }
      y = b.create<arith::AddIOp>(y, args[2]);
      int64_t shift = op.getShift();
      y = b.create<arith::ShRSIOp>(y, b.integer(i64, shift));
      return b.saturated(y, type);
    };
    return b.elementwise(
        operands, b.get().getIntegerType(type.getSet().getStorageBits()), body);
  }
};
} // namespace

void slb::populateConvolutionPatterns(const TypeConverter &converter,
                                      RewritePatternSet &patterns) {
  patterns.add<RealLayerConversion<Conv2DOp>, RealLayerConversion<LinearOp>,
               FusedLayerConversion<FusedConv2DOp>,
               FusedLayerConversion<FusedLinearOp>,
               IntegerLayerConversion<IntegerConv2DOp>,
               IntegerLayerConversion<IntegerLinearOp>>(converter,
                                                        patterns.getContext());
}
