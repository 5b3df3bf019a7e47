//===- slb_tile_bits_bits.h - Tile of planes by planes, table lookup ------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_BITS_H
#define SLB_TILE_BITS_BITS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "slb_opaque.h"
#include "slb_tile_bits.h"
#include "slb_tile_bits_bits_parts.h"
#include "slb_tile_lookup.h"
#include "slb_tile_sources.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Outputs of a tile, in lanes of 8 bits.
enum { SLB_LANES8 = 16 };

/// Transposes four words of four bytes: out[b] = byte b of each.
static inline void slb_transpose_bytes(uint32_t a, uint32_t b, uint32_t c,
                                       uint32_t d, uint32_t *out) {
  const uint32_t even = 0x00ff00ffu;
  const uint32_t ac = (a & 0xffffu) | (c << 16);
  const uint32_t bd = (b & 0xffffu) | (d << 16);
  const uint32_t ac_back = (a >> 16) | (c & 0xffff0000u);
  const uint32_t bd_back = (b >> 16) | (d & 0xffff0000u);
  out[0] = (ac & even) | ((bd & even) << 8);
  out[1] = ((ac >> 8) & even) | (bd & ~even);
  out[2] = (ac_back & even) | ((bd_back & even) << 8);
  out[3] = ((ac_back >> 8) & even) | (bd_back & ~even);
}

/// Loads word `word` of `planes` planes of four pixels: bytes[i][b] holds bits
/// 8 b to 8 b + 7 of plane i, a byte for each pixel.
static inline void slb_load_quad(const slb_tile_bits *bits, const void **pixels,
                                 int32_t word, int32_t planes, int mask,
                                 uint32_t bytes[4][4]) {
  const uint32_t *p0 = (const uint32_t *)pixels[0] + word;
  const uint32_t *p1 = (const uint32_t *)pixels[1] + word;
  const uint32_t *p2 = (const uint32_t *)pixels[2] + word;
  const uint32_t *p3 = (const uint32_t *)pixels[3] + word;
  for (int32_t i = 0; i < planes; ++i) {
    const int32_t k = i * bits->channel_words;
    slb_transpose_bytes(p0[k], p1[k], p2[k], p3[k], bytes[i]);
  }
  if (!mask)
    return;
  if (bits->zeros) {
    slb_transpose_bytes(pixels[0] == bits->zeros ? 0 : ~0u,
                        pixels[1] == bits->zeros ? 0 : ~0u,
                        pixels[2] == bits->zeros ? 0 : ~0u,
                        pixels[3] == bits->zeros ? 0 : ~0u, bytes[planes]);
    return;
  }
  const int32_t k = planes * bits->channel_words;
  slb_transpose_bytes(p0[k], p1[k], p2[k], p3[k], bytes[planes]);
}

/// Returns the values of one input, bit `bit` of the planes' bytes, in lanes of
/// 8 bits: sum_i 2^i * p_i, or 2 p - m if there is a mask.
static inline uint32_t slb_lane_values(uint32_t bytes[4][4], int32_t b,
                                       int32_t bit, int32_t planes, int mask) {
  const uint32_t ones = 0x01010101u;
  uint32_t value = (bytes[0][b] >> bit) & ones;
  for (int32_t i = 1; i < planes; ++i)
    value |= ((bytes[i][b] >> bit) & ones) << i;
  if (mask)
    value = 2 * value - ((bytes[planes][b] >> bit) & ones);
  return value;
}

/// Builds words 0 and 1 of the tables of one word of inputs of eight pixels.
SLB_INLINE void slb_build_pixels8(const slb_tile_bits *bits,
                                  const void **pixels, int32_t word,
                                  int32_t planes, int mask, uint32_t *table) {
  uint32_t x[4][4];
  uint32_t y[4][4];
  slb_load_quad(bits, pixels, word, planes, mask, x);
  slb_load_quad(bits, pixels + 4, word, planes, mask, y);
  for (int32_t b = 0; b < 4; ++b)
    for (int32_t i = 0; i < 8; i += 4, table += SLB_TABLE_WORDS)
      slb_store_subsets(slb_lane_values(x, b, i, planes, mask),
                        slb_lane_values(x, b, i + 1, planes, mask),
                        slb_lane_values(x, b, i + 2, planes, mask),
                        slb_lane_values(x, b, i + 3, planes, mask),
                        slb_lane_values(y, b, i, planes, mask),
                        slb_lane_values(y, b, i + 1, planes, mask),
                        slb_lane_values(y, b, i + 2, planes, mask),
                        slb_lane_values(y, b, i + 3, planes, mask), table);
}

