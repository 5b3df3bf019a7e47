//===- slb_tile_bits_bits_mve.h - Tile of planes by bit planes, Helium ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_BITS_MVE_H
#define SLB_TILE_BITS_BITS_MVE_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "../lanes/slb_tile_bits.h"
#include "../lanes/slb_tile_sources.h"
#include "slb_tile_bits_bits_mve_parts.h"

#include <arm_mve.h>
#include <stdint.h>
#include <string.h>

// Table lookup with packed pixels: an entry holds one sum for each of 32 pixels
// in lanes of 8 bits of two vectors. A table holds the 16 subset sums of four
// inputs; eight tables, [16][8][32], serve one word of weights.

/// Outputs of a tile; vectors of an entry; lanes from one entry of a table to
/// the next.
enum {
  SLB_MVE_BIT_LANES = 32,
  SLB_MVE_BIT_VECTORS = 2,
  SLB_MVE_BIT_STEP = 8 * SLB_MVE_BIT_LANES
};

/// Returns the values of one input, bit `bit` of byte `byte` of the planes'
/// words [plane][32 pixels], of 16 pixels from `words` on.
static inline uint8x16_t slb_mve_values(const uint32_t *words, int32_t byte,
                                        int32_t bit, int32_t planes, int mask) {
  const uint8x16_t offsets = vshlq_n_u8(vidupq_n_u8(0, 1), 2);
  const uint8x16_t one = vdupq_n_u8(1);
  uint8x16_t value = vdupq_n_u8(0);
  for (int32_t i = 0; i < planes + mask; ++i) {
    const uint8_t *plane = (const uint8_t *)(words + i * SLB_MVE_BIT_LANES);
    uint8x16_t x = vldrbq_gather_offset_u8(plane + byte, offsets);
    if (bit > 0)
      x = vshlq_r_u8(x, -bit);
    x = vandq_u8(x, one);
    if (i == planes)
      value = vsubq_u8(vaddq_u8(value, value), x);
    else if (i == 0)
      value = x;
    else
      value = vorrq_u8(value, vshlq_r_u8(x, i));
  }
  return value;
}

/// Stores a vector of an entry and returns its place in the next entry, so that
/// the compiler steps the pointer by the store.
static inline uint8_t *slb_mve_put_bits(uint8_t *table, uint8x16_t sums) {
  vst1q_u32((uint32_t *)(void *)table, vreinterpretq_u32_u8(sums));
  table += SLB_MVE_BIT_STEP;
  __asm__("" : "+r"(table));
  return table;
}

/// Builds one vector of entries 1 to 15 of table n, and adds its four inputs to
/// `total`.
static inline void slb_mve_build_bits(const uint32_t *words, int32_t n,
                                      int32_t planes, int mask, uint8_t *table,
                                      uint8_t *total) {
  const int32_t byte = n / 2;
  const int32_t bit = n % 2 * 4;
  const uint8x16_t x0 = slb_mve_values(words, byte, bit, planes, mask);
  const uint8x16_t x1 = slb_mve_values(words, byte, bit + 1, planes, mask);
  const uint8x16_t x2 = slb_mve_values(words, byte, bit + 2, planes, mask);
  const uint8x16_t x3 = slb_mve_values(words, byte, bit + 3, planes, mask);
  const uint8x16_t x01 = vaddq_u8(x0, x1);
  uint8x16_t a = x2;
  table = slb_mve_put_bits(table + SLB_MVE_BIT_STEP, x0);
  table = slb_mve_put_bits(table, x1);
  table = slb_mve_put_bits(table, x01);
  for (int32_t m = 1; m < 4; ++m) {
    a = m == 1 ? x2 : m == 2 ? x3 : vaddq_u8(x2, x3);
    table = slb_mve_put_bits(table, a);
    table = slb_mve_put_bits(table, vaddq_u8(a, x0));
    table = slb_mve_put_bits(table, vaddq_u8(a, x1));
    table = slb_mve_put_bits(table, vaddq_u8(a, x01));
  }
  vst1q_u8(total, vaddq_u8(vld1q_u8(total), vaddq_u8(a, x01)));
}

/// Adds to s0 and s1 the entry of table n that nibble n of w selects.
#define SLB_MVE_ADD_BITS(n)                                                    \
  do {                                                                         \
    const uint8_t *entry = tables +                                            \
                           ((w >> (4 * (n))) & 15u) * SLB_MVE_BIT_STEP +       \
                           (n) * SLB_MVE_BIT_LANES;                            \
    s0 = vaddq_u8(s0, vreinterpretq_u8_u32(                                    \
                          vld1q_u32((const uint32_t *)(const void *)entry)));  \
    s1 = vaddq_u8(s1, vreinterpretq_u8_u32(vld1q_u32(                          \
                          (const uint32_t *)(const void *)(entry + 16))));     \
  } while (0)

