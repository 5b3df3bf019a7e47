//===- SLBSearchOps.cpp - verifiers of the kernels of searched weights ----===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"

using namespace mlir;
using namespace slb;

/// Logits, or what lies beside them: a row for each stored candidate.
static LogicalResult verifyRows(Operation *op, Value matrix, StringRef name,
                                int64_t rows, StringRef meaning) {
  auto type = cast<MemRefType>(matrix.getType());
  if (type.getDimSize(0) == rows)
    return success();
  return op->emitOpError() << "expects " << rows << " rows of " << name << ", "
                           << meaning << ", but got " << type;
}

/// All floats are of the temperature's type; logits may be bf16 beside f32.
static LogicalResult verifyElements(Operation *op, Value logits, Type real) {
  for (Value operand : op->getOperands()) {
    Type element = getElementTypeOrSelf(operand);
    bool isStoredShort = operand == logits && element.isBF16() && real.isF32();
    if (isa<FloatType>(element) && element != real && !isStoredShort)
      return op->emitOpError()
             << "expects elements of " << real
             << " as its temperature, but got " << operand.getType();
  }
  return success();
}

/// Vector loads and stores need neighbours beside each other.
static LogicalResult verifyUnitStrides(Operation *op) {
  for (Type type : op->getOperandTypes()) {
    auto buffer = dyn_cast<MemRefType>(type);
    if (buffer && !buffer.isLastDimUnitStride())
      return op->emitOpError()
             << "expects rows of contiguous elements, but got " << buffer;
  }
  return success();
}

template <typename OpT> static LogicalResult verifySearch(OpT op) {
  Value logits = op.getLogits();
  ValueSetAttr set = op.getSet();
  if (set.size() < 2 || set.size() > 16)
    return op.emitOpError()
           << "expects a set of 2 to 16 values, but got " << set.size();
  if (failed(verifyElements(op, logits, op.getTemperature().getType())) ||
      failed(verifyUnitStrides(op)))
    return failure();
  return verifyRows(op, logits, "logits", set.size() - 1,
                    "one less than the set has values");
}

static LogicalResult verifyPlanes(Operation *op, Value planes,
                                  ValueSetAttr set) {
  return verifyRows(op, planes, "planes", set.getBits(),
                    "one for each bit of a code");
}

LogicalResult SearchForwardOp::verify() {
  if (failed(verifySearch(*this)))
    return failure();
  return verifyPlanes(*this, getPlanes(), getSet());
}

LogicalResult SearchBackwardOp::verify() {
  if (failed(verifySearch(*this)))
    return failure();
  return verifyRows(*this, getLogitsGrad(), "gradient", getSet().size() - 1,
                    "as many as of logits");
}

LogicalResult SearchStepOp::verify() {
  if (failed(verifySearch(*this)) ||
      failed(verifyRows(*this, getMomentum(), "momentum", getSet().size() - 1,
                        "as many as of logits")))
    return failure();
  return verifyPlanes(*this, getPlanes(), getSet());
}
