//===- slb_tile_requantize_u8.h - Rescale a tile to unsigned bytes --------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_REQUANTIZE_U8_H
#define SLB_TILE_REQUANTIZE_U8_H

#include "slb_requantize.h"
#include "slb_shift.h"

#include <stdint.h>

/// Writes y_c, see slb_requantize, of a tile's pixels: acc [n][lanes], y
/// [pixels][n]. Cortex-M compilers shift negative numbers arithmetically, which
/// C99 leaves to them.
static void slb_tile_requantize_u8(const slb_requantize *q, const int32_t *acc,
                                   int32_t lanes, int32_t n, int32_t pixels,
                                   uint8_t *y) {
  for (int32_t p = 0; p < pixels; ++p) {
    const int32_t *value = acc + p;
    for (int32_t c = 0; c < n; ++c, value += lanes) {
      const int32_t i = c * q->channel_step;
      const int64_t scaled = (int64_t)*value * q->multiplier[i] + q->addend[i];
      if (q->shift >= 32) {
        const int32_t high = (int32_t)(scaled >> 32) >> (q->shift - 32);
        *y++ = (uint8_t)(high < q->lo ? q->lo : high > q->hi ? q->hi : high);
      } else {
        *y++ =
            (uint8_t)slb_clamp(slb_floor_shift(scaled, q->shift), q->lo, q->hi);
      }
    }
  }
}

#endif // SLB_TILE_REQUANTIZE_U8_H
