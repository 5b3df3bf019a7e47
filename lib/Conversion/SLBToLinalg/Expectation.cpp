//===- Expectation.cpp - lowers searched weights --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToLinalg/Builders.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace slb;

namespace {
/// The slice of `logits` that belongs to candidate `k`, and its place there.
struct CandidateSlice {
  SmallVector<OpFoldResult> offsets, sizes, strides;
  RankedTensorType type;

  CandidateSlice(TensorBuilder &b, Value logits, int64_t k) {
    auto full = cast<RankedTensorType>(logits.getType());
    OpBuilder &builder = b.get();
    offsets.assign(full.getRank(), builder.getIndexAttr(0));
    strides.assign(full.getRank(), builder.getIndexAttr(1));
    sizes = tensor::getMixedSizes(builder, b.getLoc(), logits);
    offsets[0] = builder.getIndexAttr(k);
    sizes[0] = builder.getIndexAttr(1);
    type = RankedTensorType::get(full.getShape().drop_front(),
                                 full.getElementType());
  }
};

} // namespace

/// One tensor a candidate.
static SmallVector<Value> getCandidates(TensorBuilder &b, Value logits,
                                        int64_t count) {
  SmallVector<Value> candidates;
  for (int64_t k = 0; k < count; ++k) {
    CandidateSlice slice(b, logits, k);
    candidates.push_back(b.create<tensor::ExtractSliceOp>(
        slice.type, logits, slice.offsets, slice.sizes, slice.strides));
  }
  return candidates;
}

namespace {
/// The scalar computation of both ops, unrolled over the candidates.
struct Softmax {
  SmallVector<Value> exps;
  Value sum;
  /// The value of the largest logit.
  Value selected;

  Softmax(TensorBuilder &b, ValueRange logits, Value temperature,
          ArrayRef<double> values) {
    Type type = temperature.getType();
    Value max = logits[0];
    selected = b.real(type, values[0]);
    for (auto [logit, value] : llvm::drop_begin(llvm::zip(logits, values))) {
      Value isLarger =
          b.create<arith::CmpFOp>(arith::CmpFPredicate::OGT, logit, max);
      max = b.create<arith::SelectOp>(isLarger, logit, max);
      selected =
          b.create<arith::SelectOp>(isLarger, b.real(type, value), selected);
    }
    for (Value logit : logits) {
      // The maximum goes before the temperature comes: that product may be
      // 1e12, and its rounding errors would be exponents.
      Value gap = b.create<arith::SubFOp>(logit, max);
      Value exponent = b.create<arith::MulFOp>(gap, temperature);
      exps.push_back(b.create<math::ExpOp>(exponent));
      sum = sum ? b.create<arith::AddFOp>(sum, exps.back()) : exps.back();
    }
  }

  /// sum_k exp_k (v_k - selected): what the weight differs by from the value
  /// it will become, without cancellation.
  Value getWeightedGap(TensorBuilder &b, ArrayRef<Value> gaps) const {
    Value total;
    for (auto [exp, gap] : llvm::zip(exps, gaps)) {
      Value term = b.create<arith::MulFOp>(exp, gap);
      total = total ? b.create<arith::AddFOp>(total, term) : term;
    }
    return total;
  }

  SmallVector<Value> getGaps(TensorBuilder &b, ArrayRef<double> values) const {
    SmallVector<Value> gaps;
    for (double value : values)
      gaps.push_back(
          b.create<arith::SubFOp>(b.real(selected.getType(), value), selected));
    return gaps;
  }
};

/// slb.expectation to linalg.generic over the weights.
struct ExpectationOpConversion : OpConversionPattern<ExpectationOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ExpectationOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    SmallVector<double> values = getRealValues(op.getSet(), op.getScale());
    SmallVector<Value> candidates =
        getCandidates(b, adaptor.getLogits(), values.size());
    Value temperature = adaptor.getTemperature();
    auto body = [&](TensorBuilder &b, ValueRange logits) -> Value {
      Softmax softmax(b, logits, temperature, values);
      Value gap = softmax.getWeightedGap(b, softmax.getGaps(b, values));
      return b.create<arith::AddFOp>(softmax.selected,
                                     b.create<arith::DivFOp>(gap, softmax.sum));
    };
    rewriter.replaceOp(op,
                       b.elementwise(candidates, temperature.getType(), body));
    return success();
  }
};

