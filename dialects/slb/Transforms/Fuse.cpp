//===- Fuse.cpp - phase selected to fused: one op a layer -----------------===//
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
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include <cmath>

namespace slb {
#define GEN_PASS_DEF_SLBFUSE
#include "dialects/slb/Transforms/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// What a fused layer computes behind its convolution
//===----------------------------------------------------------------------===//

namespace {
/// y = Q(A(scale * P(conv) + shift + residual)), grown operator by operator
/// from the convolution on.
struct Epilogue {
  explicit Epilogue(Value convolution, int64_t channels)
      : last(convolution), scale(channels, 1.0), shift(channels, 0.0) {}

  /// The value computed so far; the fused op takes its place.
  Value last;
  SmallVector<double> scale, shift;
  SmallVector<int64_t> pool = {1, 1};
  /// Channels that fell in front of the pool: their filters are negated.
  SmallVector<bool> negated;
  Value residual;
  bool relu = false;
  bool quantized = false;
};
} // namespace

static bool hasNoPads(ArrayRef<int64_t> pads) {
  return llvm::all_of(pads, [](int64_t pad) { return pad == 0; });
}

static bool isNonOverlapping(tosa::MaxPool2dOp pool) {
  return pool.getKernel() == pool.getStride() && hasNoPads(pool.getPad());
}

/// A constant with one value a channel, or one for all: [1, .., 1, C or 1].
static std::optional<SmallVector<double>> getPerChannel(Value value,
                                                        int64_t channels) {
  auto type = cast<ShapedType>(value.getType());
  std::optional<SmallVector<float>> floats = getFloats(value);
  if (!floats || type.getRank() == 0)
    return std::nullopt;
  int64_t count = floats->size();
  if (type.getShape().back() != count || (count != channels && count != 1))
    return std::nullopt;
  SmallVector<double> values(floats->begin(), floats->end());
  if (count == 1)
    values.assign(channels, floats->front());
  return values;
}

//===----------------------------------------------------------------------===//
// Relu and quantizer in front of max pools that stay
//===----------------------------------------------------------------------===//

static bool isSameForAllElements(tosa::ClampOp) { return true; }
static bool isSameForAllElements(QuantizeOp op) {
  return !getLowBitType(op.getResult()).isPerChannel();
}

/// The same operator on another input.
static Value createLike(OpBuilder &builder, tosa::ClampOp op, Value input) {
  return tosa::ClampOp::create(builder, op.getLoc(), input.getType(), input,
                               op.getMinValAttr(), op.getMaxValAttr(),
                               op.getNanModeAttr());
}
static Value createLike(OpBuilder &builder, QuantizeOp op, Value input) {
  auto real = cast<ShapedType>(input.getType());
  return QuantizeOp::create(builder, op.getLoc(),
                            real.clone(getLowBitType(op.getResult())), input);
}

/// What the pool reads, in front of a cut to whole windows.
static OpOperand &getPoolSource(tosa::MaxPool2dOp pool) {
  auto cut = pool.getInput().getDefiningOp<tensor::ExtractSliceOp>();
  return cut && cut->hasOneUse() ? cut->getOpOperand(0) : pool->getOpOperand(0);
}

/// clamp(max_pool(x)) -> max_pool(clamp(x)): both are monotone.
static LogicalResult hoist(RewriterBase &rewriter, tosa::MaxPool2dOp pool,
                           tosa::ClampOp clamp) {
  OpOperand &source = getPoolSource(pool);
  rewriter.setInsertionPoint(source.getOwner());
  Value clamped = createLike(rewriter, clamp, source.get());
  rewriter.modifyOpInPlace(source.getOwner(), [&] { source.set(clamped); });
  rewriter.replaceOp(clamp, pool);
  return success();
}

/// quantize(max_pool(x)) -> quantize(max_pool(dequantize(quantize(x)))): the
/// maximum is then one of low-bit values.
static LogicalResult hoist(RewriterBase &rewriter, tosa::MaxPool2dOp pool,
                           QuantizeOp quantize) {
  OpOperand &source = getPoolSource(pool);
  if (!isSameForAllElements(quantize) ||
      source.get().getDefiningOp<DequantizeOp>())
    return failure();
  rewriter.setInsertionPoint(source.getOwner());
  Value lowBit = createLike(rewriter, quantize, source.get());
  Value values = DequantizeOp::create(rewriter, quantize.getLoc(),
                                      source.get().getType(), lowBit);
  rewriter.modifyOpInPlace(source.getOwner(), [&] { source.set(values); });
  return success();
}

/// Moves the relu or quantizer behind a pool that stays in front of it, where a
/// layer may take it.
static LogicalResult hoistUserOfPool(RewriterBase &rewriter,
                                     tosa::MaxPool2dOp pool) {
  if (!pool->hasOneUse())
    return failure();
  return TypeSwitch<Operation *, LogicalResult>(*pool->user_begin())
      .Case<tosa::ClampOp, QuantizeOp>(
          [&](auto user) { return hoist(rewriter, pool, user); })
      .Default([](Operation *) { return failure(); });
}

//===----------------------------------------------------------------------===//
// One operator more
//===----------------------------------------------------------------------===//

static bool hasConstantParameters(BatchNormOp norm) {
  return llvm::all_of(norm->getOperands().drop_front(),
                      [](Value value) { return getFloats(value).has_value(); });
}

/// y = s * x + t with s = gamma / sqrt(variance + epsilon).
static LogicalResult absorb(Epilogue &epilogue, BatchNormOp norm) {
  if (epilogue.residual || epilogue.relu || !hasConstantParameters(norm))
    return failure();
  SmallVector<float> gamma = *getFloats(norm.getGamma()),
                     beta = *getFloats(norm.getBeta()),
                     mean = *getFloats(norm.getMean()),
                     variance = *getFloats(norm.getVariance());
  double epsilon = norm.getEpsilon().convertToFloat();
  for (size_t c = 0; c < gamma.size(); ++c) {
    double s = double(gamma[c]) / std::sqrt(double(variance[c]) + epsilon);
    if (!std::isfinite(s))
      return failure();
    epilogue.scale[c] *= s;
    epilogue.shift[c] = s * (epilogue.shift[c] - mean[c]) + beta[c];
  }
  epilogue.last = norm.getResult();
  return success();
}

/// A bias for each channel, or a residual.
static LogicalResult absorb(Epilogue &epilogue, tosa::AddOp add) {
  if (epilogue.relu)
    return failure();
  bool isFirst = add.getInput1() == epilogue.last;
  Value other = isFirst ? add.getInput2() : add.getInput1();
  if (add.getType() != epilogue.last.getType())
    return failure();
  if (auto bias = getPerChannel(other, epilogue.shift.size())) {
    for (auto [shift, value] : llvm::zip_equal(epilogue.shift, *bias))
      shift += value;
  } else {
    if (epilogue.residual || other.getType() != add.getType())
      return failure();
    auto dequantize = other.getDefiningOp<DequantizeOp>();
    epilogue.residual = dequantize ? dequantize.getInput() : other;
  }
  epilogue.last = add.getResult();
  return success();
}

/// max(s * x + t) = s * max(x) + t only if s >= 0; a channel that falls is one
/// that rises with the negated filter.
static LogicalResult absorb(Epilogue &epilogue, tosa::MaxPool2dOp pool,
                            bool canNegateFilters) {
  bool isFirst = llvm::all_of(epilogue.pool, [](int64_t k) { return k == 1; });
  bool falls = llvm::any_of(epilogue.scale, [](double s) { return s < 0; });
  if (!isFirst || epilogue.residual || !isNonOverlapping(pool) ||
      getUncutPoolInput(pool) != epilogue.last || (falls && !canNegateFilters))
    return failure();
  epilogue.pool.assign(pool.getKernel().begin(), pool.getKernel().end());
  for (double &scale : epilogue.scale) {
    epilogue.negated.push_back(scale < 0);
    scale = std::abs(scale);
  }
  epilogue.last = pool.getResult();
  return success();
}

static LogicalResult absorb(Epilogue &epilogue, tosa::ClampOp clamp) {
  if (!isRelu(clamp))
    return failure();
  epilogue.relu = true;
  epilogue.last = clamp.getResult();
  return success();
}

static LogicalResult absorb(Epilogue &epilogue, QuantizeOp quantize) {
  epilogue.quantized = true;
  epilogue.last = quantize.getResult();
  return success();
}

/// The max pool that alone reads `value`, perhaps cut to whole windows.
static tosa::MaxPool2dOp getPoolOf(Value value) {
  Operation *user = *value.user_begin();
  if (auto cut = dyn_cast<tensor::ExtractSliceOp>(user);
      cut && cut->hasOneUse())
    user = *cut->user_begin();
  return dyn_cast<tosa::MaxPool2dOp>(user);
}

static LogicalResult absorbUser(RewriterBase &rewriter, Epilogue &epilogue,
                                bool canNegateFilters) {
  if (epilogue.quantized || !epilogue.last.hasOneUse())
    return failure();
  if (tosa::MaxPool2dOp pool = getPoolOf(epilogue.last)) {
    if (succeeded(absorb(epilogue, pool, canNegateFilters)))
      return success();
    if (failed(hoistUserOfPool(rewriter, pool)))
      return failure();
  }
  return TypeSwitch<Operation *, LogicalResult>(*epilogue.last.user_begin())
      .Case<BatchNormOp, tosa::AddOp, tosa::ClampOp, QuantizeOp>(
          [&](auto op) { return absorb(epilogue, op); })
      .Default([](Operation *) { return failure(); });
}

//===----------------------------------------------------------------------===//
// Negated filters
//===----------------------------------------------------------------------===//

static bool canNegate(Value filter) {
  LowBitType type = getLowBitType(filter);
  return getConstantElements(filter) && (!type || type.getSet().isSymmetric());
}

template <typename T, typename Negate>
static ElementsAttr negateRows(ElementsAttr elements, ArrayRef<bool> negated,
                               Negate negate) {
  SmallVector<char> storage;
  SmallVector<T> values = llvm::to_vector(getDataAs<T>(elements, storage));
  size_t row = values.size() / negated.size();
  for (size_t i = 0; i < values.size(); ++i)
    if (negated[i / row])
      values[i] = negate(values[i]);
  return DenseElementsAttr::getFromRawBuffer(
      elements.getShapedType(),
      ArrayRef(reinterpret_cast<const char *>(values.data()),
               values.size() * sizeof(T)));
}

/// The filter with the sign of the output channels `negated` turned round.
static Value createNegatedFilter(OpBuilder &builder, Value filter,
                                 ArrayRef<bool> negated) {
  ElementsAttr elements = getConstantElements(filter);
  if (!getLowBitType(filter)) {
    auto values = negateRows<float>(elements, negated, std::negate<float>());
    return arith::ConstantOp::create(builder, filter.getLoc(),
                                     cast<DenseElementsAttr>(values));
  }
  int64_t last = getLowBitType(filter).getSet().size() - 1;
  auto codes = negateRows<uint8_t>(
      elements, negated, [&](uint8_t code) { return uint8_t(last - code); });
  return ConstantOp::create(builder, filter.getLoc(), filter.getType(), codes);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

static Value createFloats(OpBuilder &builder, Location loc,
                          ArrayRef<double> values) {
  SmallVector<float> floats(values.begin(), values.end());
  return createConstant<float>(builder, loc, floats, builder.getF32Type());
}

static Value createFused(OpBuilder &builder, Conv2DOp op, const Epilogue &e,
                         Value filter, Value scale, Value shift) {
  return FusedConv2DOp::create(
      builder, op.getLoc(), e.last.getType(), op.getInput(), filter, scale,
      shift, e.residual, op.getStrides(), op.getPads(), op.getDilations(),
      op.getGroups(), e.pool, e.relu, op.getLayerAttr());
}

static Value createFused(OpBuilder &builder, LinearOp op, const Epilogue &e,
                         Value filter, Value scale, Value shift) {
  return FusedLinearOp::create(builder, op.getLoc(), e.last.getType(),
                               op.getInput(), filter, scale, shift, e.residual,
                               e.relu, op.getLayerAttr());
}

/// Every operator from the layer to the last value has one reader: the next.
static void eraseChain(RewriterBase &rewriter, Operation *first,
                       Operation *last) {
  SmallVector<Operation *> chain = {first};
  while (chain.back() != last)
    chain.push_back(*chain.back()->user_begin());
  for (Operation *op : llvm::reverse(chain))
    rewriter.eraseOp(op);
}

/// Each operator may be finite, and what they come to not.
static LogicalResult verifyFinite(Operation *op, const Epilogue &epilogue) {
  for (auto [c, scale, shift] : llvm::enumerate(epilogue.scale, epilogue.shift))
    if (!std::isfinite(float(scale)) || !std::isfinite(float(shift)))
      return op->emitOpError()
             << "expects operators behind it that come to a finite scale and "
                "shift, but got "
             << scale << " and " << shift << " in channel " << c;
  return success();
}

template <typename LayerOp> static LogicalResult fuseLayer(LayerOp op) {
  IRRewriter rewriter(op);
  Value filter = op.getFilter();
  Epilogue epilogue(op.getResult(), op.getGeometry().outputChannels);
  bool canNegateFilters = canNegate(filter);
  while (succeeded(absorbUser(rewriter, epilogue, canNegateFilters)))
    ;
  if (failed(verifyFinite(op, epilogue)))
    return failure();

  Operation *last = epilogue.last.getDefiningOp();
  rewriter.setInsertionPoint(last);
  if (llvm::is_contained(epilogue.negated, true))
    filter = createNegatedFilter(rewriter, filter, epilogue.negated);
  Value scale = createFloats(rewriter, op.getLoc(), epilogue.scale);
  Value shift = createFloats(rewriter, op.getLoc(), epilogue.shift);
  Value fused = createFused(rewriter, op, epilogue, filter, scale, shift);
  rewriter.replaceAllUsesWith(epilogue.last, fused);
  eraseChain(rewriter, op, last);
  return success();
}

//===----------------------------------------------------------------------===//
// Before fusing: relu and quantizer move in front of what moves data
//===----------------------------------------------------------------------===//

namespace {
/// A pool whose windows overlap cannot be fused.
struct HoistOverPool : OpRewritePattern<tosa::MaxPool2dOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tosa::MaxPool2dOp op,
                                PatternRewriter &rewriter) const override {
    if (isNonOverlapping(op))
      return rewriter.notifyMatchFailure(op, "may be fused");
    return hoistUserOfPool(rewriter, op);
  }
};

/// f(reshape(x)) -> reshape(f(x)), f working element by element.
template <typename ElementwiseOp, typename ReshapeOp>
struct HoistOverReshape : OpRewritePattern<ElementwiseOp> {
  using OpRewritePattern<ElementwiseOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ElementwiseOp op,
                                PatternRewriter &rewriter) const override {
    auto reshape = op.getInput().template getDefiningOp<ReshapeOp>();
    if (!reshape || !reshape->hasOneUse() || !isSameForAllElements(op))
      return rewriter.notifyMatchFailure(op, "not behind a reshape");
    rewriter.replaceOpWithNewOp<ReshapeOp>(
        op, op.getType(), createLike(rewriter, op, reshape.getSrc()),
        reshape.getReassociationIndices());
    return success();
  }
};

