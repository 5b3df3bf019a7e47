//===- Schedule.cpp - temperature and learning rate over time -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/Schedule.h"

#include <algorithm>
#include <cmath>

using namespace slb;

/// int(epochs * share), where 40 * 0.6 is 24 and not 23.999...
static int64_t atShare(int64_t epochs, double share) {
  return static_cast<int64_t>(epochs * share + 1e-9);
}

int64_t TemperatureSchedule::startEpoch() const {
  return atShare(epochs, startTime);
}

int64_t TemperatureSchedule::endEpoch() const {
  return atShare(epochs, endTime);
}

double TemperatureSchedule::temperature(int64_t epoch) const {
  if (epoch <= startEpoch())
    return startValue;
  return startValue *
         std::pow(factor, std::min(epoch, endEpoch()) - startEpoch());
}

double TemperatureSchedule::factorFor(double final) const {
  int64_t rises = endEpoch() - startEpoch();
  return rises > 0 ? std::pow(final / startValue, 1.0 / rises) : 1;
}

double CosineSchedule::scale(int64_t step) const {
  double done = (step + 1.0) / steps;
  if (done < warmUp)
    return done / warmUp;
  double position =
      std::min(1.0, (step / double(steps) - warmUp) / (1 - warmUp));
  return 0.5 * (1 + std::cos(std::acos(-1.0) * std::max(0.0, position)));
}
