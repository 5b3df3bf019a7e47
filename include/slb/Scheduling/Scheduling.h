//===- Scheduling.h - kernels and places for layers -------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SCHEDULING_SCHEDULING_H
#define SLB_SCHEDULING_SCHEDULING_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

namespace slb::bitpack {

/// Passes from layers on tensors to layers on buffers that have no place yet.
void populateBufferizationPipeline(mlir::OpPassManager &manager);

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Scheduling/Passes.h.inc"

} // namespace slb::bitpack

#endif // SLB_SCHEDULING_SCHEDULING_H
