//===- slb_pair_bytes.h - Bytes of two pixels, side by side --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_PAIR_BYTES_H
#define SLB_PAIR_BYTES_H

#include <stdint.h>
#include <string.h>

/// Sets front and back to the first and the last two of four bytes of two
/// pixels, [low 0, low 1, high 0, high 1] and [low 2, low 3, high 2, high 3].
static inline void slb_pair_bytes(const void *low, const void *high,
                                  uint32_t sign, uint32_t *front,
                                  uint32_t *back) {
  uint32_t a;
  uint32_t b;
  memcpy(&a, low, sizeof(a));
  memcpy(&b, high, sizeof(b));
#if defined(__ARM_FEATURE_SIMD32)
  // One instruction each, which GCC does not find.
  __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(*front) : "r"(a), "r"(b));
  __asm__("pkhtb %0, %2, %1, asr #16" : "=r"(*back) : "r"(a), "r"(b));
#else
  *front = (a & 0xffffu) | (b << 16);
  *back = (a >> 16) | (b & 0xffff0000u);
#endif
  *front ^= sign;
  *back ^= sign;
}

#endif // SLB_PAIR_BYTES_H