/// Sets (`first`) or adds to the lanes of `rows` rows, [rows][32], the sums of
/// the entries that one word of each row of weights selects.
static inline void slb_mve_lookup_bits(const uint8_t *tables,
                                       const uint32_t *weights, int32_t step,
                                       int32_t rows, int first,
                                       uint8_t *lanes) {
  for (; rows > 0; --rows, lanes += SLB_MVE_BIT_LANES, weights += step) {
    const uint32_t w = *weights;
    uint8x16_t s0 = first ? vdupq_n_u8(0) : vld1q_u8(lanes);
    uint8x16_t s1 = first ? vdupq_n_u8(0) : vld1q_u8(lanes + 16);
    SLB_MVE_ADD_BITS(0);
    SLB_MVE_ADD_BITS(1);
    SLB_MVE_ADD_BITS(2);
    SLB_MVE_ADD_BITS(3);
    SLB_MVE_ADD_BITS(4);
    SLB_MVE_ADD_BITS(5);
    SLB_MVE_ADD_BITS(6);
    SLB_MVE_ADD_BITS(7);
    vst1q_u8(lanes, s0);
    vst1q_u8(lanes + 16, s1);
  }
}

/// Moves what the lanes hold to acc[rows][32] += sum_j 2^j * lanes[row][j],
/// which it starts if the block is the first. If the block is the last, it
/// finishes acc = base_p + step * acc.
__attribute__((always_inline)) static inline void
slb_mve_flush_bits(int32_t planes, int mask, const uint8_t *lanes, int32_t rows,
                   int first, int last, const int32_t *base, int32_t step,
                   int32_t *acc) {
  for (; rows > 0; --rows, lanes += planes * SLB_MVE_BIT_LANES) {
    for (int32_t p = 0; p < SLB_MVE_BIT_LANES; p += 4, acc += 4) {
      int32x4_t sum = first ? vdupq_n_s32(0) : vld1q_s32(acc);
      for (int32_t j = 0; j < planes; ++j) {
        const uint8_t *lane = lanes + j * SLB_MVE_BIT_LANES + p;
        int32x4_t x = mask ? vldrbq_s32((const int8_t *)lane)
                           : vreinterpretq_s32_u32(vldrbq_u32(lane));
        if (j > 0)
          x = vshlq_r_s32(x, j);
        sum = first && j == 0 ? x : vaddq_s32(sum, x);
      }
      if (last)
        sum = vmlaq_n_s32(vld1q_s32(base + p), sum, step);
      vst1q_s32(acc, sum);
    }
  }
}

/// slb_mve_flush_bits with constants where they make the difference.
static void slb_mve_flush_bits_rows(int32_t planes, int mask,
                                    const uint8_t *lanes, int32_t rows,
                                    int first, int last, const int32_t *base,
                                    int32_t step, int32_t *acc) {
  if (planes == 1 && first && last)
    slb_mve_flush_bits(1, mask, lanes, rows, 1, 1, base, step, acc);
  else if (planes == 1 && first)
    slb_mve_flush_bits(1, mask, lanes, rows, 1, 0, base, step, acc);
  else if (planes == 1)
    slb_mve_flush_bits(1, mask, lanes, rows, 0, last, base, step, acc);
  else
    slb_mve_flush_bits(planes, mask, lanes, rows, first, last, base, step, acc);
}

/// Flushes a block of the weights' rows, and of the sums of all inputs, `total`
/// [32] and base [32], which become what is the same for all outputs.
static void slb_mve_flush_bits_block(const slb_planes *planes, int mask,
                                     int32_t unit, const uint8_t *total,
                                     int32_t *base, const uint8_t *lanes,
                                     int32_t rows, int first, int last,
                                     int32_t *acc) {
  const int32_t step = planes->coefficient[0] * unit;
  slb_mve_flush_bits_rows(1, mask, total, 1, first, 0, base, step, base);
  if (last)
    for (int32_t p = 0; p < SLB_MVE_BIT_LANES; ++p)
      base[p] *= planes->offset * unit;
  slb_mve_flush_bits_rows(planes->count, mask, lanes, rows, first, last, base,
                          step, acc);
}

