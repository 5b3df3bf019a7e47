//===- Pipelines.h - the phases of compilation ------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// One table names the phases; tools, their options and their help are made from
// it. A module at any phase can be printed, edited, and compiled on.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_PIPELINES_PIPELINES_H
#define SLB_PIPELINES_PIPELINES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace slb {

enum class Phase { Search, Selected, Fused, Integer, Packed, Buffers, EmitC };

struct PhaseInfo {
  Phase phase;
  llvm::StringLiteral name;
  llvm::StringLiteral description;
};

/// All phases in their order.
llvm::ArrayRef<PhaseInfo> getPhases();
llvm::StringRef stringifyPhase(Phase phase);
std::optional<Phase> symbolizePhase(llvm::StringRef name);

/// The phase that a module is at: the earliest whose ops it still holds.
Phase detectPhase(mlir::ModuleOp module);

/// What kernels are chosen to save.
enum class Objective { Speed, Ram };

/// For which core a network is compiled, and how its C shall look.
struct CodeOptions {
  std::string target = "c99";
  std::vector<std::string> strategies; ///< As layer:strategy.
  int64_t maxArena = INT64_MAX;        ///< In bytes.
  Objective optimize = Objective::Speed;
  /// A layer whose kernels to print in place of choosing them; empty: all.
  std::optional<std::string> listStrategies;
  std::string name = "net";     ///< Prefix of all names.
  std::string header = "net.h"; ///< File name of the header.
  bool staticArena = false;
  bool separateWeights = false;
  bool profile = false;
};

/// Passes that bring a module from the phase before to the phase named.
void populateSelectedPipeline(mlir::OpPassManager &manager);
void populateFusedPipeline(mlir::OpPassManager &manager);
void populateIntegerPipeline(mlir::OpPassManager &manager);
void populatePackedPipeline(mlir::OpPassManager &manager,
                            const CodeOptions &options);
void populateBuffersPipeline(mlir::OpPassManager &manager);
void populateEmitCPipeline(mlir::OpPassManager &manager,
                           const CodeOptions &options);

/// Passes that bring a module to `phase` from the phase before it.
void populatePhasePipeline(mlir::OpPassManager &manager, Phase phase,
                           const CodeOptions &options);

/// Registers the pipelines as slb-to-PHASE, for slb-opt.
void registerPhasePipelines();

/// Dialects and interfaces that the phases need.
void registerPipelineDialects(mlir::DialectRegistry &registry);

} // namespace slb

#endif // SLB_PIPELINES_PIPELINES_H
