//===- SLBToBitpack.h - conversion from slb to bitpack ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOBITPACK_SLBTOBITPACK_H
#define SLB_CONVERSION_SLBTOBITPACK_SLBTOBITPACK_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir {
class RewritePatternSet;
class TypeConverter;
} // namespace mlir

namespace slb {

/// Patterns from layers of slb, and the operators on floats and shapes beside
/// them, to bitpack. `converter` maps tensors to their storage.
void populateSLBToBitpackConversionPatterns(
    const mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Conversion/SLBToBitpack/Passes.h.inc"

} // namespace slb

#endif // SLB_CONVERSION_SLBTOBITPACK_SLBTOBITPACK_H
