//===- slb_dual.h - Products of two pairs of 16-bit numbers ---------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_DUAL_H
#define SLB_DUAL_H

#include <stdint.h>
#if defined(__ARM_FEATURE_SIMD32)
#include <arm_acle.h>
#endif

// A word holds two 16-bit numbers, the first in its low half.

/// Returns sum + a_0 * b_0 + a_1 * b_1.
static inline int32_t slb_dual(uint32_t a, uint32_t b, int32_t sum) {
#if defined(__ARM_FEATURE_SIMD32)
  return __smlad((int16x2_t)a, (int16x2_t)b, sum);
#else
  return sum + (int16_t)(a & 0xffffu) * (int16_t)(b & 0xffffu) +
         (int16_t)(a >> 16) * (int16_t)(b >> 16);
#endif
}

/// Returns bytes 0 and 2 of a word as a pair: unsigned bytes, or signed ones if
/// `sign` is not 0.
static inline uint32_t slb_pair_of_bytes(uint32_t bytes, uint32_t sign) {
  const uint32_t pair = bytes & 0x00ff00ffu;
  if (sign == 0)
    return pair;
#if defined(__ARM_FEATURE_SIMD32)
  return (uint32_t)__sxtb16((int8x4_t)bytes);
#else
  const uint32_t negative = (pair >> 7) & 0x00010001u;
  return pair | negative * 0xff00u;
#endif
}

#endif // SLB_DUAL_H
