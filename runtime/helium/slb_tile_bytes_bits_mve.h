//===- slb_tile_bytes_bits_mve.h - Tile of bytes by bit planes, Helium ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_BITS_MVE_H
#define SLB_TILE_BYTES_BITS_MVE_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "../lanes/slb_tile_copy_slice.h"
#include "../lanes/slb_tile_sources.h"
#include "slb_tile_bytes_bits_mve_parts.h"

#include <arm_mve.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Table lookup with packed pixels: an entry holds one sum for each of 32 pixels
// in lanes of 16 bits of four vectors. A table holds the 16 subset sums of four
// inputs; eight tables, [2][16][4][32], serve one word of weights: the steps
// between the vectors are within the offsets of vector loads and stores.

/// Outputs of a tile; vectors of an entry; lanes from one entry of a table to
/// the next; words of weights whose sums of bytes fit a lane.
enum {
  SLB_MVE_LANES = 32,
  SLB_MVE_VECTORS = 4,
  SLB_MVE_STEP = 4 * SLB_MVE_LANES,
  SLB_MVE_BLOCK = 8
};

/// Loads byte c of eight pixels that lie `step` bytes apart.
static inline uint16x8_t slb_mve_bytes(const uint8_t *values,
                                       uint16x8_t offsets, int32_t is_signed) {
  if (is_signed)
    return vreinterpretq_u16_s16(
        vldrbq_gather_offset_s16((const int8_t *)values, offsets));
  return vldrbq_gather_offset_u16(values, offsets);
}

/// Stores a vector of an entry and returns its place in the next entry. The
/// compiler shall step the pointer by the store rather than add offsets that
/// are out of a store's range.
static inline uint16_t *slb_mve_put(uint16_t *table, uint16x8_t sums) {
  vst1q_u32((uint32_t *)(void *)table, vreinterpretq_u32_u16(sums));
  table += SLB_MVE_STEP;
  __asm__("" : "+r"(table));
  return table;
}

/// Copies 32 bytes for each lane.
static void slb_mve_copy(const void *const *source, int32_t offset,
                         uint8_t *values) {
  for (int32_t p = 0; p < SLB_MVE_LANES; ++p, values += 32) {
    const uint8_t *x = (const uint8_t *)source[p] + offset;
    vst1q_u8(values, vld1q_u8(x));
    vst1q_u8(values + 16, vld1q_u8(x + 16));
  }
}

/// Builds one vector of entries 1 to 15 of a table of four inputs of eight
/// pixels, and adds all four to `total`.
static inline void slb_mve_build(const uint8_t *values, uint16x8_t offsets,
                                 int32_t is_signed, uint16_t *table,
                                 uint16_t *total) {
  __asm__("" : "+r"(values));
  const uint16x8_t x0 = slb_mve_bytes(values, offsets, is_signed);
  const uint16x8_t x1 = slb_mve_bytes(values + 1, offsets, is_signed);
  const uint16x8_t x2 = slb_mve_bytes(values + 2, offsets, is_signed);
  const uint16x8_t x3 = slb_mve_bytes(values + 3, offsets, is_signed);
  const uint16x8_t x01 = vaddq_u16(x0, x1);
  table = slb_mve_put(table + SLB_MVE_STEP, x0);
  table = slb_mve_put(table, x1);
  table = slb_mve_put(table, x01);
  uint16x8_t a = x2;
  for (int32_t m = 1; m < 4; ++m) {
    a = m == 1 ? x2 : m == 2 ? x3 : vaddq_u16(x2, x3);
    table = slb_mve_put(table, a);
    table = slb_mve_put(table, vaddq_u16(a, x0));
    table = slb_mve_put(table, vaddq_u16(a, x1));
    table = slb_mve_put(table, vaddq_u16(a, x01));
  }
  vst1q_u16(total, vaddq_u16(vld1q_u16(total), vaddq_u16(a, x01)));
}

/// Builds the tables of 32 inputs of each pixel, values [32][32].
static void slb_mve_build_word(const uint8_t *values, int32_t is_signed,
                               uint16_t *tables, uint16_t *total) {
  const uint16x8_t offsets = vidupq_n_u16(0, 8);
  const uint16x8_t rows = vshlq_n_u16(offsets, 2);
  for (int32_t n = 0; n < 8; ++n)
    for (int32_t q = 0; q < SLB_MVE_VECTORS; ++q)
      slb_mve_build(values + 8 * 32 * q + 4 * n, rows, is_signed,
                    tables + n / 4 * 16 * SLB_MVE_STEP + n % 4 * SLB_MVE_LANES +
                        8 * q,
                    total + 8 * q);
}

