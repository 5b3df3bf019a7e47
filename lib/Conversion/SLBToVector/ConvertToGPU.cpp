//===- ConvertToGPU.cpp - searched weights to a block's threads -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToVector/SearchKernel.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"
#include "slb/Conversion/SLBToVector/SLBToVector.h"
#include "llvm/Support/MathExtras.h"

namespace slb {
#define GEN_PASS_DEF_CONVERTSLBTOGPU
#include "lib/Conversion/SLBToVector/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

/// Weights of one thread: 16 bytes of f32.
static constexpr int64_t kLanes = 4;
/// Threads whose codes fill one word.
static constexpr int64_t kWordThreads = 32 / kLanes;

//===----------------------------------------------------------------------===//
// Threads
//===----------------------------------------------------------------------===//

/// One by one, the fewer than four weights from `index` to the kernel's end.
static SmallVector<Value> emitRest(ImplicitLocOpBuilder &b,
                                   const SearchKernel &kernel, Value index) {
  Value one = arith::ConstantIndexOp::create(b, 1);
  SmallVector<Value> initial(kernel.getResultCount(), getI32(b, 0));
  auto body = [&](OpBuilder &builder, Location loc, Value i,
                  ValueRange results) {
    ImplicitLocOpBuilder b(loc, builder);
    Tile tile{b, 1, i};
    SmallVector<Value> sums = flatten(kernel.emitTile(tile));
    Value shift = arith::IndexCastOp::create(
        b, b.getI32Type(), arith::SubIOp::create(b, i, index));
    for (unsigned j = 0; j < sums.size(); ++j) {
      if (j < kernel.planeCount)
        sums[j] = arith::ShLIOp::create(b, sums[j], shift);
      sums[j] = arith::AddIOp::create(b, results[j], sums[j]);
    }
    scf::YieldOp::create(b, sums);
  };
  return scf::ForOp::create(b, index, kernel.end, one, initial, body)
      .getResults();
}

/// Up to four weights from `index` on. What they leave comes back.
static SmallVector<Value> emitThread(ImplicitLocOpBuilder &b,
                                     const SearchKernel &kernel, Value index) {
  Value lanes = arith::ConstantIndexOp::create(b, kLanes);
  Value next = arith::AddIOp::create(b, index, lanes);
  Value hasAll =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ule, next, kernel.end);
  auto branch = scf::IfOp::create(
      b, hasAll,
      [&](OpBuilder &builder, Location loc) {
        ImplicitLocOpBuilder b(loc, builder);
        Tile tile{b, kLanes, index};
        tile.isAligned = true;
        scf::YieldOp::create(b, flatten(kernel.emitTile(tile)));
      },
      [&](OpBuilder &builder, Location loc) {
        ImplicitLocOpBuilder b(loc, builder);
        scf::YieldOp::create(b, emitRest(b, kernel, index));
      });
  return branch.getResults();
}

/// Combines the bits of eight threads; the first of them stores the word.
static void emitPlanes(ImplicitLocOpBuilder &b, const SearchKernel &kernel,
                       Value thread, Value index, ValueRange planes) {
  Value place = arith::RemUIOp::create(
      b, thread, arith::ConstantIndexOp::create(b, kWordThreads));
  Value shift = arith::IndexCastOp::create(
      b, b.getI32Type(),
      arith::MulIOp::create(b, place,
                            arith::ConstantIndexOp::create(b, kLanes)));
  SmallVector<Value> words;
  for (Value bits : planes) {
    Value word = arith::ShLIOp::create(b, bits, shift);
    for (int distance = 1; distance < kWordThreads; distance *= 2) {
      auto other =
          gpu::ShuffleOp::create(b, word, distance, 32, gpu::ShuffleMode::XOR);
      word = arith::OrIOp::create(b, word, other.getShuffleResult());
    }
    words.push_back(word);
  }
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value isFirst =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, place, zero);
  Value isInside =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, index, kernel.end);
  auto stores = scf::IfOp::create(
      b, arith::AndIOp::create(b, isFirst, isInside).getResult());
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(stores.thenBlock());
  Value wordIndex = arith::DivUIOp::create(
      b, index, arith::ConstantIndexOp::create(b, kWordThreads * kLanes));
  for (auto [j, word] : llvm::enumerate(words)) {
    Value plane = arith::ConstantIndexOp::create(b, j);
    memref::StoreOp::create(b, word, kernel.planes,
                            ValueRange{plane, wordIndex});
  }
}

/// All threads take part, with or without weights: shuffles need them. There is
/// no loop: LLVM would keep one address a row in registers, which K = 16 lacks.
static void emitBlock(const SearchKernel &kernel) {
  ImplicitLocOpBuilder b(kernel.op->getLoc(), kernel.op);
  Value lanes = arith::ConstantIndexOp::create(b, kLanes);
  Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x);
  Value offset = arith::MulIOp::create(b, thread, lanes);
  Value index = arith::AddIOp::create(b, kernel.begin, offset);
  SmallVector<Value> results = emitThread(b, kernel, index);
  if (kernel.planeCount)
    emitPlanes(b, kernel, thread, index,
               ArrayRef(results).take_front(kernel.planeCount));
  if (kernel.flips)
    emitFlips(b, kernel, results.back());
}

//===----------------------------------------------------------------------===//
// Approximations
//===----------------------------------------------------------------------===//

namespace {
/// To ex2.approx lane by lane. MLIR would call libdevice, and so need a
/// toolkit.
struct Exp2OpConversion : OpRewritePattern<math::Exp2Op> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(math::Exp2Op op,
                                PatternRewriter &rewriter) const override {
    auto type = dyn_cast<VectorType>(op.getType());
    if (!type || !type.getElementType().isF32())
      return rewriter.notifyMatchFailure(op, "only vectors of f32 approximate");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    SmallVector<Value> lanes;
    for (int64_t lane = 0; lane < type.getNumElements(); ++lane) {
      Value exponent = vector::ExtractOp::create(b, op.getOperand(), lane);
      lanes.push_back(LLVM::CallIntrinsicOp::create(
                          b, b.getF32Type(),
                          b.getStringAttr("llvm.nvvm.ex2.approx.ftz"), exponent)
                          .getResult(0));
    }
    rewriter.replaceOpWithNewOp<vector::FromElementsOp>(op, type, lanes);
    return success();
  }
};
} // namespace

static void approximateDivisions(Operation *root) {
  root->walk([](arith::DivFOp op) {
    if (getElementTypeOrSelf(op.getType()).isF32())
      op.setFastmath(arith::FastMathFlags::afn);
  });
}

namespace {
struct ConvertSLBToGPUPass
    : slb::impl::ConvertSLBToGPUBase<ConvertSLBToGPUPass> {
  void runOnOperation() override {
    for (const SearchKernel &kernel : getSearchKernels(getOperation())) {
      emitBlock(kernel);
      kernel.op->erase();
    }
    RewritePatternSet patterns(&getContext());
    patterns.add<Exp2OpConversion>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
    approximateDivisions(getOperation());
    expandBFloat16(getOperation());
  }
};
} // namespace
