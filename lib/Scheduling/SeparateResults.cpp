//===- SeparateResults.cpp - a buffer of its own for every result ---------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "slb/Scheduling/Scheduling.h"

using namespace mlir;

namespace slb::bitpack {
#define GEN_PASS_DEF_BITPACKSEPARATERESULTSPASS
#include "lib/Scheduling/Passes.h.inc"
} // namespace slb::bitpack

namespace {
struct SeparateResults
    : slb::bitpack::impl::BitpackSeparateResultsPassBase<SeparateResults> {
  void runOnOperation() override {
    getOperation().walk([](func::ReturnOp end) {
      llvm::SmallPtrSet<Value, 4> returned;
      OpBuilder builder(end);
      for (OpOperand &operand : end->getOpOperands()) {
        Value value = operand.get();
        if (returned.insert(value).second)
          continue;
        operand.set(bufferization::AllocTensorOp::create(
            builder, end.getLoc(), cast<RankedTensorType>(value.getType()),
            ValueRange(), /*copy=*/value));
      }
    });
  }
};
} // namespace
