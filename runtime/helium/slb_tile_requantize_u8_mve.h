//===- slb_tile_requantize_u8_mve.h - Rescale a tile to unsigned bytes, Helium
//===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_REQUANTIZE_U8_MVE_H
#define SLB_TILE_REQUANTIZE_U8_MVE_H

#include "../c99/slb_requantize.h"
#include "../lanes/slb_opaque.h"

#include <arm_mve.h>
#include <stdint.h>

/// Returns floor((acc * multiplier + addend) / 2^(32 + shift)) of four numbers.
static inline int32x4_t slb_mve_scale(int32x4_t acc, int32_t multiplier,
                                      int64_t addend, int32_t shift) {
  const uint32_t low = (uint32_t)addend;
  const int32_t high = (int32_t)(addend >> 32);
  int32x4_t value = vmulhq_s32(acc, vdupq_n_s32(multiplier));
  const uint32x4_t rest =
      vaddq_n_u32(vreinterpretq_u32_s32(vmulq_n_s32(acc, multiplier)), low);
  // A carry, unless rest >= low.
  value = vaddq_n_s32(value, high + 1);
  value = vsubq_m_n_s32(value, value, 1, vcmpcsq_n_u32(rest, low));
  return vshlq_r_s32(value, -shift);
}

/// Writes y_c, see slb_requantize, of a tile's pixels: acc [n][lanes], y
/// [pixels][n], where 4 divides lanes, 32 <= S, and |acc * M + B| < 2^63.
SLB_NOINLINE static void slb_tile_requantize_u8_mve(const slb_requantize *q,
                                                    const int32_t *acc,
                                                    int32_t lanes, int32_t n,
                                                    int32_t pixels,
                                                    uint8_t *y) {
  const int32x4_t lo = vdupq_n_s32(q->lo);
  const int32x4_t hi = vdupq_n_s32(q->hi);
  const uint32x4_t offsets = vmulq_n_u32(vidupq_n_u32(0, 1), (uint32_t)n);
  for (int32_t c = 0; c < n; ++c, acc += lanes, ++y) {
    const int32_t i = c * q->channel_step;
    const int32_t multiplier = q->multiplier[i];
    const int64_t addend = q->addend[i];
    int32_t p = 0;
    for (; p + 4 <= pixels; p += 4) {
      const int32x4_t value =
          slb_mve_scale(vld1q_s32(acc + p), multiplier, addend, q->shift - 32);
      vstrbq_scatter_offset_u32(
          y + p * n, offsets,
          vreinterpretq_u32_s32(vminq_s32(vmaxq_s32(value, lo), hi)));
    }
    if (p < pixels) {
      const int32x4_t value =
          slb_mve_scale(vld1q_s32(acc + p), multiplier, addend, q->shift - 32);
      vstrbq_scatter_offset_p_u32(
          y + p * n, offsets,
          vreinterpretq_u32_s32(vminq_s32(vmaxq_s32(value, lo), hi)),
          vctp32q((uint32_t)(pixels - p)));
    }
  }
}

#endif // SLB_TILE_REQUANTIZE_U8_MVE_H
