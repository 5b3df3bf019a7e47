//===- Registration.h - every dialect and pass of slb's tools ---*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_PIPELINES_REGISTRATION_H
#define SLB_PIPELINES_REGISTRATION_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace slb {

/// Adds every dialect that a network may hold in any phase.
void registerAllDialects(mlir::DialectRegistry &registry);

/// Registers every pass of slb, and those of MLIR that tests use beside them.
void registerAllPasses();

} // namespace slb

#endif // SLB_PIPELINES_REGISTRATION_H