/// f(concat(x, ...)) -> concat(f(x), ...), f working element by element.
template <typename ElementwiseOp>
struct HoistOverConcat : OpRewritePattern<ElementwiseOp> {
  using OpRewritePattern<ElementwiseOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ElementwiseOp op,
                                PatternRewriter &rewriter) const override {
    auto concat = op.getInput().template getDefiningOp<tensor::ConcatOp>();
    if (!concat || !concat->hasOneUse() || !isSameForAllElements(op))
      return rewriter.notifyMatchFailure(op, "not behind a concatenation");
    SmallVector<Value> parts;
    for (Value part : concat.getInputs())
      parts.push_back(createLike(rewriter, op, part));
    rewriter.replaceOpWithNewOp<tensor::ConcatOp>(op, op.getType(),
                                                  concat.getDim(), parts);
    return success();
  }
};

/// tosa.reshape, which refuses low-bit elements -> tensor.collapse_shape or
/// tensor.expand_shape, which do not.
struct ReshapeToTensor : OpRewritePattern<tosa::ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tosa::ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto from = cast<ShapedType>(op.getInput1().getType());
    auto to = cast<ShapedType>(op.getType());
    if (!from.hasStaticShape() || !to.hasStaticShape())
      return rewriter.notifyMatchFailure(op, "not of static shape");
    auto groups = getReassociationIndicesForReshape(from, to);
    if (!groups || from.getRank() == to.getRank())
      return rewriter.notifyMatchFailure(op, "neither collapses nor expands");
    if (from.getRank() > to.getRank())
      rewriter.replaceOpWithNewOp<tensor::CollapseShapeOp>(
          op, to, op.getInput1(), *groups);
    else
      rewriter.replaceOpWithNewOp<tensor::ExpandShapeOp>(op, to, op.getInput1(),
                                                         *groups);
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// The first variance that has no square root above 0, if any.
static std::optional<double> getBadVariance(BatchNormOp norm) {
  double epsilon = norm.getEpsilon().convertToFloat();
  SmallVector<float> variances = *getFloats(norm.getVariance());
  for (float variance : variances)
    if (!(variance + epsilon > 0))
      return variance + epsilon;
  return std::nullopt;
}