/// Adds to s0 to s3 the entry of table n that nibble n of w selects.
#define SLB_MVE_ADD(n)                                                         \
  do {                                                                         \
    const uint16_t *entry = tables + (n) / 4 * 16 * SLB_MVE_STEP +             \
                            ((w >> (4 * (n))) & 15u) * SLB_MVE_STEP +          \
                            (n) % 4 * SLB_MVE_LANES;                           \
    s0 = vaddq_u16(s0, vld1q_u16(entry));                                      \
    s1 = vaddq_u16(s1, vld1q_u16(entry + 8));                                  \
    s2 = vaddq_u16(s2, vld1q_u16(entry + 16));                                 \
    s3 = vaddq_u16(s3, vld1q_u16(entry + 24));                                 \
  } while (0)

/// Sets (`first`) or adds to the lanes of `rows` rows, [rows][32], the sums of
/// the entries that one word of each row of weights selects.
static inline void slb_mve_lookup(const uint16_t *tables,
                                  const uint32_t *weights, int32_t step,
                                  int32_t rows, int first, uint16_t *lanes) {
  for (; rows > 0; --rows, lanes += SLB_MVE_LANES, weights += step) {
    const uint32_t w = *weights;
    const uint16x8_t zero = vdupq_n_u16(0);
    uint16x8_t s0 = first ? zero : vld1q_u16(lanes);
    uint16x8_t s1 = first ? zero : vld1q_u16(lanes + 8);
    uint16x8_t s2 = first ? zero : vld1q_u16(lanes + 16);
    uint16x8_t s3 = first ? zero : vld1q_u16(lanes + 24);
    SLB_MVE_ADD(0);
    SLB_MVE_ADD(1);
    SLB_MVE_ADD(2);
    SLB_MVE_ADD(3);
    SLB_MVE_ADD(4);
    SLB_MVE_ADD(5);
    SLB_MVE_ADD(6);
    SLB_MVE_ADD(7);
    vst1q_u16(lanes, s0);
    vst1q_u16(lanes + 8, s1);
    vst1q_u16(lanes + 16, s2);
    vst1q_u16(lanes + 24, s3);
  }
}

/// Moves what the lanes hold to acc[rows][32] += sum_j 2^j * lanes[row][j],
/// which it starts if the block is the first, and clears the lanes. If the
/// block is the last, it finishes acc = base_p + step * acc.
__attribute__((always_inline)) static inline void
slb_mve_flush(int32_t planes, int32_t is_signed, uint16_t *lanes, int32_t rows,
              int first, int last, const int32_t *base, int32_t step,
              int32_t *acc) {
  for (; rows > 0; --rows, lanes += planes * SLB_MVE_LANES) {
    for (int32_t q = 0; q < SLB_MVE_LANES; q += 8, acc += 8) {
      int32x4x2_t sum = {{vdupq_n_s32(0), vdupq_n_s32(0)}};
      if (!first)
        sum = vld2q_s32(acc);
      for (int32_t j = 0; j < planes; ++j) {
        const uint16x8_t x = vld1q_u16(lanes + j * SLB_MVE_LANES + q);
        const int16x8_t y = vreinterpretq_s16_u16(x);
        int32x4_t even =
            is_signed ? vmovlbq_s16(y) : vreinterpretq_s32_u32(vmovlbq_u16(x));
        int32x4_t odd =
            is_signed ? vmovltq_s16(y) : vreinterpretq_s32_u32(vmovltq_u16(x));
        if (j > 0) {
          even = vshlq_r_s32(even, j);
          odd = vshlq_r_s32(odd, j);
        }
        const int start = first && j == 0;
        sum.val[0] = start ? even : vaddq_s32(sum.val[0], even);
        sum.val[1] = start ? odd : vaddq_s32(sum.val[1], odd);
      }
      if (last) {
        const int32x4x2_t start = vld2q_s32(base + q);
        sum.val[0] = vmlaq_n_s32(start.val[0], sum.val[0], step);
        sum.val[1] = vmlaq_n_s32(start.val[1], sum.val[1], step);
      }
      vst2q_s32(acc, sum);
    }
  }
}

