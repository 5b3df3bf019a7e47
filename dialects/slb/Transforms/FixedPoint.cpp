//===- FixedPoint.cpp - real scales as integers ---------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/Transforms/FixedPoint.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cmath>
#include <limits>

using namespace slb;

/// An offset that alone moves every sum beyond the clamp may as well be
/// smaller; that leaves more bits to the multipliers.
static double limitOffset(double factor, double offset,
                          const RealRequantization &real) {
  double reach = std::abs(factor) * real.bound +
                 std::abs(real.otherFactor) * real.otherBound + 1;
  return std::clamp(offset, real.lo - reach, real.hi + reach);
}

/// A factor so steep that all integers but one saturate, whatever the other
/// operand adds, may as well be the least one that does: a large one would take
/// its bits from every other channel's multiplier.
static void limitFactor(double &factor, double &offset,
                        const RealRequantization &real) {
  double margin = std::abs(real.otherFactor) * real.otherBound + 1;
  double steep = real.hi - real.lo + 2 * margin;
  if (std::abs(factor) <= steep)
    return;
  // The integer that comes nearest to the middle is the one.
  double middle = (real.lo + real.hi) / 2;
  double x = std::clamp(std::round((middle - offset) / factor), -real.bound,
                        real.bound);
  double y =
      std::clamp(factor * x + offset, real.lo - margin, real.hi + margin);
  factor = std::copysign(steep, factor);
  offset = y - factor * x;
}

/// The same function of integers, in numbers that leave bits to the others.
static RealRequantization limit(RealRequantization real) {
  for (auto [factor, offset] : llvm::zip_equal(real.factors, real.offsets)) {
    limitFactor(factor, offset, real);
    offset = limitOffset(factor, offset, real);
  }
  return real;
}

static std::optional<IntegerRequantization>
tryShift(const RealRequantization &real, int64_t shift) {
  const double largest = std::numeric_limits<int32_t>::max();
  const double limit = std::ldexp(1.0, 62);
  double other = std::round(std::ldexp(real.otherFactor, shift));
  if (std::abs(other) > largest)
    return std::nullopt;
  IntegerRequantization integer;
  integer.shift = shift;
  integer.otherMultiplier = other;
  for (size_t c = 0; c < real.factors.size(); ++c) {
    double multiplier = std::round(std::ldexp(real.factors[c], shift));
    // The floor loses nothing: what it drops cannot lift a sum of integers.
    double addend = std::floor(std::ldexp(real.offsets[c] + 0.5, shift));
    double sum = std::abs(multiplier) * real.bound +
                 std::abs(other) * real.otherBound + std::abs(addend);
    if (!(std::abs(multiplier) <= largest) || !(sum < limit))
      return std::nullopt;
    integer.multipliers.push_back(multiplier);
    integer.addends.push_back(addend);
  }
  return integer;
}

/// floor((2a + b) / 2^(s+1)) = floor((a + floor(b / 2)) / 2^s). Channels keep a
/// shift of 32, where the result is the upper half of 64 bits: many cores have
/// that for nothing.
static void reduce(IntegerRequantization &integer) {
  auto isEven = [](int32_t multiplier) { return multiplier % 2 == 0; };
  int64_t kept = integer.multipliers.size() > 1 ? 32 : 0;
  while (integer.shift > 0 && integer.shift != kept &&
         isEven(integer.otherMultiplier) &&
         llvm::all_of(integer.multipliers, isEven)) {
    for (int32_t &multiplier : integer.multipliers)
      multiplier /= 2;
    for (int64_t &addend : integer.addends)
      addend >>= 1;
    integer.otherMultiplier /= 2;
    --integer.shift;
  }
}

std::optional<IntegerRequantization>
slb::computeRequantization(const RealRequantization &exact) {
  RealRequantization real = limit(exact);
  for (int64_t shift = 62; shift >= 0; --shift)
    if (auto integer = tryShift(real, shift)) {
      reduce(*integer);
      return integer;
    }
  return std::nullopt;
}

llvm::SmallVector<int32_t>
slb::computeThresholds(llvm::function_ref<int64_t(int64_t)> level,
                       int64_t levels, int64_t bound) {
  llvm::SmallVector<int32_t> thresholds;
  for (int64_t l = 1; l < levels; ++l) {
    int64_t first = -bound, last = bound + 1; // The answer is in [first, last].
    while (first < last) {
      int64_t middle = first + (last - first) / 2;
      if (level(middle) >= l)
        last = middle;
      else
        first = middle + 1;
    }
    if (first == -bound)
      thresholds.push_back(std::numeric_limits<int32_t>::min());
    else if (first > bound)
      thresholds.push_back(std::numeric_limits<int32_t>::max());
    else
      thresholds.push_back(first);
  }
  return thresholds;
}
