//===- FixedPointTest.cpp - integer forms against the real formula --------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/Transforms/FixedPoint.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace slb;

static int64_t evaluate(const IntegerRequantization &integer, int64_t x,
                        int64_t other = 0) {
  return (x * integer.multipliers[0] + other * integer.otherMultiplier +
          integer.addends[0]) >>
         integer.shift;
}

static RealRequantization makeFormula(double factor, double offset,
                                      double bound) {
  RealRequantization real;
  real.factors = {factor};
  real.offsets = {offset};
  real.bound = bound;
  real.lo = -1e6;
  real.hi = 1e6;
  return real;
}

TEST(ComputeRequantization, IsExactForPowersOfTwo) {
  auto integer = computeRequantization(makeFormula(0.25, 0, 1000));
  ASSERT_TRUE(integer);
  EXPECT_EQ(integer->multipliers[0], 1);
  EXPECT_EQ(integer->shift, 2);
  for (int64_t x = -1000; x <= 1000; ++x)
    EXPECT_EQ(evaluate(*integer, x), std::floor(x * 0.25 + 0.5)) << x;
}

TEST(ComputeRequantization, KeepsTheUpperHalfForChannels) {
  RealRequantization real = makeFormula(0.25, 0, 1000);
  real.factors = {0.25, 0.125};
  real.offsets = {0, 0};
  auto integer = computeRequantization(real);
  ASSERT_TRUE(integer);
  EXPECT_EQ(integer->multipliers[0], 1 << 30);
  EXPECT_EQ(integer->multipliers[1], 1 << 29);
  EXPECT_EQ(integer->shift, 32);
  for (int64_t x = -1000; x <= 1000; ++x)
    EXPECT_EQ(evaluate(*integer, x), std::floor(x * 0.25 + 0.5)) << x;
}

TEST(ComputeRequantization, RoundsTiesUpward) {
  auto integer = computeRequantization(makeFormula(0.5, 0, 100));
  ASSERT_TRUE(integer);
  EXPECT_EQ(evaluate(*integer, 1), 1);
  EXPECT_EQ(evaluate(*integer, -1), 0);
  EXPECT_EQ(evaluate(*integer, -3), -1);
}

TEST(ComputeRequantization, AgreesWithTheRealFormula) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int i = 0; i < 200; ++i) {
    double factor = std::exp(8 * uniform(random)) * uniform(random);
    double offset = 1000 * uniform(random), bound = 200;
    auto integer = computeRequantization(makeFormula(factor, offset, bound));
    ASSERT_TRUE(integer);
    for (int j = 0; j < 100; ++j) {
      int64_t x = std::round(bound * uniform(random));
      double y = factor * x + offset + 0.5;
      if (std::abs(y - std::round(y)) > 1e-3) {
        EXPECT_EQ(evaluate(*integer, x), std::floor(y))
            << factor << " * " << x << " + " << offset;
      }
    }
  }
}

TEST(ComputeRequantization, AddsASecondOperand) {
  RealRequantization real = makeFormula(0.5, 0.25, 1000);
  real.otherFactor = 3;
  real.otherBound = 255;
  auto integer = computeRequantization(real);
  ASSERT_TRUE(integer);
  EXPECT_EQ(evaluate(*integer, 5, -7), std::floor(2.5 - 21 + 0.25 + 0.5));
}

TEST(ComputeRequantization, LimitsOffsetsThatSaturateAnyway) {
  RealRequantization real = makeFormula(0.3, 1e30, 1000);
  auto integer = computeRequantization(real);
  ASSERT_TRUE(integer);
  EXPECT_GE(evaluate(*integer, -1000), 1000000);
}

TEST(ComputeRequantization, LimitsFactorsThatSaturateAnyway) {
  RealRequantization real = makeFormula(0, 0, 300);
  real.lo = -128;
  real.hi = 127;
  real.otherFactor = 0.75;
  real.otherBound = 4;
  // Each beside a factor that needs its bits, and around other integers than 0.
  for (double steep : {1e6, -1e6, -5e9, 3e12})
    for (double zero : {0.0, 7.0, -41.25, 299.5, 1e4}) {
      real.factors = {0.3711, steep};
      real.offsets = {0.1003, -steep * zero + 3.21};
      auto integer = computeRequantization(real);
      ASSERT_TRUE(integer);
      EXPECT_GT(integer->multipliers[0], 1 << 18);
      for (int64_t x = -300; x <= 300; ++x)
        for (int64_t other : {-4, 0, 3, 4})
          for (size_t c : {0, 1}) {
            double y = std::floor(real.factors[c] * x + 0.75 * other +
                                  real.offsets[c] + 0.5);
            int64_t z =
                (x * integer->multipliers[c] +
                 other * integer->otherMultiplier + integer->addends[c]) >>
                integer->shift;
            EXPECT_EQ(std::clamp<double>(z, -128, 127),
                      std::clamp<double>(y, -128, 127))
                << steep << " * " << x << " around " << zero;
          }
    }
}

TEST(ComputeRequantization, RefusesFactorsBeyondInt32) {
  RealRequantization real = makeFormula(4e9, 0, 1);
  real.lo = std::numeric_limits<int32_t>::min();
  real.hi = std::numeric_limits<int32_t>::max();
  EXPECT_FALSE(computeRequantization(real));
  EXPECT_FALSE(computeRequantization(makeFormula(NAN, 0, 1)));
}

TEST(ComputeThresholds, FindsTheSmallestInteger) {
  auto level = [](int64_t u) { return u < -3 ? 0 : u < 8 ? 1 : 2; };
  auto thresholds = computeThresholds(level, 3, 100);
  EXPECT_EQ(thresholds, (llvm::SmallVector<int32_t>{-3, 8}));
}

TEST(ComputeThresholds, SaturatesBeyondTheReachableRange) {
  auto thresholds = computeThresholds([](int64_t) { return 1; }, 3, 100);
  EXPECT_EQ(thresholds,
            (llvm::SmallVector<int32_t>{std::numeric_limits<int32_t>::min(),
                                        std::numeric_limits<int32_t>::max()}));
}
