//===- Utils.h - what the passes of the slb dialect share -------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_SLB_TRANSFORMS_UTILS_H
#define SLB_DIALECTS_SLB_TRANSFORMS_UTILS_H

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include <optional>

namespace slb {

/// The elements of a constant f32 tensor.
std::optional<llvm::SmallVector<float>> getFloats(mlir::Value value);

/// `arith.constant` of `values` in a tensor of shape `shape`, or a vector.
template <typename T>
mlir::Value createConstant(mlir::OpBuilder &builder, mlir::Location loc,
                           llvm::ArrayRef<T> values, mlir::Type element,
                           llvm::ArrayRef<int64_t> shape = {});

/// Erases the operations in `root` that nothing reads, in one sweep.
void eraseDeadOps(mlir::Operation *root);

/// max(0, x), perhaps with an upper bound that the quantizer behind it implies.
bool isRelu(mlir::tosa::ClampOp clamp);

/// What a TOSA pool reads. TOSA wants windows that cover their input exactly,
/// so a slice may cut rows and columns off behind the last window; pools of slb
/// leave them out themselves, and read what the slice reads.
template <typename PoolOp> mlir::Value getUncutPoolInput(PoolOp pool);

/// "'slb.fused_conv2d' of layer 'conv1'", or the op's name alone; for messages.
std::string describe(mlir::Operation *op);
/// What a value is, for messages: `describe` of its op, or "argument 0".
std::string describe(mlir::Value value);

} // namespace slb

#endif // SLB_DIALECTS_SLB_TRANSFORMS_UTILS_H
