//===- SLBToVector.h - lowers the kernels of searched weights ---*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOVECTOR_SLBTOVECTOR_H
#define SLB_CONVERSION_SLBTOVECTOR_SLBTOVECTOR_H

#include "mlir/Pass/Pass.h"

namespace slb {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Conversion/SLBToVector/Passes.h.inc"

} // namespace slb

#endif // SLB_CONVERSION_SLBTOVECTOR_SLBTOVECTOR_H
