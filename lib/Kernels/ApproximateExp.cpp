//===- ApproximateExp.cpp - exponentials on whole vectors -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ApproximateExp.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace slb;

/// 2^f = 1 + sum_k kPowers[k - 1] * f^k for |f| <= 1/2, with the smallest
/// largest relative error that five terms have, 9.2e-8. Exact for f = 0: the
/// largest of a weight's exponentials is 1.
static constexpr float kPowers[] = {0.69314700f, 0.24022242f, 0.055507336f,
                                    0.009671513f, 0.0013264727f};
/// Beside the 1 of the largest exponential 2^-100 is 0, but its products are
/// normal numbers, which denormals would delay.
static constexpr float kLowest = -100;
/// A float so large that adding it rounds to an integer, which the lowest bits
/// of the sum then hold.
static constexpr float kRounder = 0x1.8p23f;

namespace {
/// 2^x = 2^n * 2^f with n + f = x. MLIR's own expansion of exponentials, good
/// for all arguments, takes twice the instructions, and a training step of 16
/// values is bound by them.
struct Exp2OpConversion : OpRewritePattern<math::Exp2Op> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(math::Exp2Op op,
                                PatternRewriter &rewriter) const override {
    auto type = dyn_cast<VectorType>(op.getType());
    if (!type || !type.getElementType().isF32())
      return rewriter.notifyMatchFailure(op, "only vectors of f32 approximate");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto real = [&](float value) -> Value {
      return arith::ConstantOp::create(b, DenseElementsAttr::get(type, value));
    };
    // In this order it is one instruction that leaves a NaN alone.
    Value isBelow = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT,
                                          real(kLowest), op.getOperand());
    Value exponent =
        arith::SelectOp::create(b, isBelow, real(kLowest), op.getOperand());
    Value rounded = arith::AddFOp::create(b, exponent, real(kRounder));
    Value whole = arith::SubFOp::create(b, rounded, real(kRounder));
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
        b, arith::BitcastOp::create(b, bits, rounded), shift);
    Value sum = arith::AddIOp::create(
        b, arith::BitcastOp::create(b, bits, power), more);
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(op, type, sum);
    return success();
  }
};
} // namespace

void slb::approximateExp2(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  patterns.add<Exp2OpConversion>(module.getContext());
  walkAndApplyPatterns(module, std::move(patterns));
}
