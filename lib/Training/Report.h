//===- Report.h - training.json, the figures of a run -----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_REPORT_H
#define SLB_LIB_TRAINING_REPORT_H

#include "SearchProgress.h"
#include "slb/Training/TrainingConfig.h"

namespace slb {

struct FinalReport {
  int64_t correct = 0, samples = 0;
  int64_t steps = 0;
  double trainLoss = 0;
  double temperature = 1;
  double stepSeconds = 0; ///< Median over the steps of this process.
  int64_t peakBytes = 0;  ///< Resident memory, before the model is written.
  double seconds = 0;     ///< Since this process began or resumed the run.
  SearchProgress search;
};

/// Writes the report, the run's choices and the digest of its data as one JSON
/// object. All numbers must be finite.
bool writeReport(const TrainingConfig &config, uint64_t dataDigest,
                 const FinalReport &report, const std::string &path,
                 std::string &error);

} // namespace slb

#endif // SLB_LIB_TRAINING_REPORT_H