/// Copies word k of the planes, and of the mask, to words [plane][32].
static void slb_mve_copy_words(const slb_tile_bits *bits, int32_t k,
                               int32_t planes, int mask, uint32_t *words) {
  const void **pixels = bits->sources + k / bits->tap_words * SLB_MVE_BIT_LANES;
  const int32_t word = bits->first + k % bits->tap_words;
  for (int32_t i = 0; i < planes + mask; ++i, words += SLB_MVE_BIT_LANES) {
    for (int32_t p = 0; p < SLB_MVE_BIT_LANES; ++p) {
      if (i == planes && bits->zeros)
        words[p] = pixels[p] == bits->zeros ? 0 : 0xffffffffu;
      else
        words[p] =
            ((const uint32_t *)pixels[p])[word + i * bits->channel_words];
    }
  }
}

/// Computes acc[outputs][32] = sum_r (B0 + sum_j B_j * w_j[o][r]) * a_r.
/// scratch: tables, then words [4][32], base [32], total [32], lanes
/// [outputs][planes][32].
static void slb_mve_dot_bits(const slb_tile_bits *bits,
                             const slb_planes *activation_planes,
                             const slb_planes *planes, const uint32_t *weights,
                             int32_t words, int32_t outputs, uint8_t *scratch,
                             int32_t *acc) {
  const int mask = activation_planes->offset != 0;
  const int32_t count = activation_planes->count;
  const int32_t unit = activation_planes->coefficient[0] / (mask ? 2 : 1);
  // The words whose sums fit a lane: 7 of 0 and 1, 2 of 0 to 3, 1 of 0 to 7, 3
  // of -1 to 1.
  const int32_t block = mask ? 3 : count == 1 ? 7 : 4 - count;
  const int32_t rows = outputs * planes->count;
  uint32_t *values = (uint32_t *)(void *)(scratch + 16 * SLB_MVE_BIT_STEP);
  int32_t *base = (int32_t *)(void *)(values + 4 * SLB_MVE_BIT_LANES);
  uint8_t *total = (uint8_t *)(base + SLB_MVE_BIT_LANES);
  uint8_t *lanes = total + SLB_MVE_BIT_LANES;
  memset(scratch, 0, SLB_MVE_BIT_STEP);
  for (int32_t k = 0; k < words; ++k) {
    const int start = k % block == 0;
    if (start)
      memset(total, 0, SLB_MVE_BIT_LANES);
    slb_mve_copy_words(bits, k, count, mask, values);
    for (int32_t n = 0; n < 8; ++n)
      for (int32_t q = 0; q < SLB_MVE_BIT_LANES; q += 16)
        slb_mve_build_bits(values + q, n, count, mask,
                           scratch + n * SLB_MVE_BIT_LANES + q, total + q);
    if (start)
      slb_mve_lookup_bits(scratch, weights + k, words, rows, 1, lanes);
    else
      slb_mve_lookup_bits(scratch, weights + k, words, rows, 0, lanes);
    if ((k + 1) % block == 0 || k + 1 == words)
      slb_mve_flush_bits_block(planes, mask, unit, total, base, lanes, outputs,
                               k < block, k + 1 == words, acc);
  }
}

/// Computes a tile of up to 32 outputs of a convolution of bit planes with bit
/// planes, as slb_tile_bits_bits does with 16.
/// scratch slb_tile_bits_bits_mve_parts().bytes, aligned to a pointer
/// acc     [out_c][32]
static void
slb_tile_bits_bits_mve(const slb_conv2d *g, const slb_planes *activation_planes,
                       const slb_planes *weight_planes, const uint32_t *weights,
                       const uint32_t *input, int32_t oy, int32_t ox,
                       int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_MVE_BIT_LANES};
  const int32_t outputs = g->out_c / g->groups;
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const slb_tile_parts parts = slb_tile_bits_bits_mve_parts(
      g, activation_planes->count, activation_planes->offset != 0,
      weight_planes->count, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const int32_t positions = g->pool_h * g->pool_w;
  const int32_t rows = outputs * weight_planes->count;
  slb_tile_bits bits = {(const void **)scratch, 0, 0, 0, 0};
  uint8_t *tables = start + parts.work;
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint32_t *patch = (uint32_t *)(void *)(start + parts.patch);
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_group_bits(g, activation_planes, &tile, position, input, group,
                          patch, &bits);
      slb_mve_dot_bits(&bits, activation_planes, weight_planes,
                       weights + group * rows * words, words, outputs, tables,
                       result + group * outputs * SLB_MVE_BIT_LANES);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_MVE_BIT_LANES);
  }
}

#endif // SLB_TILE_BITS_BITS_MVE_H
