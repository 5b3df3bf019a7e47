//===- HostCompiler.h - compiles modules for this machine -------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_HOST_HOSTCOMPILER_H
#define SLB_HOST_HOSTCOMPILER_H

#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include <memory>
#include <string>

namespace slb {

/// Everything from slb and tosa down to the llvm dialect, with the interfaces
/// that bufferization, tiling and translation need.
void registerHostDialects(mlir::DialectRegistry &registry);

/// Runs `build`'s passes on `module`. The first error goes to `error`, in one
/// line.
bool runPasses(mlir::ModuleOp module,
               llvm::function_ref<void(mlir::OpPassManager &)> build,
               std::string &error);

/// From linalg and vectors on memrefs to the llvm dialect.
/// `useBarePointers`: memrefs of static shape become plain pointers in
/// signatures.
void buildHostLoweringPipeline(mlir::OpPassManager &pm, bool useBarePointers);

/// The processor whose instructions compiled code may use, by LLVM's name for
/// it: what the environment variable SLB_HOST_CPU says, such as `x86-64-v3`.
/// Empty for all that this machine's has.
std::string getHostCpu();

/// Compiles a module of the llvm dialect for getHostCpu(). Null and a message
/// in `error` on failure. Without `optimize` that takes a third of the time,
/// and the code runs many times as long.
std::unique_ptr<mlir::ExecutionEngine>
compileForHost(mlir::ModuleOp module, std::string &error, bool optimize = true);

/// The same as an object file for any processor that LLVM compiles for. Empty
/// and a message in `error` on failure.
std::string compileToObject(mlir::ModuleOp module, const std::string &triple,
                            const std::string &cpu, std::string &error);

} // namespace slb

#endif // SLB_HOST_HOSTCOMPILER_H
