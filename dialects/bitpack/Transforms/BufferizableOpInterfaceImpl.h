//===- BufferizableOpInterfaceImpl.h - layers on memrefs --------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_BITPACK_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H
#define SLB_DIALECTS_BITPACK_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H

#include "mlir/IR/DialectRegistry.h"

namespace slb::bitpack {

/// Lets one-shot bufferization turn layers on tensors to layers on memrefs.
void registerBufferizableOpInterfaceExternalModels(
    mlir::DialectRegistry &registry);

} // namespace slb::bitpack

#endif // SLB_DIALECTS_BITPACK_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H
