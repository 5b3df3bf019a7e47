//===- SLBToLinalg.cpp - lowers slb to linalg -----------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/SLBToLinalg/SLBToLinalg.h"
#include "lib/Conversion/SLBToLinalg/Builders.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinOps.h"

namespace slb {
#define GEN_PASS_DEF_CONVERTSLBTOLINALG
#include "lib/Conversion/SLBToLinalg/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

namespace {
/// An op that only moves elements, to itself on converted types.
template <typename OpT> struct MovingOpConversion : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    FailureOr<Operation *> converted = convertOpResultTypes(
        op, adaptor.getOperands(), *this->getTypeConverter(), rewriter);
    if (failed(converted))
      return rewriter.notifyMatchFailure(op, "result types do not convert");
    rewriter.replaceOp(op, *converted);
    return success();
  }
};

struct ConvertSLBToLinalgPass
    : slb::impl::ConvertSLBToLinalgBase<ConvertSLBToLinalgPass> {
  void runOnOperation() override {
    TypeConverter converter;
    populateSLBToLinalgTypeConversions(converter);
    RewritePatternSet patterns(&getContext());
    populateSLBToLinalgConversionPatterns(converter, patterns);

    ConversionTarget target(getContext());
    target.addIllegalDialect<SLBDialect>();
    // What else there is stays, once it holds no low-bit tensor.
    target.markUnknownOpDynamicallyLegal([&](Operation *op) {
      if (auto function = dyn_cast<FunctionOpInterface>(op))
        return converter.isSignatureLegal(
            cast<FunctionType>(function.getFunctionType()));
      return converter.isLegal(op);
    });
    if (failed(applyPartialConversion(getOperation(), target,
                                      std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace

void slb::populateSLBToLinalgTypeConversions(TypeConverter &converter) {
  converter.addConversion(
      [](Type type) { return TensorBuilder::getStorageType(type); });
}

void slb::populateSLBToLinalgConversionPatterns(const TypeConverter &converter,
                                                RewritePatternSet &patterns) {
  populateExpectationPatterns(converter, patterns);
  populateElementwisePatterns(converter, patterns);
  populateConvolutionPatterns(converter, patterns);
  patterns.add<MovingOpConversion<tensor::CollapseShapeOp>,
               MovingOpConversion<tensor::ExpandShapeOp>,
               MovingOpConversion<tensor::ExtractSliceOp>,
               MovingOpConversion<tensor::InsertSliceOp>,
               MovingOpConversion<tensor::ConcatOp>,
               MovingOpConversion<tensor::EmptyOp>>(converter,
                                                    patterns.getContext());
  populateAnyFunctionOpInterfaceTypeConversionPattern(patterns, converter);
  populateReturnOpTypeConversionPattern(patterns, converter);
  populateCallOpTypeConversionPattern(patterns, converter);
}