/// slb_build_pixels8 of all pixels, with constants where they make the
/// difference.
static void slb_build_word8(const slb_tile_bits *bits, const void **pixels,
                            int32_t word, int32_t planes, int mask,
                            uint32_t *tables) {
  for (int32_t q = 0; q < SLB_ENTRY_WORDS; q += 2, pixels += 8, tables += 2) {
    if (planes == 1 && !mask)
      slb_build_pixels8(bits, pixels, word, 1, 0, tables);
    else if (planes == 2 && !mask)
      slb_build_pixels8(bits, pixels, word, 2, 0, tables);
    else
      slb_build_pixels8(bits, pixels, word, planes, mask, tables);
  }
}

/// Sets sum[4] to sum_j 2^j * lanes[j]_i of the lanes of one word.
SLB_INLINE void slb_add_planes8(int32_t planes, const uint32_t *lanes,
                                uint32_t *sum) {
  if (planes == 1) {
    for (int32_t i = 0; i < 4; ++i)
      sum[i] = (lanes[0] >> (8 * i)) & 0xffu;
    return;
  }
  uint32_t even = 0; // In lanes of 16 bits.
  uint32_t odd = 0;
  for (int32_t j = 0; j < planes; ++j) {
    even += (lanes[j * SLB_ENTRY_WORDS] & 0x00ff00ffu) << j;
    odd += ((lanes[j * SLB_ENTRY_WORDS] >> 8) & 0x00ff00ffu) << j;
  }
  sum[0] = even & 0xffffu, sum[1] = odd & 0xffffu;
  sum[2] = even >> 16, sum[3] = odd >> 16;
}

/// Adds what the lanes of a block hold, step * sum_j 2^j * lanes[row][j]_p, to
/// acc[rows][16], or stores it if the block is the first; adds base_p if it is
/// the last.
SLB_INLINE void slb_flush_rows8(int32_t planes, int first, int last,
                                const int32_t *base, int32_t step,
                                const uint32_t *lanes, int32_t rows,
                                int32_t *acc) {
  SLB_OPAQUE(base);
  SLB_OPAQUE(lanes);
  SLB_OPAQUE(acc);
  for (; rows > 0; --rows, acc += SLB_LANES8) {
    for (int32_t q = 0; q < SLB_ENTRY_WORDS; ++q) {
      uint32_t sum[4];
      slb_add_planes8(planes, lanes + q, sum);
      for (int32_t i = 0; i < 4; ++i) {
        const int32_t a = (last ? base[4 * q + i] : 0) + step * (int32_t)sum[i];
        acc[4 * q + i] = first ? a : acc[4 * q + i] + a;
      }
    }
    lanes += planes * SLB_ENTRY_WORDS;
  }
}

/// Adds a block's sums to acc[rows][16], or stores them if the block is the
/// first: unit * sum_j B_j * lanes[row][j]_p, less the bias; and in the last
/// one what all rows have in common, unit * B0 * total_p of all blocks, which
/// is added up in base[16].
static void slb_flush_block8(const slb_planes *planes, int32_t unit,
                             uint32_t bias, const uint32_t *total,
                             int32_t *base, const uint32_t *lanes, int32_t rows,
                             int first, int last, int32_t *acc) {
  const int32_t step = planes->coefficient[0] * unit;
  const int32_t zero = (int32_t)(bias & 0xffu);
  for (int32_t p = 0; p < SLB_LANES8; ++p) {
    const int32_t lane = (int32_t)((total[p / 4] >> (p % 4 * 8)) & 0xffu);
    base[p] = (first ? 0 : base[p]) + planes->offset * unit * (lane - zero) -
              step * ((1 << planes->count) - 1) * zero;
  }
  // With constants for one and two planes, where they make the difference.
  if (planes->count == 1 && first)
    slb_flush_rows8(1, 1, last, base, step, lanes, rows, acc);
  else if (planes->count == 1 && last)
    slb_flush_rows8(1, 0, 1, base, step, lanes, rows, acc);
  else if (planes->count == 2 && first && !last)
    slb_flush_rows8(2, 1, 0, base, step, lanes, rows, acc);
  else if (planes->count == 2 && !first && !last)
    slb_flush_rows8(2, 0, 0, base, step, lanes, rows, acc);
  else
    slb_flush_rows8(planes->count, first, last, base, step, lanes, rows, acc);
}

