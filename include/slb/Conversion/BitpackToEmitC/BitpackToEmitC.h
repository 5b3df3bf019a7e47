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

/// `name` as a C identifier: other characters than letters and digits become
/// underscores, and a leading digit gets one in front.
std::string getCIdentifier(llvm::StringRef name);

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Conversion/BitpackToEmitC/Passes.h.inc"

} // namespace slb

#endif // SLB_CONVERSION_BITPACKTOEMITC_BITPACKTOEMITC_H
