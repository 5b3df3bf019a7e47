//===- Passes.h - passes of the bitpack dialect -----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_BITPACK_TRANSFORMS_PASSES_H
#define SLB_DIALECTS_BITPACK_TRANSFORMS_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace slb::bitpack {

/// Lets one-shot bufferization turn layers on tensors to layers on memrefs.
void registerBufferizableOpInterfaceExternalModels(
    mlir::DialectRegistry &registry);

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/bitpack/Transforms/Passes.h.inc"

} // namespace slb::bitpack

#endif // SLB_DIALECTS_BITPACK_TRANSFORMS_PASSES_H