/// Why no layer took this batch norm over.
static LogicalResult reportUnfused(BatchNormOp norm) {
  InFlightDiagnostic diagnostic = norm.emitOpError();
  if (!hasConstantParameters(norm))
    return diagnostic << "expects constant parameters to fold into a layer";
  if (auto variance = getBadVariance(norm))
    return diagnostic << "expects a positive variance + epsilon, but got "
                      << *variance;
  Operation *producer = norm.getInput().getDefiningOp();
  diagnostic << "expects to fold into a layer before it, but ";
  if (!producer)
    return diagnostic << "its input is " << describe(norm.getInput());
  if (!norm.getInput().hasOneUse())
    diagnostic << "other operators read " << describe(producer) << " too";
  else
    diagnostic << "its input is " << describe(producer);
  if (norm.getInput().hasOneUse() &&
      isa<FusedConv2DOp, FusedLinearOp>(producer))
    diagnostic << ", whose formula has residual and relu behind batch norms";
  diagnostic.attachNote(producer->getLoc()) << "its input comes from here";
  return diagnostic;
}

static LogicalResult fuseLayers(func::FuncOp function) {
  SmallVector<Operation *> layers;
  function.walk([&](Operation *op) {
    if (isa<Conv2DOp, LinearOp>(op))
      layers.push_back(op);
  });
  // The later of two layers that are added takes the sum, so that the other
  // one's value is there before it.
  for (Operation *layer : llvm::reverse(layers))
    if (failed(TypeSwitch<Operation *, LogicalResult>(layer)
                   .Case<Conv2DOp, LinearOp>(
                       [](auto op) { return fuseLayer(op); })))
      return failure();
  return success();
}

