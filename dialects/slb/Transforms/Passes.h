//===- Passes.h - passes between the phases of the slb dialect --*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_SLB_TRANSFORMS_PASSES_H
#define SLB_DIALECTS_SLB_TRANSFORMS_PASSES_H

#include "mlir/Pass/Pass.h"

namespace slb {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "dialects/slb/Transforms/Passes.h.inc"

} // namespace slb

#endif // SLB_DIALECTS_SLB_TRANSFORMS_PASSES_H
