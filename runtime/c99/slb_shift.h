//===- slb_shift.h - Floor shift and clamp of 64-bit integers -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_SHIFT_H
#define SLB_SHIFT_H

#include <stdint.h>

/// Returns floor(value / 2^shift), 0 <= shift <= 62. C99 leaves the right shift
/// of a negative number to the compiler, so its complement is shifted, which is
/// not negative: floor(v / 2^s) = -1 - floor((-1 - v) / 2^s).
static int64_t slb_floor_shift(int64_t value, int32_t shift) {
  // Nothing negative is shifted, and compilers know this form of the shift.
  // cppcheck-suppress misra-c2012-10.1
  return value < 0 ? ~(~value >> shift) : value >> shift;
}

/// Returns the value of [lo, hi] nearest to `value`.
static int32_t slb_clamp(int64_t value, int32_t lo, int32_t hi) {
  return value < lo ? lo : value > hi ? hi : (int32_t)value;
}

#endif // SLB_SHIFT_H