/// slb.expectation_grad to one linalg.generic with a result a candidate.
struct ExpectationGradOpConversion : OpConversionPattern<ExpectationGradOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ExpectationGradOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    SmallVector<double> values = getRealValues(op.getSet(), op.getScale());
    Value logits = adaptor.getLogits();
    SmallVector<Value> inputs = getCandidates(b, logits, values.size());
    Type elementType = adaptor.getTemperature().getType();
    // Each candidate's slice of the result is written where it will lie.
    Value result = b.emptyLike(logits, elementType);
    SmallVector<Value> outputs = getCandidates(b, result, values.size());
    inputs.push_back(adaptor.getWeightsGrad());
    auto body = [&](OpBuilder &builder, Location loc, ValueRange args) {
      TensorBuilder b(builder, loc);
      linalg::YieldOp::create(builder, loc,
                              getGradients(b, args.take_front(inputs.size()),
                                           adaptor.getTemperature(), values));
    };
    int64_t rank = cast<RankedTensorType>(outputs[0].getType()).getRank();
    SmallVector<AffineMap> maps(inputs.size() + outputs.size(),
                                rewriter.getMultiDimIdentityMap(rank));
    SmallVector<utils::IteratorType> iterators(rank,
                                               utils::IteratorType::parallel);
    auto generic = b.create<linalg::GenericOp>(
        TypeRange(ValueRange(outputs)), inputs, outputs, maps, iterators, body);
    for (auto [k, gradient] : llvm::enumerate(generic.getResults())) {
      CandidateSlice slice(b, logits, k);
      result = b.create<tensor::InsertSliceOp>(gradient, result, slice.offsets,
                                               slice.sizes, slice.strides);
    }
    rewriter.replaceOp(op, result);
    return success();
  }

  /// T p_k (v_k - w) g for each k; the last of `args` is g.
  static SmallVector<Value> getGradients(TensorBuilder &b, ValueRange args,
                                         Value temperature,
                                         ArrayRef<double> values) {
    Softmax softmax(b, args.drop_back(), temperature, values);
    SmallVector<Value> gaps = softmax.getGaps(b, values);
    Value reciprocal = b.create<arith::DivFOp>(
        b.real(temperature.getType(), 1.0), softmax.sum);
    Value weightGap =
        b.create<arith::MulFOp>(softmax.getWeightedGap(b, gaps), reciprocal);
    Value factor = b.create<arith::MulFOp>(
        b.create<arith::MulFOp>(temperature, args.back()), reciprocal);
    SmallVector<Value> gradients;
    for (auto [exp, gap] : llvm::zip(softmax.exps, gaps)) {
      Value slope =
          b.create<arith::MulFOp>(exp, b.create<arith::SubFOp>(gap, weightGap));
      gradients.push_back(b.create<arith::MulFOp>(factor, slope));
    }
    return gradients;
  }
};
/// slb.select to linalg.generic: the argmax, the first of equals.
struct SelectOpConversion : OpConversionPattern<SelectOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SelectOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    ValueSetAttr set = getLowBitType(op.getResult()).getSet();
    Type storage = rewriter.getIntegerType(set.getStorageBits());
    auto body = [&](TensorBuilder &b, ValueRange logits) -> Value {
      Value max = logits[0];
      Value selected = b.integer(storage, set.getInteger(0));
      for (auto [code, logit] : llvm::drop_begin(llvm::enumerate(logits))) {
        Value isLarger =
            b.create<arith::CmpFOp>(arith::CmpFPredicate::OGT, logit, max);
        max = b.create<arith::SelectOp>(isLarger, logit, max);
        selected = b.create<arith::SelectOp>(
            isLarger, b.integer(storage, set.getInteger(code)), selected);
      }
      return selected;
    };
    SmallVector<Value> candidates =
        getCandidates(b, adaptor.getLogits(), set.size());
    rewriter.replaceOp(op, b.elementwise(candidates, storage, body));
    return success();
  }
};
} // namespace

void slb::populateExpectationPatterns(const TypeConverter &converter,
                                      RewritePatternSet &patterns) {
  patterns.add<ExpectationOpConversion, ExpectationGradOpConversion,
               SelectOpConversion>(converter, patterns.getContext());
}
