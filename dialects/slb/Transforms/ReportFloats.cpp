//===- ReportFloats.cpp - what a quantized network computes in float ------===//
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

namespace slb {
#define GEN_PASS_DEF_SLBREPORTFLOATS
#include "dialects/slb/Transforms/Passes.h.inc"
} // namespace slb

using namespace mlir;
using namespace slb;

static bool isFloatLayer(Operation *op) {
  return isa<FusedConv2DOp, FusedLinearOp>(op);
}

/// Real values that operators other than layers make of low-bit ones.
static bool comesFromLowBit(Value value) {
  SmallVector<Value> left = {value};
  while (!left.empty()) {
    Operation *op = left.pop_back_val().getDefiningOp();
    if (!op || isFloatLayer(op))
      continue;
    if (isa<DequantizeOp>(op))
      return true;
    llvm::append_range(left, op->getOperands());
  }
  return false;
}

/// Some low-bit value was meant to be computed with beyond the first layer;
/// networks of float activations have at most a low-bit input.
static bool isQuantized(func::FuncOp network) {
  WalkResult result = network.walk([](Operation *op) {
    bool isInteger = isa<IntegerConv2DOp, IntegerLinearOp, RequantizeOp>(op);
    if (isFloatLayer(op))
      isInteger =
          getLowBitType(op->getResult(0)) || comesFromLowBit(op->getOperand(0));
    return isInteger ? WalkResult::interrupt() : WalkResult::advance();
  });
  return result.wasInterrupted();
}

/// Filters of floats are meant to be computed with in float.
static bool wantsIntegers(Operation *op) {
  return isFloatLayer(op) && getLowBitType(op->getOperand(1));
}

static InFlightDiagnostic report(Operation *layer,
                                 DiagnosticSeverity severity) {
  InFlightDiagnostic diagnostic = severity == DiagnosticSeverity::Error
                                      ? emitError(layer->getLoc())
                                      : emitWarning(layer->getLoc());
  diagnostic << describe(layer) << " is computed in float: ";
  if (getLowBitType(layer->getOperand(0)))
    diagnostic << "no quantizer takes its result";
  else
    diagnostic << "no quantizer stands behind "
               << describe(layer->getOperand(0)) << ", its input";
  return diagnostic;
}

static bool computesFloats(Operation *op) {
  auto isFloat = [](Type type) { return getElementTypeOrSelf(type).isF32(); };
  bool isData = op->hasTrait<OpTrait::ConstantLike>() ||
                op->hasTrait<OpTrait::IsTerminator>();
  return !isData && (llvm::any_of(op->getOperandTypes(), isFloat) ||
                     llvm::any_of(op->getResultTypes(), isFloat));
}

/// Names a layer that could be of integers, rather than what surrounds it.
static LogicalResult refuseFloats(func::FuncOp network) {
  WalkResult layers = network.walk([](Operation *op) -> WalkResult {
    return wantsIntegers(op)
               ? LogicalResult(report(op, DiagnosticSeverity::Error))
               : success();
  });
  if (layers.wasInterrupted())
    return failure();
  WalkResult operators = network.walk([](Operation *op) -> WalkResult {
    if (!computesFloats(op))
      return success();
    return emitError(op->getLoc())
           << "expects integers alone, but got floats at " << describe(op);
  });
  return failure(operators.wasInterrupted());
}

namespace {
struct ReportFloatsPass : slb::impl::SLBReportFloatsBase<ReportFloatsPass> {
  using SLBReportFloatsBase::SLBReportFloatsBase;

  void runOnOperation() override {
    func::FuncOp network = getOperation();
    if (integerOnly) {
      if (failed(refuseFloats(network)))
        signalPassFailure();
      return;
    }
    if (isQuantized(network))
      network.walk([](Operation *op) {
        if (wantsIntegers(op))
          report(op, DiagnosticSeverity::Warning);
      });
  }
};
} // namespace
