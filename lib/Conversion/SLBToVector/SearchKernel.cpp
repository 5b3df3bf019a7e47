//===- SearchKernel.cpp - what a kernel does with a tile ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToVector/SearchKernel.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "lib/Conversion/SLBToVector/StoredSoftmax.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace slb;

static SmallVector<Value> loadRows(Tile &tile, Value matrix, int64_t rows) {
  SmallVector<Value> loaded;
  for (int64_t row = 0; row < rows; ++row)
    loaded.push_back(tile.load(matrix, row));
  return loaded;
}

static SearchKernel getKernel(SearchForwardOp op) {
  SearchKernel kernel{op, op.getBegin(), op.getEnd()};
  kernel.planes = op.getPlanes();
  kernel.planeCount = op.getSet().getBits();
  SmallVector<double> values = getRealValues(op.getSet(), op.getScale());
  kernel.emitTile = [op, values](Tile &tile) mutable {
    SmallVector<Value> stored =
        loadRows(tile, op.getLogits(), values.size() - 1);
    StoredSoftmax softmax(tile, stored, op.getTemperature(), values);
    tile.store(softmax.getWeights(), op.getWeights());
    return TileResult{softmax.getPlanes(op.getSet().getBits()), nullptr};
  };
  return kernel;
}

static SearchKernel getKernel(SearchBackwardOp op) {
  SearchKernel kernel{op, op.getBegin(), op.getEnd()};
  SmallVector<double> values = getRealValues(op.getSet(), op.getScale());
  kernel.emitTile = [op, values](Tile &tile) mutable {
    SmallVector<Value> stored =
        loadRows(tile, op.getLogits(), values.size() - 1);
    StoredSoftmax softmax(tile, stored, op.getTemperature(), values);
    softmax.setWeightsGrad(tile.load(op.getWeightsGrad()));
    for (size_t row = 0; row < values.size() - 1; ++row)
      tile.store(softmax.getGradient(row), op.getLogitsGrad(), row);
    return TileResult();
  };
  return kernel;
}

namespace {
/// SGD on one stored logit. The factors are vectors.
struct Sgd {
  Value learningRate, momentum, weightDecay;
  bool nesterov;

  Sgd(Tile &tile, SearchStepOp op)
      : learningRate(tile.splat(op.getLearningRate())),
        momentum(tile.splat(op.getMomentumFactor())),
        weightDecay(tile.splat(op.getWeightDecay())),
        nesterov(op.getNesterov()) {
    if (op.getSet().size() != 2)
      return;
    // The difference of two logits moves twice as far, and so decays twice.
    Type type = op.getLearningRate().getType();
    learningRate = tile.create<arith::MulFOp>(learningRate, tile.real(type, 2));
    weightDecay = tile.create<arith::MulFOp>(weightDecay, tile.real(type, 0.5));
  }

  /// Updates `logit` and `velocity`.
  void step(Tile &tile, Value &logit, Value &velocity, Value gradient) const {
    Value direction = tile.create<vector::FMAOp>(logit, weightDecay, gradient);
    velocity = tile.create<vector::FMAOp>(velocity, momentum, direction);
    direction = nesterov
                    ? tile.create<vector::FMAOp>(velocity, momentum, direction)
                    : velocity;
    Value rate = tile.create<arith::NegFOp>(learningRate);
    logit = tile.create<vector::FMAOp>(direction, rate, logit);
  }
};
} // namespace

/// In how many lanes a plane differs.
static Value countFlips(Tile &tile, ArrayRef<Value> before,
                        ArrayRef<Value> after) {
  Value changed;
  for (auto [a, b] : llvm::zip(before, after)) {
    Value differs = tile.create<arith::XOrIOp>(a, b);
    changed = changed ? tile.create<arith::OrIOp>(changed, differs) : differs;
  }
  return tile.create<math::CtPopOp>(changed);
}

/// Rows that stay in registers from the gradient to the update.
static constexpr int64_t kEarlyRows = 8;

static TileResult emitStep(Tile &tile, SearchStepOp op,
                           ArrayRef<double> values) {
  int64_t rows = values.size() - 1;
  unsigned bits = op.getSet().getBits();
  SmallVector<Value> logits = loadRows(tile, op.getLogits(), rows);
  // Many rows of logits and momentum would not fit the registers of a GPU's
  // thread beside the exponentials, so they are loaded again, from the cache.
  // Few are loaded early, and all loads are under way at once.
  bool isEarly = rows <= kEarlyRows;
  SmallVector<Value> velocities =
      loadRows(tile, op.getMomentum(), isEarly ? rows : 0);
  Value grad = tile.create<arith::MulFOp>(tile.load(op.getWeightsGrad()),
                                          tile.splat(op.getGradScale()));
  StoredSoftmax before(tile, logits, op.getTemperature(), values);
  SmallVector<Value> planesBefore = before.getPlanes(bits);
  before.setWeightsGrad(grad);
  Sgd sgd(tile, op);
  for (int64_t row = 0; row < rows; ++row) {
    if (!isEarly) {
      velocities.push_back(tile.load(op.getMomentum(), row));
      logits[row] = tile.load(op.getLogits(), row);
    }
    sgd.step(tile, logits[row], velocities[row], before.getGradient(row));
    tile.store(velocities[row], op.getMomentum(), row);
    logits[row] = tile.rounded(logits[row], op.getLogits());
    tile.store(logits[row], op.getLogits(), row);
  }
  StoredSoftmax after(tile, logits, op.getNextTemperature(), values);
  tile.store(after.getWeights(), op.getWeights());
  TileResult result{after.getPlanes(bits), nullptr};
  result.flips = countFlips(tile, planesBefore, result.planes);
  return result;
}

static SearchKernel getKernel(SearchStepOp op) {
  SearchKernel kernel{op, op.getBegin(), op.getEnd()};
  kernel.planes = op.getPlanes();
  kernel.planeCount = op.getSet().getBits();
  kernel.flips = op.getFlips();
  SmallVector<double> values = getRealValues(op.getSet(), op.getScale());
  kernel.emitTile = [op, values](Tile &tile) {
    return emitStep(tile, op, values);
  };
  return kernel;
}

SmallVector<SearchKernel> slb::getSearchKernels(Operation *root) {
  SmallVector<SearchKernel> kernels;
  root->walk([&](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case<SearchForwardOp, SearchBackwardOp, SearchStepOp>(
            [&](auto search) { kernels.push_back(getKernel(search)); });
  });
  return kernels;
}

Value slb::getI32(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIntOp::create(b, value, 32);
}

SmallVector<Value> slb::flatten(const TileResult &result) {
  SmallVector<Value> values = result.planes;
  if (result.flips)
    values.push_back(result.flips);
  return values;
}

void slb::expandBFloat16(Operation *root) {
  RewritePatternSet patterns(root->getContext());
  arith::populateExpandBFloat16Patterns(patterns);
  walkAndApplyPatterns(root, std::move(patterns));
}

void slb::emitFlips(ImplicitLocOpBuilder &b, const SearchKernel &kernel,
                    Value count) {
  Value any =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ne, count, getI32(b, 0));
  auto isFlipped = scf::IfOp::create(b, any);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(isFlipped.thenBlock());
  Value zero = arith::ConstantIndexOp::create(b, 0);
  memref::AtomicRMWOp::create(b, arith::AtomicRMWKind::addi, count,
                              kernel.flips, zero);
}
