//===- Select.cpp - phase search to selected: the discrete weights --------===//
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
#include <cmath>

namespace slb {
#define GEN_PASS_DEF_SLBSELECT
#include "dialects/slb/Transforms/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

/// A largest logit exists only among numbers.
static LogicalResult verifyLogits(Operation *op, Value logits) {
  ElementsAttr elements = getConstantElements(logits);
  if (!elements)
    return op->emitOpError() << "expects constant logits to select from, but "
                                "got "
                             << describe(logits);
  if (!elements.getElementType().isF32())
    return op->emitOpError()
           << "expects logits of type f32, but got " << elements.getType();
  SmallVector<char> storage;
  ArrayRef<float> values = getDataAs<float>(elements, storage);
  auto *nan = llvm::find_if(values, [](float x) { return std::isnan(x); });
  if (nan != values.end())
    return op->emitOpError() << "expects numbers as logits, but got NaN at "
                                "index "
                             << nan - values.begin();
  return success();
}

static bool isFilterOfLayer(OpOperand &use) {
  return isa<Conv2DOp, LinearOp>(use.getOwner()) && use.getOperandNumber() == 1;
}

/// Layers read low-bit filters themselves; other ops get the real values.
static void replaceWithLowBit(OpBuilder &builder, Value real, Value lowBit) {
  real.replaceUsesWithIf(lowBit, isFilterOfLayer);
  if (real.use_empty())
    return;
  auto dequantize =
      DequantizeOp::create(builder, real.getLoc(), real.getType(), lowBit);
  real.replaceAllUsesWith(dequantize);
}

static Value createConstantSelection(OpBuilder &builder, Location loc,
                                     Type type, Value logits) {
  return builder.createOrFold<SelectOp>(loc, type, logits);
}

static LogicalResult selectWeights(ExpectationOp op) {
  if (failed(verifyLogits(op, op.getLogits())))
    return failure();
  OpBuilder builder(op);
  auto shape = cast<ShapedType>(op.getWeights().getType());
  Value codes = createConstantSelection(
      builder, op.getLoc(), shape.clone(op.getLowBitType()), op.getLogits());
  replaceWithLowBit(builder, op.getWeights(), codes);
  op.erase();
  return success();
}

static LogicalResult foldSelection(SelectOp op) {
  if (failed(verifyLogits(op, op.getLogits())))
    return failure();
  OpBuilder builder(op);
  op.replaceAllUsesWith(createConstantSelection(builder, op.getLoc(),
                                                op.getType(), op.getLogits()));
  op.erase();
  return success();
}

static void selectStatistics(StateBatchNormOp op) {
  OpBuilder builder(op);
  auto norm =
      BatchNormOp::create(builder, op.getLoc(), op.getType(), op.getInput(),
                          op.getGamma(), op.getBeta(), op.getDiscreteMean(),
                          op.getDiscreteVariance(), op.getEpsilonAttr());
  op.replaceAllUsesWith(norm.getResult());
  op.erase();
}

namespace {
struct SelectPass : slb::impl::SLBSelectBase<SelectPass> {
  void runOnOperation() override {
    WalkResult result = getOperation().walk([](Operation *op) {
      LogicalResult selected = success();
      if (auto expectation = dyn_cast<ExpectationOp>(op))
        selected = selectWeights(expectation);
      else if (auto selection = dyn_cast<SelectOp>(op))
        selected = foldSelection(selection);
      else if (auto norm = dyn_cast<StateBatchNormOp>(op))
        selectStatistics(norm);
      return failed(selected) ? WalkResult::interrupt() : WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    // Logits, temperatures and the statistics of searched weights.
    eraseDeadOps(getOperation());
  }
};
} // namespace
