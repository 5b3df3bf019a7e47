//===- slb_tile_bytes_nibbles_mve.h - Tile of bytes by 4-bit codes, Helium ===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_NIBBLES_MVE_H
#define SLB_TILE_BYTES_NIBBLES_MVE_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../lanes/slb_tile_copy_slice.h"
#include "../lanes/slb_tile_sources.h"
#include "slb_tile_bytes_nibbles_mve_parts.h"

#include <arm_mve.h>
#include <stdint.h>
#include <string.h>

/// Outputs of a tile, in an accumulator each.
enum { SLB_MVE_DOT_LANES = 4 };

/// Returns sum + sum_i w_i * x_i.
static inline int32_t slb_mve_dot(int32_t sum, uint8x16_t w, uint8x16_t x,
                                  int32_t is_signed) {
  if (is_signed)
    return vmladavaq_s8(sum, vreinterpretq_s8_u8(w), vreinterpretq_s8_u8(x));
  return (int32_t)vmladavaq_u8((uint32_t)sum, w, x);
}

/// Splits values [4][pixel] to blocks [pixel / 32][4][32], the even ones of
/// each 32 first: even inputs meet low nibbles, odd inputs high ones, and a
/// block is one pointer away.
static inline void slb_mve_split_pairs(const uint8_t *values, int32_t pixel,
                                       uint8_t *blocks) {
  for (int32_t r = 0; r < pixel; r += 32) {
    for (int32_t p = 0; p < SLB_MVE_DOT_LANES; ++p, blocks += 32) {
      const uint8x16x2_t pair = vld2q_u8(values + p * pixel + r);
      vst1q_u8(blocks, pair.val[0]);
      vst1q_u8(blocks + 16, pair.val[1]);
    }
  }
}

/// Adds to sum[4] the products of 32 codes w with a block of inputs.
static inline void slb_mve_dot_codes(uint8x16_t w, const uint8_t *block,
                                     int32_t is_signed, int32_t *sum) {
  const uint8x16_t low = vandq_u8(w, vdupq_n_u8(15));
  const uint8x16_t high = vshrq_n_u8(w, 4);
  for (int32_t p = 0; p < SLB_MVE_DOT_LANES; ++p, block += 32) {
    sum[p] = slb_mve_dot(sum[p], low, vld1q_u8(block), is_signed);
    sum[p] = slb_mve_dot(sum[p], high, vld1q_u8(block + 16), is_signed);
  }
}

/// Computes acc[outputs][4] = sum_r (offset + step * q[o][r]) * x_r with values
/// [4][R rounded up to 32], zero after R. split takes as many bytes.
static void slb_mve_dot_nibbles(const uint8_t *values, int32_t length,
                                uint8_t *split, int32_t is_signed, int32_t step,
                                int32_t offset, const uint32_t *weights,
                                int32_t outputs, int32_t *acc) {
  const int32_t row = (length + 7) / 8 * 4;
  const int32_t blocks = row / 16;
  const int32_t pixel = (length + 31) / 32 * 32;
  const uint8_t *w = (const uint8_t *)weights;
  int32_t base[SLB_MVE_DOT_LANES] = {0, 0, 0, 0};
  for (int32_t p = 0; p < SLB_MVE_DOT_LANES; ++p)
    for (int32_t r = 0; r < pixel; r += 16)
      base[p] = slb_mve_dot(base[p], vdupq_n_u8(1),
                            vld1q_u8(values + p * pixel + r), is_signed);
  slb_mve_split_pairs(values, pixel, split);
  for (int32_t o = 0; o < outputs; ++o, acc += SLB_MVE_DOT_LANES) {
    int32_t sum[SLB_MVE_DOT_LANES] = {0, 0, 0, 0};
    const uint8_t *x = split;
#pragma GCC unroll 1
    for (int32_t i = 0; i < blocks; ++i, w += 16, x += 128)
      slb_mve_dot_codes(vld1q_u8(w), x, is_signed, sum);
    if (row % 16 != 0) {
      const mve_pred16_t rest = vctp8q((uint32_t)(row % 16));
      slb_mve_dot_codes(vldrbq_z_u8(w, rest), x, is_signed, sum);
      w += row % 16;
    }
    for (int32_t p = 0; p < SLB_MVE_DOT_LANES; ++p)
      acc[p] = offset * base[p] + step * sum[p];
  }
}

/// Computes a tile of up to 4 outputs of a convolution of bytes with 4-bit
/// codes (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of
///               sum_r (offset + step * q[o][r]) * x_r
/// input   [in_h][in_w][in_c]
/// weights [out_c][ceil(R / 8)]: code q[o][r] in bits 4 (r % 8) to
///         4 (r % 8) + 3 of word r / 8
/// scratch slb_tile_bytes_nibbles_mve_parts().bytes, aligned to a pointer
/// acc     [out_c][4]
static inline void
slb_tile_bytes_nibbles_mve(const slb_conv2d *g, int32_t is_signed, int32_t step,
                           int32_t offset, const uint32_t *weights,
                           const void *input, int32_t oy, int32_t ox,
                           int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_MVE_DOT_LANES};
  const int32_t length = slb_patch_length(g);
  const int32_t words = (length + 7) / 8;
  const int32_t pixel = (length + 31) / 32 * 32;
  const int32_t channels = g->in_c / g->groups;
  const int32_t outputs = g->out_c / g->groups;
  const int32_t positions = g->pool_h * g->pool_w;
  const slb_tile_parts parts =
      slb_tile_bytes_nibbles_mve_parts(g, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const void **sources = (const void **)scratch;
  uint8_t *values = start + parts.work;
  uint8_t *split = values + SLB_MVE_DOT_LANES * pixel;
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint8_t *zeros = start + parts.patch;
  memset(zeros, g->pad_value, (size_t)g->in_c);
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    slb_tile_sources(g, &tile, position, input, g->in_c, zeros, sources);
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_copy_slice((const void *const *)sources, SLB_MVE_DOT_LANES,
                          group * channels, channels, 0, length, pixel, values);
      slb_mve_dot_nibbles(values, length, split, is_signed, step, offset,
                          weights + group * outputs * words, outputs,
                          result + group * outputs * SLB_MVE_DOT_LANES);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_MVE_DOT_LANES);
  }
}

#endif // SLB_TILE_BYTES_NIBBLES_MVE_H
