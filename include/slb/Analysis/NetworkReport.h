//===- NetworkReport.h - what a compiled network costs ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_ANALYSIS_NETWORKREPORT_H
#define SLB_ANALYSIS_NETWORKREPORT_H

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include <optional>
#include <string>
#include <vector>

namespace slb {

/// A stored tensor, for tools that decode it.
struct TensorReport {
  bitpack::Storage storage = bitpack::Storage::Floats;
  std::vector<int64_t> shape;       ///< Before packing, without the batch.
  std::vector<int64_t> storedShape; ///< Of the array.
  int64_t bytes = 0;
  /// Of planes value = lo + step * code, of others value = offset + element;
  /// real value = scale * value.
  int64_t lo = 0, step = 1, offset = 0;
  int64_t hi = 0;
  double scale = 1;

  int64_t getNumElements() const;
};

struct LayerReport {
  std::string name, kind, strategy;
  int64_t weightBits = 0; ///< 0 where there are no weights.
  int64_t activationBits = 0;
  int64_t macs = 0, flashBytes = 0, scratchBytes = 0;
  std::optional<int64_t> arenaOffset; ///< None for the network's outputs.
  TensorReport output;
};

/// What kernels cost, as estimated when they were chosen.
struct KernelCosts {
  int64_t instructions = 0, arenaBytes = 0;
};

struct NetworkReport {
  std::string target;
  std::vector<LayerReport> layers;
  std::vector<TensorReport> inputs, outputs;
  int64_t arenaBytes = 0, arenaLowerBound = 0, scratchBytes = 0;
  /// None without the attributes of bitpack-schedule.
  std::optional<KernelCosts> chosen, fastest, least;

  int64_t getFlashBytes() const;
  int64_t getMacs() const;
};

/// Reads the report of a network at phase `buffers`.
NetworkReport getNetworkReport(mlir::ModuleOp module);

/// A table of layers and the totals.
std::string getSummaryText(const NetworkReport &report);

/// The same and more for programs.
std::string getReportJSON(const NetworkReport &report, llvm::StringRef name);

} // namespace slb

#endif // SLB_ANALYSIS_NETWORKREPORT_H
