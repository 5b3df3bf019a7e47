//===- StoredSoftmax.cpp - softmax of K - 1 stored logits -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToVector/StoredSoftmax.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace slb;

/// A number as the sum of two, the second far below the first.
namespace {
struct Pair {
  Value high, low;
};
} // namespace

/// a + b without an error (Knuth's TwoSum).
static Pair addExactly(Tile &t, Value a, Value b) {
  Value sum = t.create<arith::AddFOp>(a, b);
  Value partB = t.create<arith::SubFOp>(sum, a);
  Value partA = t.create<arith::SubFOp>(sum, partB);
  Value error = t.create<arith::AddFOp>(t.create<arith::SubFOp>(a, partA),
                                        t.create<arith::SubFOp>(b, partB));
  return {sum, error};
}

/// The logit that is not stored, minus the sum of the others.
static Pair getLastLogit(Tile &t, ValueRange stored) {
  Value sum = stored[0], error;
  for (Value logit : stored.drop_front()) {
    Pair partial = addExactly(t, sum, logit);
    sum = partial.high;
    error = error ? t.create<arith::AddFOp>(error, partial.low) : partial.low;
  }
  Pair total = addExactly(t, sum, error);
  return {t.create<arith::NegFOp>(total.high),
          t.create<arith::NegFOp>(total.low)};
}

StoredSoftmax::StoredSoftmax(Tile &tile, ValueRange stored, Value temperature,
                             ArrayRef<double> values)
    : tile(tile), element(temperature.getType()), values(values) {
  steepness = tile.create<arith::MulFOp>(
      tile.splat(temperature), tile.real(element, llvm::numbers::log2e));
  if (values.size() == 2)
    initTwo(stored[0]);
  else
    initMany(stored);
  Value total = tile.real(element, 0);
  for (auto [exp, value] : llvm::zip(exps, values)) {
    valueGaps.push_back(
        tile.create<arith::SubFOp>(tile.real(element, value), selected));
    total = tile.create<vector::FMAOp>(exp, valueGaps.back(), total);
  }
  weightGap = tile.create<arith::DivFOp>(total, sum);
}

void StoredSoftmax::selectIf(Value isLarger, int64_t index) {
  selected = tile.create<arith::SelectOp>(
      isLarger, tile.real(element, values[index]), selected);
  code = tile.create<arith::SelectOp>(isLarger, tile.integer(index), code);
}

Value StoredSoftmax::getExp(Value gap) {
  return tile.create<math::Exp2Op>(tile.create<arith::MulFOp>(gap, steepness));
}

/// tanh(T d / 2) = +-(1 - e) / (1 + e) with e = exp(-T |d|), which unlike tanh
/// keeps the slope where the weight is close to +-1.
void StoredSoftmax::initTwo(Value difference) {
  Value zero = tile.real(element, 0), one = tile.real(element, 1);
  Value isLarger =
      tile.create<arith::CmpFOp>(arith::CmpFPredicate::OGT, difference, zero);
  Value gap = tile.create<arith::SelectOp>(
      isLarger, tile.create<arith::NegFOp>(difference), difference);
  Value exp = getExp(gap);
  exps = {tile.create<arith::SelectOp>(isLarger, exp, one),
          tile.create<arith::SelectOp>(isLarger, one, exp)};
  sum = tile.create<arith::AddFOp>(one, exp);
  selected = tile.real(element, values[0]);
  code = tile.integer(0);
  selectIf(isLarger, 1);
}

void StoredSoftmax::initMany(ValueRange stored) {
  Pair last = getLastLogit(tile, stored);
  Value max = stored[0];
  selected = tile.real(element, values[0]);
  code = tile.integer(0);
  for (auto [index, logit] : llvm::drop_begin(llvm::enumerate(stored))) {
    Value isLarger =
        tile.create<arith::CmpFOp>(arith::CmpFPredicate::OGT, logit, max);
    max = tile.create<arith::SelectOp>(isLarger, logit, max);
    selectIf(isLarger, index);
  }
  Value zero = tile.real(element, 0);
  Value lead = tile.create<arith::AddFOp>(
      tile.create<arith::SubFOp>(last.high, max), last.low);
  Value isLast =
      tile.create<arith::CmpFOp>(arith::CmpFPredicate::OGT, lead, zero);
  max = tile.create<arith::SelectOp>(isLast, last.high, max);
  Value maxLow = tile.create<arith::SelectOp>(isLast, last.low, zero);
  selectIf(isLast, stored.size());
  // The maximum goes before the temperature comes: that product may be 1e12,
  // and its rounding errors would be exponents.
  Value low =
      tile.create<arith::MulFOp>(maxLow, tile.create<arith::NegFOp>(steepness));
  auto addExp = [&](Value gap, Value correction) {
    exps.push_back(tile.create<math::Exp2Op>(
        tile.create<vector::FMAOp>(gap, steepness, correction)));
    sum = sum ? tile.create<arith::AddFOp>(sum, exps.back()) : exps.back();
  };
  for (Value logit : stored)
    addExp(tile.create<arith::SubFOp>(logit, max), low);
  addExp(tile.create<arith::SelectOp>(isLast, zero, lead), zero);
}

Value StoredSoftmax::getWeights() {
  return tile.create<arith::AddFOp>(selected, weightGap);
}

void StoredSoftmax::setWeightsGrad(Value weightsGrad) {
  // From the steepness, as T would take up a register all the time.
  Value temperature = tile.create<arith::MulFOp>(
      steepness, tile.real(element, llvm::numbers::ln2));
  factor = tile.create<arith::DivFOp>(
      tile.create<arith::MulFOp>(temperature, weightsGrad), sum);
}

Value StoredSoftmax::getGradient(int64_t row) {
  // For two candidates the difference moves along the gradient of the upper.
  int64_t k = values.size() == 2 ? 1 : row;
  Value slope = tile.create<arith::MulFOp>(
      exps[k], tile.create<arith::SubFOp>(valueGaps[k], weightGap));
  return tile.create<arith::MulFOp>(factor, slope);
}

SmallVector<Value> StoredSoftmax::getPlanes(unsigned bits) {
  SmallVector<Value> planes;
  for (unsigned j = 0; j < bits; ++j) {
    Value bit = tile.create<arith::AndIOp>(code, tile.integer(1 << j));
    planes.push_back(tile.packed(tile.create<arith::CmpIOp>(
        arith::CmpIPredicate::ne, bit, tile.integer(0))));
  }
  return planes;
}
