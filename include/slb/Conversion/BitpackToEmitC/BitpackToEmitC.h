//===- BitpackToEmitC.h - conversion from bitpack to EmitC ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_BITPACKTOEMITC_BITPACKTOEMITC_H
#define SLB_CONVERSION_BITPACKTOEMITC_BITPACKTOEMITC_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace slb {

/// `name` as the start of C identifiers: its letters and digits, with one
/// underscore for what is between them.
std::string getCIdentifier(llvm::StringRef name);

/// Whether `#include "NAME"` can name the file, and no header of C's is hidden.
bool isHeaderName(llvm::StringRef name);

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Conversion/BitpackToEmitC/Passes.h.inc"

} // namespace slb

#endif // SLB_CONVERSION_BITPACKTOEMITC_BITPACKTOEMITC_H
