//===- ApproximateExp.cpp - exponentials on whole vectors -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"
#include "slb/Kernels/HostCompiler.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace slb;

/// 2^f = 1 + sum_k kPowers[k - 1] * f^k for |f| <= 1/2, with the smallest
/// largest relative error that five terms have, 9.2e-8. Exact for f = 0: the
/// largest of a weight's exponentials is 1.
static constexpr float kPowers[] = {0.69314700f, 0.24022242f, 0.055507336f,
                                    0.009671513f, 0.0013264727f};
/// Below 2^-126 there are no normal floats.
static constexpr float kLowest = -126;

namespace {
/// exp(x) = 2^n * 2^f with n + f = x * log2(e). Where |x| is large the product
/// is inexact, but so small an exponential weighs nothing beside the 1 of the
/// largest one. MLIR's own expansion, good for all arguments, takes twice the
/// instructions, and a training step of 16 values is bound by them.
struct ExpOpConversion : OpRewritePattern<math::ExpOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(math::ExpOp op,
                                PatternRewriter &rewriter) const override {
    auto type = dyn_cast<VectorType>(op.getType());
    if (!type || !type.getElementType().isF32())
      return rewriter.notifyMatchFailure(op, "only vectors of f32 approximate");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto real = [&](float value) -> Value {
      return arith::ConstantOp::create(b, DenseElementsAttr::get(type, value));
    };
    Value exponent =
        arith::MulFOp::create(b, op.getOperand(), real(llvm::numbers::log2ef));
    Value isZero = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, exponent,
                                         real(kLowest));
    exponent = arith::MaximumFOp::create(b, exponent, real(kLowest));
    Value whole = math::RoundEvenOp::create(b, exponent);
    Value fraction = arith::SubFOp::create(b, exponent, whole);
    Value power = real(std::end(kPowers)[-1]);
    for (float factor : llvm::reverse(ArrayRef(kPowers).drop_back()))
      power = math::FmaOp::create(b, power, fraction, real(factor));
    power = math::FmaOp::create(b, power, fraction, real(1));
    // Times 2^n: n more in the bits of the exponent.
    auto bits = type.clone(b.getI32Type());
    Value shift =
        arith::ConstantOp::create(b, DenseElementsAttr::get(bits, int32_t(23)));
    Value more = arith::ShLIOp::create(
        b, arith::FPToSIOp::create(b, bits, whole), shift);
    Value sum = arith::AddIOp::create(
        b, arith::BitcastOp::create(b, bits, power), more);
    rewriter.replaceOpWithNewOp<arith::SelectOp>(
        op, isZero, real(0), arith::BitcastOp::create(b, type, sum));
    return success();
  }
};
} // namespace

void slb::approximateExp(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  patterns.add<ExpOpConversion>(module.getContext());
  walkAndApplyPatterns(module, std::move(patterns));
}
