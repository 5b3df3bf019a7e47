//===- Schedule.h - temperature and learning rate over time -----*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TRAINING_SCHEDULE_H
#define SLB_TRAINING_SCHEDULE_H

#include <cstdint>

namespace slb {

/// The inverse temperature of the searched weights, constant within an epoch;
/// epochs count from 1. With E epochs, E0 = int(E * startTime) and
/// E1 = int(E * endTime):
///   T = startValue                               up to epoch E0,
///   T = startValue * factor^(min(e, E1) - E0)    after it,
/// and from epoch E1 on the training itself uses argmax.
struct TemperatureSchedule {
  int64_t epochs = 1;
  double startValue = 1;
  double startTime = 0.2;
  double endTime = 0.6;
  double factor = 1;

  int64_t startEpoch() const;
  int64_t endEpoch() const;
  double temperature(int64_t epoch) const;
  bool isDiscrete(int64_t epoch) const { return epoch >= endEpoch(); }

  /// The factor that brings the temperature to `final` at the end epoch.
  double factorFor(double final) const;
};

/// A cosine that falls from 1 to 0 after a linear warm-up.
struct CosineSchedule {
  int64_t steps = 1;
  double warmUp = 0.05; ///< The warm-up's share of the steps.

  /// The factor of the learning rate at `step`, which counts from 0.
  double scale(int64_t step) const;
};

} // namespace slb

#endif // SLB_TRAINING_SCHEDULE_H
