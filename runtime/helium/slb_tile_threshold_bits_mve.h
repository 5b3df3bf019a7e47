//===- slb_tile_threshold_bits_mve.h - A tile to codes by thresholds, Helium
//===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_THRESHOLD_BITS_MVE_H
#define SLB_TILE_THRESHOLD_BITS_MVE_H

#include <arm_mve.h>
#include <stdint.h>

/// Writes the codes of a tile's pixels as bit planes, as
/// slb_tile_threshold_bits does:
///   code[c] = number of l < 2^planes - 1 with sign[c] * acc[c] >=
///   thresholds[c][l]
/// acc [n][lanes], where 4 divides lanes; thresholds [n][2^planes - 1]; signs
/// [n] of +1 and -1, or null if all are +1; y [pixels][planes][ceil(n / 32)],
/// planes <= 4; |acc| < 2^31.
static inline void
slb_tile_threshold_bits_mve(const int32_t *acc, int32_t lanes, int32_t n,
                            const int32_t *thresholds, const int8_t *signs,
                            int32_t planes, int32_t pixels, uint32_t *y) {
  const int32_t words = (n + 31) / 32;
  const int32_t levels = (1 << planes) - 1;
  for (int32_t p = 0; p < pixels; p += 4) {
    for (int32_t word = 0; word < words; ++word) {
      const int32_t end = 32 * word + 32 < n ? 32 * word + 32 : n;
      uint32x4_t bits[4] = {vdupq_n_u32(0), vdupq_n_u32(0), vdupq_n_u32(0),
                            vdupq_n_u32(0)};
      uint32_t bit = 1;
      for (int32_t c = 32 * word; c < end; ++c, bit <<= 1) {
        const int32_t *row = thresholds + c * levels;
        int32x4_t value = vld1q_s32(acc + c * lanes + p);
        if (signs && signs[c] < 0)
          value = vnegq_s32(value);
        if (planes == 1) {
          bits[0] =
              vaddq_m_n_u32(bits[0], bits[0], bit, vcmpgeq_n_s32(value, *row));
          continue;
        }
        uint32x4_t code = vdupq_n_u32(0);
        for (int32_t l = 0; l < levels; ++l)
          code = vaddq_m_n_u32(code, code, 1, vcmpgeq_n_s32(value, row[l]));
        for (int32_t j = 0; j < planes; ++j)
          bits[j] = vaddq_m_n_u32(
              bits[j], bits[j], bit,
              vcmpneq_n_u32(vandq_u32(code, vdupq_n_u32(1u << j)), 0));
      }
      for (int32_t j = 0; j < planes; ++j)
        for (int32_t i = 0; i < 4 && p + i < pixels; ++i)
          y[((p + i) * planes + j) * words + word] = bits[j][i];
    }
  }
}

#endif // SLB_TILE_THRESHOLD_BITS_MVE_H
