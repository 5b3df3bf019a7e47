//===- TranslateToC.h - prints EmitC files as C -----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TARGET_C_TRANSLATETOC_H
#define SLB_TARGET_C_TRANSLATETOC_H

#include "mlir/IR/BuiltinOps.h"

namespace slb {

/// Prints the `emitc.file` ops named `file`, as C99.
mlir::LogicalResult translateToC(mlir::ModuleOp module, llvm::StringRef file,
                                 llvm::raw_ostream &os);

} // namespace slb

#endif // SLB_TARGET_C_TRANSLATETOC_H
