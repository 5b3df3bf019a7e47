//===- slb_tile_requantize_u8.h - Tile of sums to bytes -----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_REQUANTIZE_U8_H
#define SLB_TILE_REQUANTIZE_U8_H

#include "../c99/slb_requantize.h"
#include "slb_opaque.h"
#include "slb_saturate_u8.h"

#include <stdint.h>

/// Returns one number of a tile, see slb_tile_requantize_u8.
SLB_INLINE uint8_t slb_scale_u8(int32_t acc, int32_t multiplier, int64_t addend,
                                int32_t shift) {
  const int64_t scaled = (int64_t)acc * multiplier + addend;
  return slb_saturate_u8((int32_t)(scaled >> 32) >> (shift - 32));
}

/// Writes y_c, see slb_requantize, of a tile's pixels: acc [n][lanes], y
/// [pixels][n], where 32 <= S, lo = 0 and hi = 255.
SLB_NOINLINE static void slb_tile_requantize_u8(const slb_requantize *q,
                                                const int32_t *acc,
                                                int32_t lanes, int32_t n,
                                                int32_t pixels, uint8_t *y) {
  const int32_t *multiplier = q->multiplier;
  const int64_t *addend = q->addend;
  const int32_t shift = q->shift;
  for (int32_t c = 0; c < n; ++c, ++y, acc += lanes - pixels) {
    const int32_t m = *multiplier;
    const int64_t b = *addend;
    uint8_t *out = y;
    int32_t left = pixels;
    for (; left >= 2; left -= 2, acc += 2, out += 2 * n) {
      out[0] = slb_scale_u8(acc[0], m, b, shift);
      out[n] = slb_scale_u8(acc[1], m, b, shift);
    }
    if (left > 0)
      *out = slb_scale_u8(*acc++, m, b, shift);
    multiplier += q->channel_step;
    addend += q->channel_step;
  }
}

#endif // SLB_TILE_REQUANTIZE_U8_H
