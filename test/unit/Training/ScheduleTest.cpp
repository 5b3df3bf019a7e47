//===- ScheduleTest.cpp - schedules against their formulas ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/Schedule.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace slb;

/// Golden Stick's schedule, written from its formula.
static double seedTemperature(int64_t epoch, int64_t epochs, double startValue,
                              double startTime, double endTime, double factor) {
  int64_t begin = int64_t(epochs * startTime);
  int64_t end = int64_t(epochs * endTime);
  double value = startValue;
  for (int64_t e = begin + 1; e <= std::min(epoch, end); ++e)
    value *= factor;
  return value;
}

TEST(TemperatureSchedule, EqualsTheSeedsFormula) {
  TemperatureSchedule schedule;
  for (int64_t epochs : {1, 5, 10, 40, 100, 500})
    for (double factor : {1.0, 1.03, 1.2}) {
      schedule.epochs = epochs;
      schedule.factor = factor;
      for (int64_t epoch = 1; epoch <= epochs; ++epoch) {
        double expected = seedTemperature(epoch, epochs, 1, 0.2, 0.6, factor);
        EXPECT_NEAR(schedule.temperature(epoch), expected, 1e-9 * expected);
        EXPECT_EQ(schedule.isDiscrete(epoch), epoch >= int64_t(epochs * 0.6));
      }
    }
}

TEST(TemperatureSchedule, SharesOfEpochsAreExact) {
  // 0.29 * 100 is 28.999... in binary.
  TemperatureSchedule schedule;
  schedule.epochs = 100;
  schedule.startTime = 0.29;
  EXPECT_EQ(schedule.startEpoch(), 29);
}

TEST(TemperatureSchedule, FactorReachesTheFinalTemperature) {
  TemperatureSchedule schedule;
  schedule.epochs = 40;
  schedule.factor = schedule.factorFor(1000);
  EXPECT_NEAR(schedule.factor, 1.54, 0.005);
  EXPECT_EQ(schedule.temperature(8), 1);
  EXPECT_NEAR(schedule.temperature(24), 1000, 1e-6);
  EXPECT_NEAR(schedule.temperature(40), 1000, 1e-6);
}

TEST(TemperatureSchedule, NoEpochToRise) {
  TemperatureSchedule schedule;
  schedule.epochs = 1;
  EXPECT_EQ(schedule.factorFor(1000), 1);
  EXPECT_TRUE(schedule.isDiscrete(1));
}

TEST(CosineSchedule, WarmsUpAndFalls) {
  CosineSchedule schedule;
  schedule.steps = 1000;
  EXPECT_NEAR(schedule.scale(0), 0.02, 1e-12);
  EXPECT_NEAR(schedule.scale(49), 1, 1e-12);
  EXPECT_NEAR(schedule.scale(525), 0.5, 1e-12);
  EXPECT_LT(schedule.scale(999), 1e-5);
  for (int64_t step = 51; step < 1000; ++step)
    EXPECT_LT(schedule.scale(step), schedule.scale(step - 1));
}
