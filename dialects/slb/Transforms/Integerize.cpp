//===- Integerize.cpp - phase fused to integer: layers in integers --------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"
#include "dialects/slb/Transforms/FixedPoint.h"
#include "dialects/slb/Transforms/Passes.h"
#include "dialects/slb/Transforms/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include <cfloat>
#include <cmath>
#include <limits>

namespace slb {
#define GEN_PASS_DEF_SLBINTEGERIZE
#include "dialects/slb/Transforms/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

static constexpr int64_t kInt32Max = std::numeric_limits<int32_t>::max();
static constexpr int64_t kInt32Min = std::numeric_limits<int32_t>::min();

static bool isReshape(Operation *op) {
  return isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(op);
}

/// The function returns this value, perhaps reshaped, and nothing else reads
/// it.
static bool isOnlyReturned(Value value) {
  return llvm::all_of(value.getUsers(), [](Operation *user) {
    return isa<func::ReturnOp>(user) ||
           (isReshape(user) && isOnlyReturned(user->getResult(0)));
  });
}

//===----------------------------------------------------------------------===//
// Data movement happens on low-bit tensors
//===----------------------------------------------------------------------===//

namespace {
/// reshape(dequantize(x)) -> dequantize(reshape(x))
template <typename ReshapeOp>
struct ReshapeLowBit : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern<ReshapeOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto source = op.getSrc().template getDefiningOp<DequantizeOp>();
    LowBitType type = source ? getLowBitType(source.getInput()) : nullptr;
    if (!type || type.isPerChannel())
      return rewriter.notifyMatchFailure(op,
                                         "not of one scale's low-bit values");
    auto result = cast<ShapedType>(op.getType());
    Value reshaped =
        ReshapeOp::create(rewriter, op.getLoc(), result.clone(type),
                          source.getInput(), op.getReassociationIndices());
    rewriter.replaceOpWithNewOp<DequantizeOp>(op, result, reshaped);
    return success();
  }
};

/// concat(dequantize(x), ...) -> dequantize(concat(x, ...)), for one type
struct ConcatLowBit : OpRewritePattern<tensor::ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tensor::ConcatOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> parts;
    LowBitType type;
    for (Value input : op.getInputs()) {
      auto source = input.getDefiningOp<DequantizeOp>();
      if (!source)
        return rewriter.notifyMatchFailure(op, "not of low-bit values alone");
      LowBitType partType = getLowBitType(source.getInput());
      if (partType.isPerChannel() || (type && type != partType))
        return rewriter.notifyMatchFailure(op, "not of one low-bit type");
      type = partType;
      parts.push_back(source.getInput());
    }
    auto result = cast<ShapedType>(op.getType());
    Value concat = tensor::ConcatOp::create(
        rewriter, op.getLoc(), result.clone(type), op.getDim(), parts);
    rewriter.replaceOpWithNewOp<DequantizeOp>(op, result, concat);
    return success();
  }
};

/// tosa.max_pool2d(dequantize(x)) -> dequantize(slb.pool2d max x)
struct MaxPoolLowBit : OpRewritePattern<tosa::MaxPool2dOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tosa::MaxPool2dOp op,
                                PatternRewriter &rewriter) const override {
    auto source = getUncutPoolInput(op).getDefiningOp<DequantizeOp>();
    LowBitType type = source ? getLowBitType(source.getInput()) : nullptr;
    if (!type || type.isPerChannel())
      return rewriter.notifyMatchFailure(op,
                                         "not of one scale's low-bit values");
    auto result = cast<ShapedType>(op.getType());
    Value pool = Pool2DOp::create(rewriter, op.getLoc(), result.clone(type),
                                  PoolKind::Max, source.getInput(),
                                  op.getKernel(), op.getStride(), op.getPad(),
                                  /*layer=*/StringAttr());
    rewriter.replaceOpWithNewOp<DequantizeOp>(op, result, pool);
    return success();
  }
};

/// relu(dequantize(x)) -> dequantize(x), where x has no negative values
struct ReluOfUnsigned : OpRewritePattern<tosa::ClampOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tosa::ClampOp op,
                                PatternRewriter &rewriter) const override {
    auto source = op.getInput().getDefiningOp<DequantizeOp>();
    if (!source || !isRelu(op) ||
        getLowBitType(source.getInput()).getSet().isSigned())
      return rewriter.notifyMatchFailure(op, "not a relu of unsigned values");
    rewriter.replaceOp(op, source);
    return success();
  }
};

