//===- Progress.h - what the user sees of a run -----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_PROGRESS_H
#define SLB_LIB_TRAINING_PROGRESS_H

#include "Network.h"

#include <chrono>

namespace slb {

/// The figures of an epoch.
struct EpochReport {
  int64_t epoch = 1, epochs = 1;
  double loss = 0, trainAccuracy = 0, testAccuracy = 0;
  double temperature = 1;
  bool discrete = false;
  SearchProgress search;
};

/// A line an epoch, and on a terminal a live line within it.
class Progress {
public:
  /// `steps` are still to do.
  explicit Progress(int64_t steps);

  void step(int64_t epoch, int64_t epochs, int64_t step, int64_t stepsPerEpoch);
  void epoch(const EpochReport &report);
  /// Removes the live line.
  void clear();
  double seconds() const;

private:
  std::string timeLeft() const;

  std::chrono::steady_clock::time_point start, lastLive;
  int64_t steps, done = 0;
  bool isTerminal;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_PROGRESS_H
