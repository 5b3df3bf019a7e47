//===- Compiler.h - from a model file to C files ----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_PIPELINES_COMPILER_H
#define SLB_PIPELINES_COMPILER_H

#include "slb/Analysis/NetworkReport.h"
#include "slb/Pipelines/Pipelines.h"
#include <functional>
#include <string>

namespace slb {

struct CompilerOptions {
  std::string tool = "slb-compile"; ///< Who speaks in errors without a place.
  std::string input;
  std::string output; ///< Empty: IR to the standard output.
  std::string name;   ///< Empty: made from the output's file name.
  std::optional<Phase> from, to;
  std::string target = "c99";
  std::vector<std::string> strategies; ///< As layer:strategy.
  int64_t maxArena = INT64_MAX;        ///< In bytes.
  Objective optimize = Objective::Speed;
  /// A layer whose kernels to list in place of compiling; empty: all layers.
  std::optional<std::string> listStrategies;
  std::string dumpDirectory;
  std::string weightsFile;
  std::string reportFile;
  bool integerOnly = false; ///< Arithmetic on floats is an error.
  bool staticArena = false, selfCheck = false, profile = false;
  bool verifyDiagnostics = false, splitInputFile = false;
  bool quiet = false; ///< No summary.
  /// Called with the network at phase `integer`: as it will run, and as the
  /// reference still reads it.
  std::function<mlir::LogicalResult(mlir::ModuleOp)> atInteger;
  /// Called with what the C stores where.
  std::function<void(const NetworkReport &)> atReport;
};

/// Prints a line for each target that options.target may name.
void printTargets(llvm::raw_ostream &os);

/// Compiles options.input. Errors go to the standard error, one line each; no
/// output file is written unless all are.
mlir::LogicalResult compileModel(const CompilerOptions &options);

} // namespace slb

#endif // SLB_PIPELINES_COMPILER_H
