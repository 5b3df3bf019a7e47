//===- SelfCheck.h - vectors that a network checks itself with --*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_PIPELINES_SELFCHECK_H
#define SLB_LIB_PIPELINES_SELFCHECK_H

#include "mlir/IR/BuiltinOps.h"

namespace slb {

/// Runs the reference on a few random inputs of a network at phase `integer`
/// and keeps inputs and results, as they will be stored, in the module's
/// attribute `bitpack.self_check`.
mlir::LogicalResult addSelfCheck(mlir::ModuleOp module);

} // namespace slb

#endif // SLB_LIB_PIPELINES_SELFCHECK_H
