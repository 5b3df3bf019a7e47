//===- ConvertToVector.cpp - searched weights to vectors ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToVector/SearchKernel.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"
#include "slb/Conversion/SLBToVector/SLBToVector.h"

namespace slb {
#define GEN_PASS_DEF_CONVERTSLBTOVECTOR
#include "lib/Conversion/SLBToVector/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

/// Weights whose codes fill one word of each plane.
static constexpr int64_t kWord = 32;

/// The `lanes` weights at `offset` of a word, or those below the kernel's end
/// if the word `isLast`. Adds what they leave to `results`.
static SmallVector<Value> emitLanes(ImplicitLocOpBuilder &b,
                                    const SearchKernel &kernel, Value word,
                                    Value offset, int64_t lanes, bool isLast,
                                    ValueRange results) {
  Value index = arith::AddIOp::create(b, word, offset);
  Tile tile{b, lanes, index};
  if (isLast) {
    Value rest = arith::SubIOp::create(b, kernel.end, index);
    auto type = VectorType::get({lanes}, b.getI1Type());
    tile.mask = vector::CreateMaskOp::create(b, type, rest);
  }
  SmallVector<Value> sums = flatten(kernel.emitTile(tile));
  Value shift = arith::IndexCastOp::create(b, b.getI32Type(), offset);
  for (unsigned i = 0; i < sums.size(); ++i) {
    if (i < kernel.planeCount) {
      sums[i] = arith::ShLIOp::create(b, sums[i], shift);
      sums[i] = arith::OrIOp::create(b, results[i], sums[i]);
    } else {
      sums[i] = arith::AddIOp::create(b, results[i], sums[i]);
    }
  }
  return sums;
}

/// The weights of the word that starts at `word`. Returns their flips, if the
/// kernel counts them.
static Value emitWord(ImplicitLocOpBuilder &b, const SearchKernel &kernel,
                      Value word, int64_t lanes, bool isLast) {
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value end = arith::ConstantIndexOp::create(b, kWord);
  Value step = arith::ConstantIndexOp::create(b, lanes);
  SmallVector<Value> initial(kernel.getResultCount(), getI32(b, 0));
  auto loop = scf::ForOp::create(
      b, zero, end, step, initial,
      [&](OpBuilder &builder, Location loc, Value offset, ValueRange results) {
        ImplicitLocOpBuilder b(loc, builder);
        scf::YieldOp::create(
            b, emitLanes(b, kernel, word, offset, lanes, isLast, results));
      });
  Value wordIndex = arith::DivUIOp::create(b, word, end);
  for (unsigned j = 0; j < kernel.planeCount; ++j) {
    Value plane = arith::ConstantIndexOp::create(b, j);
    memref::StoreOp::create(b, loop.getResult(j), kernel.planes,
                            ValueRange{plane, wordIndex});
  }
  return kernel.flips ? loop.getResults().back() : Value();
}

static void emitLoops(const SearchKernel &kernel, int64_t lanes) {
  ImplicitLocOpBuilder b(kernel.op->getLoc(), kernel.op);
  Value step = arith::ConstantIndexOp::create(b, kWord);
  Value count = arith::SubIOp::create(b, kernel.end, kernel.begin);
  Value rest = arith::RemUIOp::create(b, count, step);
  Value fullEnd = arith::SubIOp::create(b, kernel.end, rest);
  SmallVector<Value> initial;
  if (kernel.flips)
    initial.push_back(getI32(b, 0));
  auto addWord = [&](ImplicitLocOpBuilder b, Value word, ValueRange flips,
                     bool isLast) {
    Value more = emitWord(b, kernel, word, lanes, isLast);
    SmallVector<Value> sum;
    if (more)
      sum.push_back(arith::AddIOp::create(b, flips[0], more));
    scf::YieldOp::create(b, sum);
  };
  auto loop = scf::ForOp::create(
      b, kernel.begin, fullEnd, step, initial,
      [&](OpBuilder &builder, Location loc, Value word, ValueRange flips) {
        addWord({loc, builder}, word, flips, /*isLast=*/false);
      });
  Value hasRest =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, fullEnd, kernel.end);
  auto last = scf::IfOp::create(
      b, hasRest,
      [&](OpBuilder &builder, Location loc) {
        addWord({loc, builder}, fullEnd, loop.getResults(), /*isLast=*/true);
      },
      [&](OpBuilder &builder, Location loc) {
        scf::YieldOp::create(builder, loc, loop.getResults());
      });
  if (kernel.flips)
    emitFlips(b, kernel, last.getResult(0));
}

namespace {
/// vector.fma to math.fma. The first may round twice, and does on processors
/// without an instruction for it, where weights would then be others.
struct FMAOpConversion : OpRewritePattern<vector::FMAOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(vector::FMAOp op,
                                PatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<math::FmaOp>(op, op.getLhs(), op.getRhs(),
                                             op.getAcc());
    return success();
  }
};

struct ConvertSLBToVectorPass
    : slb::impl::ConvertSLBToVectorBase<ConvertSLBToVectorPass> {
  using ConvertSLBToVectorBase::ConvertSLBToVectorBase;

  void runOnOperation() override {
    if (lanes != 8 && lanes != 16 && lanes != 32) {
      emitError(getOperation()->getLoc())
          << "expects 'lanes' to be 8, 16 or 32, but got " << lanes.getValue();
      return signalPassFailure();
    }
    for (const SearchKernel &kernel : getSearchKernels(getOperation())) {
      emitLoops(kernel, lanes);
      kernel.op->erase();
    }
    expandBFloat16(getOperation());
    RewritePatternSet patterns(&getContext());
    patterns.add<FMAOpConversion>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};
} // namespace
