//===- slb_tile_requantize_s8.h - Tile of sums to signed bytes ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_REQUANTIZE_S8_H
#define SLB_TILE_REQUANTIZE_S8_H

#include "../c99/slb_requantize.h"
#include "slb_opaque.h"

#include <stdint.h>

/// Returns the number from -128 to 127 that is nearest to value.
static inline int8_t slb_saturate_s8(int32_t value) {
#if defined(__ARM_FEATURE_SAT)
  int32_t result;
  __asm__("ssat %0, #8, %1" : "=r"(result) : "r"(value));
  return (int8_t)result;
#else
  return (int8_t)(value < INT8_MIN   ? INT8_MIN
                  : value > INT8_MAX ? INT8_MAX
                                     : value);
#endif
}

/// Returns one number of a tile, see slb_tile_requantize_s8.
SLB_INLINE int8_t slb_scale_s8(int32_t acc, int32_t multiplier, int64_t addend,
                               int32_t shift, int32_t lo) {
  const int64_t scaled = (int64_t)acc * multiplier + addend;
  const int8_t value = slb_saturate_s8((int32_t)(scaled >> 32) >> (shift - 32));
  return value < lo ? (int8_t)lo : value;
}

/// Writes y_c, see slb_requantize, of a tile's pixels: acc [n][lanes], y
/// [pixels][n], where 32 <= S and hi = 127.
SLB_NOINLINE static void slb_tile_requantize_s8(const slb_requantize *q,
                                                const int32_t *acc,
                                                int32_t lanes, int32_t n,
                                                int32_t pixels, int8_t *y) {
  const int32_t *multiplier = q->multiplier;
  const int64_t *addend = q->addend;
  const int32_t shift = q->shift;
  const int32_t lo = q->lo;
  for (int32_t c = 0; c < n; ++c, ++y, acc += lanes - pixels) {
    const int32_t m = *multiplier;
    const int64_t b = *addend;
    int8_t *out = y;
    int32_t left = pixels;
    for (; left >= 2; left -= 2, acc += 2, out += 2 * n) {
      out[0] = slb_scale_s8(acc[0], m, b, shift, lo);
      out[n] = slb_scale_s8(acc[1], m, b, shift, lo);
    }
    if (left > 0)
      *out = slb_scale_s8(*acc++, m, b, shift, lo);
    multiplier += q->channel_step;
    addend += q->channel_step;
  }
}

#endif // SLB_TILE_REQUANTIZE_S8_H
