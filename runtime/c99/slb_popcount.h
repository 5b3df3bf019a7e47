//===- slb_popcount.h - Count the ones two bit strings share --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_POPCOUNT_H
#define SLB_POPCOUNT_H

#include <stdint.h>

/// Returns the number of ones of a[0..words) & b[0..words).
#if defined(__POPCNT__) || defined(__riscv_zbb) ||                             \
    (defined(__aarch64__) && defined(__ARM_NEON))
// The target counts the ones of a word in one instruction.
static int32_t slb_popcount_and(const uint32_t *a, const uint32_t *b,
                                int32_t words) {
  int32_t ones = 0;
  for (int32_t i = 0; i < words; ++i) {
    ones += __builtin_popcount(a[i] & b[i]);
  }
  return ones;
}
#else
/// Returns x with each 4-bit field replaced by the number of ones in it.
static uint32_t slb_popcount_nibbles(uint32_t x) {
  x -= (x >> 1) & 0x55555555u;
  return (x & 0x33333333u) + ((x >> 2) & 0x33333333u);
}

// Three words at a time: a full adder turns them into a word of sums and a word
// of carries (worth two each), so that two words are counted instead of three.
// A field of 4 bits then holds at most 4 + 2 * 4 = 12.
static int32_t slb_popcount_and(const uint32_t *a, const uint32_t *b,
                                int32_t words) {
  uint32_t ones = 0;
  for (; words >= 3; words -= 3, a += 3, b += 3) {
    const uint32_t x = a[0] & b[0];
    const uint32_t y = a[1] & b[1];
    const uint32_t z = a[2] & b[2];
    const uint32_t half = x ^ y;
    const uint32_t carry = (x & y) | (half & z);
    const uint32_t count =
        slb_popcount_nibbles(half ^ z) + 2u * slb_popcount_nibbles(carry);
    const uint32_t bytes = (count & 0x0f0f0f0fu) + ((count >> 4) & 0x0f0f0f0fu);
    ones += (bytes * 0x01010101u) >> 24;
  }
  for (; words > 0; --words, ++a, ++b) {
    const uint32_t count = slb_popcount_nibbles(*a & *b);
    ones += (((count + (count >> 4)) & 0x0f0f0f0fu) * 0x01010101u) >> 24;
  }
  return (int32_t)ones;
}
#endif

#endif // SLB_POPCOUNT_H