/// Computes acc[outputs][16] = sum_r (B0 + sum_j B_j * w_j[o][r]) * a_r.
/// scratch: tables, then base [16], total [4], lanes [outputs][planes][4].
static inline void
slb_dot_bits8(const slb_tile_bits *bits, const slb_planes *activation_planes,
              const slb_planes *planes, const uint32_t *weights, int32_t words,
              int32_t outputs, uint32_t *scratch, int32_t *acc) {
  const int mask = activation_planes->offset != 0;
  const int32_t count = activation_planes->count;
  const int32_t unit = activation_planes->coefficient[0] / (mask ? 2 : 1);
  // The words whose sums fit a lane: 7 of 0 and 1, 2 of 0 to 3, 1 of 0 to 7, 3
  // of -1 to 1.
  const int32_t block = mask ? 2 : count == 1 ? 6 : 3 - count + 1;
  const int32_t limit = block < SLB_SLICE ? block : (int32_t)SLB_SLICE;
  const int32_t rows = outputs * planes->count;
  const uint32_t bias = mask ? 0x80808080u : 0;
  int32_t *base = (int32_t *)(void *)(scratch + SLB_TABLES_WORDS);
  uint32_t *total = scratch + SLB_TABLES_WORDS + SLB_LANES8;
  uint32_t *lanes = total + SLB_ENTRY_WORDS;
  slb_clear_tables(scratch);
  for (int32_t k = 0; k < words; k += limit) {
    const int32_t slice = words - k < limit ? words - k : limit;
    const int start = k % block == 0;
    if (start)
      slb_set_lanes(total, bias);
    for (int32_t i = 0; i < slice; ++i) {
      const void **pixels =
          bits->sources + (k + i) / bits->tap_words * SLB_LANES8;
      const int32_t word = bits->first + (k + i) % bits->tap_words;
      slb_build_word8(bits, pixels, word, count, mask,
                      scratch + 8 * i * SLB_TABLE_WORDS);
    }
    slb_total_slice(scratch, 8 * slice, total);
    const slb_slice rest = {weights + k, 1, words, rows, SLB_ENTRY_WORDS};
    slb_lookup_rows(scratch, &rest, slice, start, bias, lanes);
    if ((k + limit) % block == 0 || k + slice == words)
      slb_flush_block8(planes, unit, bias, total, base, lanes, outputs,
                       k < block, k + slice == words, acc);
  }
}

/// Computes a tile of up to 16 outputs of a convolution of bit planes with bit
/// planes (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of
///               sum_r (B0 + sum_j B_j * w_j[o][r]) * a_r,
///   a_r = sum_i A_i * p_i[r], or A_0 * p_0[r] + A0 with A_0 = -2 A0, or 0 in
///   the padding,
/// where A_i = 2^i * A_0, B_j = 2^j * B_0, and activations have up to 3 planes.
/// input   [in_h][in_w][activation planes][ceil(in_c / 32)]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch slb_tile_bits_bits_parts().bytes, aligned to a pointer
/// acc     [out_c][16]
SLB_NOINLINE static void
slb_tile_bits_bits(const slb_conv2d *g, const slb_planes *activation_planes,
                   const slb_planes *weight_planes, const uint32_t *weights,
                   const uint32_t *input, int32_t oy, int32_t ox,
                   int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_LANES8};
  const int32_t outputs = g->out_c / g->groups;
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const slb_tile_parts parts = slb_tile_bits_bits_parts(
      g, activation_planes->count, activation_planes->offset != 0,
      weight_planes->count, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const int32_t positions = g->pool_h * g->pool_w;
  slb_tile_bits bits = {(const void **)scratch, 0, 0, 0, 0};
  uint32_t *tables = (uint32_t *)(void *)(start + parts.work);
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint32_t *patch = (uint32_t *)(void *)(start + parts.patch);
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_group_bits(g, activation_planes, &tile, position, input, group,
                          patch, &bits);
      slb_dot_bits8(&bits, activation_planes, weight_planes,
                    weights + group * outputs * weight_planes->count * words,
                    words, outputs, tables,
                    result + group * outputs * SLB_LANES8);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_LANES8);
  }
}

#endif // SLB_TILE_BITS_BITS_H
