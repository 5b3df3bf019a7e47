//===- SLBToLinalg.h - lowers slb to linalg ---------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOLINALG_SLBTOLINALG_H
#define SLB_CONVERSION_SLBTOLINALG_SLBTOLINALG_H

#include "mlir/Pass/Pass.h"
#include "mlir/Transforms/DialectConversion.h"

namespace slb {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Conversion/SLBToLinalg/Passes.h.inc"

/// Low-bit tensors become tensors of their integers.
void populateSLBToLinalgTypeConversions(mlir::TypeConverter &converter);

/// Patterns for every op of the slb dialect, and for the tensor ops that carry
/// low-bit tensors.
void populateSLBToLinalgConversionPatterns(const mlir::TypeConverter &converter,
                                           mlir::RewritePatternSet &patterns);

} // namespace slb

#endif // SLB_CONVERSION_SLBTOLINALG_SLBTOLINALG_H
