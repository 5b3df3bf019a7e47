//===- BufferizableOpInterfaceImpl.cpp - layers on memrefs ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/Transforms/BufferizableOpInterfaceImpl.h"
#include "dialects/bitpack/IR/BitpackDialect.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/DstBufferizableOpInterfaceImpl.h"

using namespace mlir;
using namespace mlir::bufferization;
using namespace slb::bitpack;

namespace {
/// A layer reads its inputs and overwrites its whole output.
template <typename OpTy>
struct LayerBufferization
    : DstBufferizableOpInterfaceExternalModel<LayerBufferization<OpTy>, OpTy> {
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand,
                              const AnalysisState &) const {
    return !cast<DestinationStyleOpInterface>(op).isDpsInit(&operand);
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    SmallVector<Value> buffers;
    for (Value operand : op->getOperands()) {
      if (!isa<TensorType>(operand.getType())) {
        buffers.push_back(operand);
        continue;
      }
      FailureOr<Value> buffer = getBuffer(rewriter, operand, options, state);
      if (failed(buffer))
        return failure();
      buffers.push_back(*buffer);
    }
    rewriter.setInsertionPoint(op);
    OperationState newOp(op->getLoc(), op->getName(), buffers, TypeRange());
    newOp.propertiesAttr = op->getPropertiesAsAttribute();
    newOp.addAttributes(llvm::to_vector(op->getDiscardableAttrs()));
    rewriter.create(newOp);
    unsigned output =
        cast<LayerOpInterface>(op).getOutputMutable().getOperandNumber();
    replaceOpWithBufferizedValues(rewriter, op, buffers[output]);
    return success();
  }
};
} // namespace

template <typename... Ops> static void attach(MLIRContext *context) {
  (Ops::template attachInterface<LayerBufferization<Ops>>(*context), ...);
}

void slb::bitpack::registerBufferizableOpInterfaceExternalModels(
    DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, BitpackDialect *) {
    attach<Conv2DOp, Pool2DOp, RequantizeOp, AddOp, ReluOp, DequantizeOp,
           QuantizeOp, ConcatOp, FlattenOp>(context);
  });
}
