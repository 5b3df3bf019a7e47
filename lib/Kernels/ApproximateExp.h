//===- ApproximateExp.h - exponentials on whole vectors ---------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_KERNELS_APPROXIMATEEXP_H
#define SLB_LIB_KERNELS_APPROXIMATEEXP_H

#include "mlir/IR/BuiltinOps.h"

namespace slb {

/// math.exp2 of vectors of f32, none above 0, to arithmetic on whole vectors;
/// LLVM would call libm's exp2 once a lane. Never less than 2^-100.
void approximateExp2(mlir::ModuleOp module);

} // namespace slb

#endif // SLB_LIB_KERNELS_APPROXIMATEEXP_H
