//===- FixedPoint.h - real scales as integers -------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_SLB_TRANSFORMS_FIXEDPOINT_H
#define SLB_DIALECTS_SLB_TRANSFORMS_FIXEDPOINT_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <optional>

namespace slb {

/// For each channel c the real formula, in units of the result's scale,
///
///   y = clamp(floor(factors[c] * x + otherFactor * other + offsets[c] + 0.5))
///
/// over integers with |x| <= bound and |other| <= otherBound.
struct RealRequantization {
  llvm::SmallVector<double> factors, offsets;
  double bound = 0;
  double otherFactor = 0, otherBound = 0;
  /// The integers that the result is clamped to.
  double lo = 0, hi = 0;
};

/// The same formula in integers:
///
///   y = clamp((x * multipliers[c] + other * otherMultiplier + addends[c])
///             >> shift)
struct IntegerRequantization {
  llvm::SmallVector<int32_t> multipliers;
  llvm::SmallVector<int64_t> addends;
  int32_t otherMultiplier = 0;
  int64_t shift = 0;
};

/// The most precise integer form whose multipliers fit int32 and whose sums
/// fit int64. It is exact where the factors are multiples of 2^-shift, and
/// where they are so steep that |x| = 1 saturates. None if another factor is
/// 2^31 or more.
std::optional<IntegerRequantization>
computeRequantization(const RealRequantization &exact);

/// For a function from integers |u| <= bound to levels 0..levels-1 that never
/// falls: the smallest u of each level but the first. INT32_MIN stands for
/// levels that every u reaches, INT32_MAX for levels that none does.
llvm::SmallVector<int32_t>
computeThresholds(llvm::function_ref<int64_t(int64_t)> level, int64_t levels,
                  int64_t bound);

} // namespace slb

#endif // SLB_DIALECTS_SLB_TRANSFORMS_FIXEDPOINT_H