/// fused(dequantize(x)) -> fused(x), for the input and the residual
template <typename FusedOp> struct ReadLowBit : OpRewritePattern<FusedOp> {
  using OpRewritePattern<FusedOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(FusedOp op,
                                PatternRewriter &rewriter) const override {
    bool changed = false;
    for (OpOperand &operand : op->getOpOperands()) {
      auto source = operand.get().template getDefiningOp<DequantizeOp>();
      if (!source || getLowBitType(source.getInput()).isPerChannel())
        continue;
      rewriter.modifyOpInPlace(op, [&] { operand.set(source.getInput()); });
      changed = true;
    }
    return success(changed);
  }
};
} // namespace

static LogicalResult moveDataAsLowBit(func::FuncOp function) {
  RewritePatternSet patterns(function.getContext());
  patterns.add<ReshapeLowBit<tensor::CollapseShapeOp>,
               ReshapeLowBit<tensor::ExpandShapeOp>, ConcatLowBit,
               MaxPoolLowBit, ReluOfUnsigned, ReadLowBit<FusedConv2DOp>,
               ReadLowBit<FusedLinearOp>>(function.getContext());
  return applyPatternsGreedily(function, std::move(patterns));
}

//===----------------------------------------------------------------------===//
// The formula of a fused layer over its integers
//===----------------------------------------------------------------------===//

namespace {
/// y = A(factors[c] * acc + offsets[c] + residualFactor * residual), |acc| <=
/// bound, in real values.
struct LayerFormula {
  SmallVector<double> factors, offsets;
  double bound = 0;
  double residualFactor = 0, residualBound = 0;
  bool relu = false;
};

/// How an integer layer makes its results.
struct Requantization {
  Value thresholds, signs, multiplier, addend, residual;
  int64_t shift = 0;
  int32_t residualMultiplier = 0;
};
} // namespace

/// The largest accumulator there can be; the verifier sees to it that it fits.
template <typename FusedOp> static double getBound(FusedOp op) {
  return double(op.getGeometry().getRowLength()) *
         getLowBitType(op.getFilter()).getSet().getLargestMagnitude() *
         getLowBitType(op.getInput()).getSet().getLargestMagnitude();
}

template <typename FusedOp>
static FailureOr<LayerFormula> getFormula(FusedOp op) {
  auto scale = getFloats(op.getScale()), shift = getFloats(op.getShift());
  if (!scale || !shift)
    return op.emitOpError("expects constant scale and shift");
  LayerFormula formula;
  formula.bound = getBound(op);
  formula.relu = op.getRelu();
  LowBitType input = getLowBitType(op.getInput());
  LowBitType filter = getLowBitType(op.getFilter());
  for (auto [c, s] : llvm::enumerate(*scale))
    formula.factors.push_back(double(s) * input.getScale() *
                              filter.getScale(c));
  formula.offsets.assign(shift->begin(), shift->end());
  if (!op.getResidual())
    return formula;
  LowBitType residual = getLowBitType(op.getResidual());
  if (!residual || residual.isPerChannel())
    return op.emitOpError()
           << "expects a low-bit residual of one scale, but got "
           << op.getResidual().getType() << " from "
           << describe(op.getResidual());
  formula.residualFactor = residual.getScale();
  formula.residualBound = residual.getSet().getLargestMagnitude();
  return formula;
}

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

static bool fitsThresholds(LowBitType type, Value residual) {
  ValueSetAttr set = type.getSet();
  // No formula gives the values of a list, however many they are.
  bool isKnown = set.getBits() <= 4 || set.getKind() == ValueSetKind::List;
  return isKnown && !residual && !type.isPerChannel();
}

/// The thresholds of one channel, exact: every level's smallest accumulator by
/// bisection of the real formula.
static SmallVector<int32_t> getThresholds(const LayerFormula &formula,
                                          size_t channel, int64_t sign,
                                          LowBitType type) {
  double factor = formula.factors[channel], offset = formula.offsets[channel];
  auto getCode = [&](int64_t signedAcc) {
    double y = factor * double(sign * signedAcc) + offset;
    y = formula.relu ? std::max(y, 0.0) : y;
    return type.getSet().getNearestCode(y / type.getScale());
  };
  return computeThresholds(getCode, type.getSet().size(), formula.bound);
}

