//===- Accuracy.h - accuracy of a network on a data set ---------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_EVALUATION_ACCURACY_H
#define SLB_EVALUATION_ACCURACY_H

#include "slb/Evaluation/Evaluation.h"
#include <optional>

namespace slb {

struct AccuracyOptions {
  std::string model;
  std::string dataset;
  int64_t limit = 0; ///< Test images at most; 0: all.
  bool perLayer = false;
  GeneratedProgram::Options program;
};

struct LayerDifference {
  std::string layer;
  Difference difference;
  /// Where the layer's values differ for the first time.
  std::optional<int64_t> firstSample, firstElement;
  double reference = 0, generated = 0; ///< The values there.
};

struct AccuracyReport {
  std::string model, dataset, compiler;
  int64_t samples = 0;
  int64_t referenceCorrect = 0, generatedCorrect = 0;
  int64_t classesDiffering = 0;
  Difference difference;
  std::vector<LayerDifference> layers; ///< In the order of execution.
  double referenceSeconds = 0, generatedSeconds = 0;
  bool isExact = true; ///< An integer network, of which no output may differ.

  /// Whether the C computes the network: what is exact is equal, and floats
  /// give the same classes.
  bool isRight() const;
};

/// Classifies the data set's test images by the reference and by the generated
/// C. None if that fails; one line is in `error` then, or, where it is empty,
/// diagnostics are on the standard error.
std::optional<AccuracyReport> measureAccuracy(const AccuracyOptions &options,
                                              std::string &error);

/// A table for people.
std::string getText(const AccuracyReport &report);

/// One object for programs.
std::string getJSON(const AccuracyReport &report);

} // namespace slb

#endif // SLB_EVALUATION_ACCURACY_H
