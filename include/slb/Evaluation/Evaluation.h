//===- Evaluation.h - a network by reference and by generated C -*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_EVALUATION_EVALUATION_H
#define SLB_EVALUATION_EVALUATION_H

#include "slb/Analysis/NetworkReport.h"
#include "slb/Evaluation/GeneratedProgram.h"
#include "slb/Reference/Reference.h"
#include "llvm/ADT/SmallString.h"

namespace slb {

/// What one way of computing a network gave for some samples: the values of
/// every sample's outputs, one after the other, and of every layer if asked
/// for.
struct NetworkOutputs {
  std::vector<std::vector<double>> samples;
  /// By layer, then by sample. Empty if not asked for.
  std::vector<std::vector<std::vector<double>>> layers;
};

/// One model, made into the reference and into C in a temporary folder, which
/// goes with this object.
class Evaluation {
public:
  /// Compiles the model both ways. Null if that fails: slb-compile's
  /// diagnostics are on the standard error then, or one line is in `error`.
  static std::unique_ptr<Evaluation> create(const std::string &modelPath,
                                            bool withLayers, std::string &error,
                                            const std::string &target = "c99");
  ~Evaluation();

  /// The network's inputs, as bytes of the reference.
  const std::vector<ReferenceTensor> &getInputs() const {
    return reference->getInputs();
  }
  /// Bytes of all inputs of one sample, which lie one after the other.
  int64_t getInputBytes() const;
  /// How the C stores it all.
  const NetworkReport &getReport() const { return report; }
  /// Whether every value is an integer, so that both ways give the same bits.
  bool isExact() const;
  /// Names of the layers that both ways know, in the order of execution.
  const std::vector<std::string> &getLayers() const { return layers; }

  /// Compiles the C with a compiler of the host.
  std::unique_ptr<GeneratedProgram>
  buildProgram(GeneratedProgram::Options options, std::string &error) const;

  /// Samples lie one after the other, each of getInputBytes() bytes.
  NetworkOutputs runReference(llvm::ArrayRef<char> inputs, int64_t count) const;
  bool runProgram(GeneratedProgram &program, llvm::ArrayRef<char> inputs,
                  int64_t count, NetworkOutputs &outputs,
                  std::string &error) const;

private:
  Evaluation() = default;
  void matchLayers();
  std::vector<char> storeInputs(llvm::ArrayRef<char> inputs,
                                int64_t count) const;

  llvm::SmallString<128> folder;
  std::unique_ptr<ReferenceModel> reference;
  bool withLayers = false;
  NetworkReport report;
  std::vector<std::string> layers;
  /// For each of `layers`, its place among the reference's outputs and among
  /// the report's layers.
  std::vector<size_t> referenceIndices, storedIndices;
};

/// How two ways of computing a network differ.
struct Difference {
  int64_t outputs = 0; ///< Output values compared.
  int64_t outputsDiffering = 0, samplesDiffering = 0;
  /// Largest |a - b| over the largest |a|, both of all samples: an output that
  /// happens to be small is a difference of large numbers, with their rounding.
  double largestRelativeError = 0;
};

Difference compare(llvm::ArrayRef<std::vector<double>> a,
                   llvm::ArrayRef<std::vector<double>> b);

} // namespace slb

#endif // SLB_EVALUATION_EVALUATION_H