static Requantization createThresholds(OpBuilder &builder, Location loc,
                                       const LayerFormula &formula,
                                       LowBitType type) {
  SmallVector<int32_t> thresholds;
  SmallVector<int8_t> signs;
  for (size_t c = 0; c < formula.factors.size(); ++c) {
    signs.push_back(formula.factors[c] < 0 ? -1 : 1);
    llvm::append_range(thresholds,
                       getThresholds(formula, c, signs.back(), type));
  }
  int64_t channels = signs.size();
  Requantization r;
  r.thresholds =
      createConstant<int32_t>(builder, loc, thresholds, builder.getI32Type(),
                              {channels, type.getSet().size() - 1});
  if (llvm::is_contained(signs, -1))
    r.signs = createConstant<int8_t>(builder, loc, signs, builder.getI8Type());
  return r;
}

//===----------------------------------------------------------------------===//
// Multiplier, addend and shift
//===----------------------------------------------------------------------===//

static RealRequantization getRealFormula(const LayerFormula &formula,
                                         LowBitType type) {
  // An odd set is reached through its codes: integer = 2 * code - hi.
  ValueSetAttr set = type.getSet();
  double unit = type.getScale() * (set.isOdd() ? 2 : 1);
  double origin = set.isOdd() ? set.getHi() / 2.0 : 0;
  RealRequantization real;
  for (double factor : formula.factors)
    real.factors.push_back(factor / unit);
  for (double offset : formula.offsets)
    real.offsets.push_back(offset / unit + origin);
  real.bound = formula.bound;
  real.otherFactor = formula.residualFactor / unit;
  real.otherBound = formula.residualBound;
  real.lo = set.isOdd() ? 0 : set.getLo();
  real.hi = set.isOdd() ? set.size() - 1 : set.getHi();
  return real;
}

static double getLargest(ArrayRef<double> values) {
  double largest = 0;
  for (double value : values)
    largest = std::max(largest, std::abs(value));
  return largest;
}

/// Why the real formula has no integer form.
static LogicalResult
reportFactors(Operation *op, const RealRequantization &real, LowBitType type) {
  double factor = getLargest(real.factors);
  double other = std::abs(real.otherFactor);
  return op->emitOpError()
         << "expects " << (other > factor ? "a second operand" : "sums")
         << " in units of less than 2^31 of the result's, but got "
         << std::max(factor, other) << " for the result's scale of "
         << type.getScale();
}

/// The real formula in integers; errors name what integers cannot say.
static FailureOr<IntegerRequantization>
getIntegerFormula(Operation *op, const RealRequantization &real, bool relu,
                  LowBitType type) {
  if (type.getSet().getKind() == ValueSetKind::List || type.isPerChannel())
    return op->emitOpError()
           << "expects a result in a range or odd set of one scale for integer "
              "arithmetic, but got "
           << type;
  if (relu && type.getSet().isSigned())
    return op->emitOpError() << "expects a result from 0 behind a relu for "
                                "integer arithmetic, but got "
                             << type;
  if (auto integer = computeRequantization(real))
    return *integer;
  return reportFactors(op, real, type);
}

static Requantization createMultipliers(OpBuilder &builder, Location loc,
                                        const IntegerRequantization &integer,
                                        Value residual) {
  Requantization r;
  r.multiplier = createConstant<int32_t>(builder, loc, integer.multipliers,
                                         builder.getI32Type());
  r.addend = createConstant<int64_t>(builder, loc, integer.addends,
                                     builder.getI64Type());
  r.shift = integer.shift;
  r.residualMultiplier = integer.otherMultiplier;
  // A residual far below the result's resolution adds nothing.
  r.residual = integer.otherMultiplier != 0 ? residual : Value();
  return r;
}

//===----------------------------------------------------------------------===//
// Results of the function: int32 of one scale
//===----------------------------------------------------------------------===//

static LowBitType getInt32Type(MLIRContext *context, float scale, bool relu) {
  int64_t lo = relu ? 0 : kInt32Min;
  return LowBitType::get(ValueSetAttr::get(context, lo, kInt32Max), scale);
}