static LogicalResult prepare(func::FuncOp function) {
  RewritePatternSet patterns(function.getContext());
  Conv2DOp::getCanonicalizationPatterns(patterns, function.getContext());
  LinearOp::getCanonicalizationPatterns(patterns, function.getContext());
  patterns.add<HoistOverPool, ReshapeToTensor, HoistOverConcat<tosa::ClampOp>,
               HoistOverConcat<QuantizeOp>,
               HoistOverReshape<tosa::ClampOp, tensor::CollapseShapeOp>,
               HoistOverReshape<tosa::ClampOp, tensor::ExpandShapeOp>,
               HoistOverReshape<QuantizeOp, tensor::CollapseShapeOp>,
               HoistOverReshape<QuantizeOp, tensor::ExpandShapeOp>>(
      function.getContext());
  // Folding would make real constants of small low-bit ones.
  return applyPatternsGreedily(function, std::move(patterns),
                               GreedyRewriteConfig().enableFolding(false));
}

namespace {
struct FusePass : slb::impl::SLBFuseBase<FusePass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (failed(prepare(function)) || failed(fuseLayers(function)))
      return signalPassFailure();
    bool hasFailed = false;
    function.walk(
        [&](BatchNormOp norm) { hasFailed |= failed(reportUnfused(norm)); });
    eraseDeadOps(function);
    if (hasFailed)
      signalPassFailure();
  }
};
} // namespace