/// slb_mve_flush with constants where they make the difference.
static void slb_mve_flush_rows(int32_t planes, int32_t is_signed,
                               uint16_t *lanes, int32_t rows, int first,
                               int last, const int32_t *base, int32_t step,
                               int32_t *acc) {
  if (planes == 1 && first && last)
    slb_mve_flush(1, is_signed, lanes, rows, 1, 1, base, step, acc);
  else if (planes == 1 && first)
    slb_mve_flush(1, is_signed, lanes, rows, 1, 0, base, step, acc);
  else if (planes == 1)
    slb_mve_flush(1, is_signed, lanes, rows, 0, last, base, step, acc);
  else
    slb_mve_flush(planes, is_signed, lanes, rows, first, last, base, step, acc);
}

/// Flushes a block of the weights' rows, and of the sums of all inputs, `total`
/// [32] and base [32], which become what is the same for all outputs.
static void slb_mve_flush_block(const slb_planes *planes, int32_t is_signed,
                                uint16_t *total, int32_t *base, uint16_t *lanes,
                                int32_t rows, int first, int last,
                                int32_t *acc) {
  const int32_t step = planes->coefficient[0];
  slb_mve_flush_rows(1, is_signed, total, 1, first, 0, base, step, base);
  if (last)
    for (int32_t p = 0; p < SLB_MVE_LANES; ++p)
      base[p] *= planes->offset;
  slb_mve_flush_rows(planes->count, is_signed, lanes, rows, first, last, base,
                     step, acc);
}

/// Computes a tile of up to 32 outputs of a convolution of bytes with bit
/// planes
/// (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of
///               sum_r (B0 + sum_j B_j * w_j[o][r]) * x_r,
/// where B_j = 2^j * B_0.
/// input   [in_h][in_w][in_c]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch slb_tile_bytes_bits_mve_parts().bytes, aligned to a pointer
/// acc     [out_c][32]
static inline void
slb_tile_bytes_bits_mve(const slb_conv2d *g, int32_t is_signed,
                        const slb_planes *planes, const uint32_t *weights,
                        const void *input, int32_t oy, int32_t ox,
                        int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_MVE_LANES};
  const int32_t length = slb_patch_length(g);
  const int32_t words = (length + 31) / 32;
  const int32_t channels = g->in_c / g->groups;
  const int32_t outputs = g->out_c / g->groups;
  const int32_t rows = outputs * planes->count;
  const int32_t positions = g->pool_h * g->pool_w;
  const slb_tile_parts parts =
      slb_tile_bytes_bits_mve_parts(g, planes->count, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  uint16_t *tables = (uint16_t *)(void *)(start + parts.work);
  uint8_t *values = (uint8_t *)(tables + 32 * SLB_MVE_STEP);
  int32_t *base = (int32_t *)(void *)(values + 32 * SLB_MVE_LANES);
  uint16_t *total = (uint16_t *)(void *)(base + SLB_MVE_LANES);
  uint16_t *lanes = total + SLB_MVE_LANES;
  const void **sources = (const void **)scratch;
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint8_t *zeros = start + parts.patch;
  memset(zeros, g->pad_value, (size_t)g->in_c);
  for (int32_t half = 0; half < 2; ++half) // the empty subsets' sums
    memset(tables + half * 16 * SLB_MVE_STEP, 0,
           sizeof(uint16_t) * SLB_MVE_STEP);
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    slb_tile_sources(g, &tile, position, input, g->in_c, zeros, sources);
    for (int32_t group = 0; group < g->groups; ++group) {
      const uint32_t *row = weights + group * rows * words;
      for (int32_t k = 0; k < words; ++k) {
        const int32_t count = length - 32 * k < 32 ? length - 32 * k : 32;
        if (channels % 32 == 0)
          slb_mve_copy((const void *const *)sources +
                           32 * k / channels * SLB_MVE_LANES,
                       group * channels + 32 * k % channels, values);
        else
          slb_tile_copy_slice((const void *const *)sources, SLB_MVE_LANES,
                              group * channels, channels, 32 * k, count, 32,
                              values);
        const int start = k % SLB_MVE_BLOCK == 0;
        if (start)
          memset(total, 0, sizeof(uint16_t) * SLB_MVE_LANES);
        slb_mve_build_word(values, is_signed, tables, total);
        if (start)
          slb_mve_lookup(tables, row + k, words, rows, 1, lanes);
        else
          slb_mve_lookup(tables, row + k, words, rows, 0, lanes);
        if ((k + 1) % SLB_MVE_BLOCK == 0 || k + 1 == words)
          slb_mve_flush_block(planes, is_signed, total, base, lanes, outputs,
                              k < SLB_MVE_BLOCK, k + 1 == words,
                              result + group * outputs * SLB_MVE_LANES);
      }
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_MVE_LANES);
  }
}

#endif // SLB_TILE_BYTES_BITS_MVE_H