/// The scale of int32 results: 30 bits for the largest possible result. Where
/// all channels have one factor, the scale is that factor divided by a power of
/// two, so that accumulators stay exact; 0 if this cannot be.
static double getUniformScale(const LayerFormula &formula, double largest) {
  double factor = std::abs(formula.factors.front());
  bool isUniform = llvm::all_of(
      formula.factors, [&](double f) { return std::abs(f) == factor; });
  if (!isUniform || factor == 0 || formula.residualFactor != 0 ||
      largest / factor >= std::ldexp(1.0, 30))
    return 0;
  // Offsets alone need a unit below the accumulator's.
  auto isZero = [](double offset) { return offset == 0; };
  double scale = factor;
  while (!llvm::all_of(formula.offsets, isZero) &&
         largest / (scale / 2) < std::ldexp(1.0, 30))
    scale /= 2;
  return scale;
}

static double getLargestResult(const LayerFormula &formula) {
  double largest = 0;
  for (auto [factor, offset] :
       llvm::zip_equal(formula.factors, formula.offsets))
    largest =
        std::max(largest, std::abs(factor) * formula.bound + std::abs(offset));
  return largest + std::abs(formula.residualFactor) * formula.residualBound;
}

namespace {
/// The type of int32 results, and the formula in its units.
struct Int32Formula {
  LowBitType type;
  RealRequantization real;
};
} // namespace

static FailureOr<Int32Formula> getInt32Formula(Operation *op,
                                               const LayerFormula &formula) {
  double largest = getLargestResult(formula);
  double uniform = getUniformScale(formula, largest);
  double scale = uniform > 0 ? uniform : largest / std::ldexp(1.0, 30);
  float rounded = std::max<float>(scale, FLT_MIN);
  if (!std::isfinite(rounded))
    return op->emitOpError() << "expects results that int32 and a float scale "
                                "hold, but got up to "
                             << largest;
  LowBitType type = getInt32Type(op->getContext(), rounded, formula.relu);
  RealRequantization real = getRealFormula(formula, type);
  if (uniform > 0)
    for (auto [factor, exact] : llvm::zip_equal(real.factors, formula.factors))
      factor = exact / uniform;
  return Int32Formula{type, real};
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

static Value createInteger(OpBuilder &builder, FusedConv2DOp op, Type type,
                           const Requantization &r) {
  return IntegerConv2DOp::create(
      builder, op.getLoc(), type, op.getInput(), op.getFilter(), r.thresholds,
      r.signs, r.multiplier, r.addend, r.residual, op.getStrides(),
      op.getPads(), op.getDilations(), op.getGroups(), op.getPool(), r.shift,
      r.residualMultiplier, op.getLayerAttr());
}

static Value createInteger(OpBuilder &builder, FusedLinearOp op, Type type,
                           const Requantization &r) {
  return IntegerLinearOp::create(builder, op.getLoc(), type, op.getInput(),
                                 op.getFilter(), r.thresholds, r.signs,
                                 r.multiplier, r.addend, r.residual, r.shift,
                                 r.residualMultiplier, op.getLayerAttr());
}

template <typename FusedOp>
static LogicalResult integerizeLowBitLayer(FusedOp op, LowBitType type) {
  FailureOr<LayerFormula> formula = getFormula(op);
  if (failed(formula))
    return failure();
  OpBuilder builder(op);
  Requantization requantization;
  if (fitsThresholds(type, op.getResidual())) {
    requantization = createThresholds(builder, op.getLoc(), *formula, type);
  } else {
    auto integer = getIntegerFormula(op, getRealFormula(*formula, type),
                                     formula->relu, type);
    if (failed(integer))
      return failure();
    requantization =
        createMultipliers(builder, op.getLoc(), *integer, op.getResidual());
  }
  op.replaceAllUsesWith(
      createInteger(builder, op, op.getType(), requantization));
  op.erase();
  return success();
}

/// Real results that the function returns: int32 and their scale.
template <typename FusedOp>
static LogicalResult integerizeReturnedLayer(FusedOp op) {
  FailureOr<LayerFormula> formula = getFormula(op);
  if (failed(formula))
    return failure();
  auto int32 = getInt32Formula(op, *formula);
  if (failed(int32))
    return failure();
  auto integer = getIntegerFormula(op, int32->real, formula->relu, int32->type);
  if (failed(integer))
    return failure();
  OpBuilder builder(op);
  Requantization requantization =
      createMultipliers(builder, op.getLoc(), *integer, op.getResidual());
  auto result = cast<ShapedType>(op.getType());
  Value logits =
      createInteger(builder, op, result.clone(int32->type), requantization);
  op.replaceAllUsesWith(
      DequantizeOp::create(builder, op.getLoc(), result, logits).getResult());
  op.erase();
  return success();
}

template <typename FusedOp> static LogicalResult integerizeLayer(FusedOp op) {
  // Real activations or weights: the layer keeps computing in float.
  if (!getLowBitType(op.getInput()) || !getLowBitType(op.getFilter()))
    return success();
  if (LowBitType type = getLowBitType(op.getResult()))
    return integerizeLowBitLayer(op, type);
  bool hasRealResidual = op.getResidual() && !getLowBitType(op.getResidual());
  if (isOnlyReturned(op.getResult()) && !hasRealResidual)
    return integerizeReturnedLayer(op);
  return success();
}

//===----------------------------------------------------------------------===//
// Sums and averages between low-bit tensors
//===----------------------------------------------------------------------===//

namespace {
/// A real tensor that is scale * integers.
struct IntegerTerm {
  Value integers;
  double scale = 0, bound = 0;
};

/// relu?(term + term?)
struct IntegerSum {
  SmallVector<IntegerTerm> terms;
  bool relu = false;
};
} // namespace

/// dequantize(x), or the average of one: the sum divided by the window's size.
static std::optional<IntegerTerm> getTerm(OpBuilder &builder, Value real) {
  auto average = real.getDefiningOp<tosa::AvgPool2dOp>();
  Value source = average ? getUncutPoolInput(average) : real;
  auto dequantize = source.getDefiningOp<DequantizeOp>();
  LowBitType type = dequantize ? getLowBitType(dequantize.getInput()) : nullptr;
  if (!type || type.isPerChannel())
    return std::nullopt;
  double bound = type.getSet().getLargestMagnitude();
  if (!average)
    return IntegerTerm{dequantize.getInput(), type.getScale(), bound};
  double count = double(average.getKernel()[0]) * average.getKernel()[1];
  bool hasPads =
      llvm::any_of(average.getPad(), [](int64_t pad) { return pad != 0; });
  if (hasPads || count * bound > kInt32Max)
    return std::nullopt;
  auto result = cast<ShapedType>(average.getType());
  Value sum = Pool2DOp::create(
      builder, average.getLoc(), result.clone(builder.getI32Type()),
      PoolKind::Sum, dequantize.getInput(), average.getKernel(),
      average.getStride(), average.getPad(), /*layer=*/StringAttr());
  return IntegerTerm{sum, type.getScale() / count, count * bound};
}

static std::optional<IntegerSum> getSum(OpBuilder &builder, Value real) {
  IntegerSum sum;
  auto clamp = real.getDefiningOp<tosa::ClampOp>();
  if (clamp && isRelu(clamp)) {
    sum.relu = true;
    real = clamp.getInput();
  }
  SmallVector<Value> values = {real};
  if (auto add = real.getDefiningOp<tosa::AddOp>();
      add && add.getInput1().getType() == add.getInput2().getType())
    values = {add.getInput1(), add.getInput2()};
  for (Value value : values) {
    std::optional<IntegerTerm> term = getTerm(builder, value);
    if (!term)
      return std::nullopt;
    sum.terms.push_back(*term);
  }
  return sum;
}

static LayerFormula getFormula(const IntegerSum &sum) {
  LayerFormula formula;
  formula.factors = {sum.terms.front().scale};
  formula.offsets = {0};
  formula.bound = sum.terms.front().bound;
  formula.relu = sum.relu;
  if (sum.terms.size() > 1) {
    formula.residualFactor = sum.terms.back().scale;
    formula.residualBound = sum.terms.back().bound;
  }
  return formula;
}

static Value createRequantize(OpBuilder &builder, Location loc, Type type,
                              const IntegerSum &sum,
                              const IntegerRequantization &integer) {
  bool hasOther = integer.otherMultiplier != 0;
  return RequantizeOp::create(builder, loc, type, sum.terms.front().integers,
                              hasOther ? sum.terms.back().integers : Value(),
                              integer.multipliers.front(),
                              integer.otherMultiplier, integer.addends.front(),
                              integer.shift, /*layer=*/StringAttr());
}

/// quantize(relu?(a + b)) -> slb.requantize(a, b)
static LogicalResult integerizeQuantizer(QuantizeOp op) {
  OpBuilder builder(op);
  std::optional<IntegerSum> sum = getSum(builder, op.getInput());
  if (!sum)
    return success(); // Reported once everything else is integer.
  LowBitType type = getLowBitType(op.getResult());
  auto integer = getIntegerFormula(op, getRealFormula(getFormula(*sum), type),
                                   sum->relu, type);
  if (failed(integer))
    return failure();
  op.replaceAllUsesWith(
      createRequantize(builder, op.getLoc(), op.getType(), *sum, *integer));
  op.erase();
  return success();
}

/// A sum or an average that the function returns: int32 and their scale.
static LogicalResult integerizeReturned(Operation *op) {
  Value real = op->getResult(0);
  if (!isOnlyReturned(real))
    return success();
  OpBuilder builder(op);
  std::optional<IntegerSum> sum = getSum(builder, real);
  if (!sum)
    return success();
  auto int32 = getInt32Formula(op, getFormula(*sum));
  if (failed(int32))
    return failure();
  auto integer = getIntegerFormula(op, int32->real, sum->relu, int32->type);
  if (failed(integer))
    return failure();
  auto shaped = cast<ShapedType>(real.getType());
  Value result = createRequantize(builder, op->getLoc(),
                                  shaped.clone(int32->type), *sum, *integer);
  Value values = DequantizeOp::create(builder, op->getLoc(), shaped, result);
  real.replaceAllUsesWith(values);
  op->erase();
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

static LogicalResult integerizeOperators(func::FuncOp function) {
  WalkResult result = function.walk([](Operation *op) {
    LogicalResult status =
        TypeSwitch<Operation *, LogicalResult>(op)
            .Case<FusedConv2DOp, FusedLinearOp>(
                [](auto layer) { return integerizeLayer(layer); })
            .Case<QuantizeOp>([](QuantizeOp quantize) {
              return integerizeQuantizer(quantize);
            })
            .Case<tosa::AddOp, tosa::AvgPool2dOp, tosa::ClampOp>(
                [](Operation *sum) { return integerizeReturned(sum); })
            .Default([](Operation *) { return success(); });
    return failed(status) ? WalkResult::interrupt() : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

/// return dequantize(x) -> return x; the caller scales.
static void returnIntegers(func::FuncOp function) {
  Operation *terminator = function.getBody().back().getTerminator();
  for (OpOperand &operand : terminator->getOpOperands())
    if (auto dequantize = operand.get().getDefiningOp<DequantizeOp>();
        dequantize && !getLowBitType(dequantize.getInput()).isPerChannel())
      operand.set(dequantize.getInput());
  function.setFunctionType(FunctionType::get(function.getContext(),
                                             function.getArgumentTypes(),
                                             terminator->getOperandTypes()));
}

/// Real inputs of the network, which are quantized as they are.
static bool isArgument(Value real) {
  Operation *op = real.getDefiningOp();
  return !op || (isReshape(op) && isArgument(op->getOperand(0)));
}

/// One error says what cannot be integers; those behind it would follow from
/// it.
static LogicalResult reportQuantizer(QuantizeOp op) {
  if (isArgument(op.getInput()))
    return success();
  InFlightDiagnostic diagnostic =
      op.emitOpError()
      << "expects an input of the network, the value of a low-bit layer, or a "
         "sum, average or maximum of low-bit values, but got the value of "
      << describe(op.getInput());
  if (Operation *producer = op.getInput().getDefiningOp())
    diagnostic.attachNote(producer->getLoc()) << "its input comes from here";
  return diagnostic;
}

namespace {
struct IntegerizePass : slb::impl::SLBIntegerizeBase<IntegerizePass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    // The second time moves reshapes in front of the new results.
    if (failed(moveDataAsLowBit(function)) ||
        failed(integerizeOperators(function)) ||
        failed(moveDataAsLowBit(function)))
      return signalPassFailure();
    returnIntegers(function);
    eraseDeadOps(function);
    WalkResult result = function.walk(
        [](QuantizeOp op) { return WalkResult(reportQuantizer(op)); });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
