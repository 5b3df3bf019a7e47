//===- slb_tile_bits_nibbles.h - Tile of planes by 4-bit codes ------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_NIBBLES_H
#define SLB_TILE_BITS_NIBBLES_H

#include "slb_dual.h"
#include "slb_tile_bits.h"

#include <stdint.h>

// Half a word packs the 4-bit values of two pixels, 11 bits apart, so that a
// dual product multiplies two weights with two inputs of both pixels. The sum
// of eight inputs, at most 8 * 15 * 15 < 2^11, is taken apart and added up.

/// Outputs of a tile, two in an accumulator.
enum { SLB_LANES_QUAD = 4, SLB_QUAD_SHIFT = 11 };

/// Spreads the bits of a byte: bit i goes to bit 4 * i.
static inline uint32_t slb_spread_byte(uint32_t byte) {
  byte = (byte | (byte << 12)) & 0x000f000fu;
  byte = (byte | (byte << 6)) & 0x03030303u;
  return (byte | (byte << 3)) & 0x11111111u;
}

/// Packs the inputs of a tile to pairs[ceil(R / 8)][2][4]: of each eight inputs
/// of pixels (0, 1) and of pixels (2, 3), values x + 2^11 y of inputs (0, 4) to
/// (3, 7).
static void slb_pack_quads(const slb_tile_bits *bits, int32_t planes,
                           int32_t words, int32_t length, uint32_t *pairs) {
  for (int32_t k = 0; k < words; ++k) {
    const void **pixels = bits->sources + k / bits->tap_words * SLB_LANES_QUAD;
    const int32_t word = bits->first + k % bits->tap_words;
    for (int32_t q = 0; q < 2; ++q) {
      const uint32_t *a = (const uint32_t *)pixels[2 * q] + word;
      const uint32_t *b = (const uint32_t *)pixels[2 * q + 1] + word;
      for (int32_t i = 0; i < 32 && 32 * k + i < length; i += 8) {
        uint32_t x = 0;
        uint32_t y = 0;
        for (int32_t j = 0; j < planes; ++j) {
          x |= slb_spread_byte((a[j * bits->channel_words] >> i) & 0xffu) << j;
          y |= slb_spread_byte((b[j * bits->channel_words] >> i) & 0xffu) << j;
        }
        uint32_t *out = pairs + i + 4 * q;
        for (int32_t n = 0; n < 4; ++n)
          out[n] = ((x >> (4 * n)) & 0x000f000fu) |
                   (((y >> (4 * n)) & 0x000f000fu) << SLB_QUAD_SHIFT);
      }
    }
    pairs += 32;
  }
}

/// Adds up a tile's products with one row of weights, ceil(R / 8) words of
/// eight codes: sum[p] = sum_r q[r] * a_r.
static inline void slb_dot_quad_row(const uint32_t *pairs,
                                    const uint32_t *weights, int32_t words,
                                    int32_t *sum) {
  const uint32_t mask = 0x000f000fu;
  const uint32_t *end = weights + words;
  uint32_t all0 = 0, all1 = 0, high0 = 0, high1 = 0;
  while (weights != end) {
    const uint32_t w = *weights++;
    const uint32_t w0 = w & mask;
    const uint32_t w1 = (w >> 4) & mask;
    int32_t x0 = slb_dual(pairs[1], w1, slb_dual(pairs[0], w0, 0));
    int32_t x1 = slb_dual(pairs[5], w1, slb_dual(pairs[4], w0, 0));
    const uint32_t w2 = (w >> 8) & mask;
    const uint32_t w3 = (w >> 12) & mask;
    x0 = slb_dual(pairs[3], w3, slb_dual(pairs[2], w2, x0));
    x1 = slb_dual(pairs[7], w3, slb_dual(pairs[6], w2, x1));
    all0 += (uint32_t)x0;
    all1 += (uint32_t)x1;
    high0 += (uint32_t)x0 >> SLB_QUAD_SHIFT;
    high1 += (uint32_t)x1 >> SLB_QUAD_SHIFT;
    pairs += 8;
  }
  sum[0] = (int32_t)(all0 - (high0 << SLB_QUAD_SHIFT));
  sum[1] = (int32_t)high0;
  sum[2] = (int32_t)(all1 - (high1 << SLB_QUAD_SHIFT));
  sum[3] = (int32_t)high1;
}

/// Computes acc[outputs][4] = sum_r (offset + step * q[o][r]) * a_r, with
/// weights [outputs][ceil(R / 8)], words of eight codes.
static void slb_dot_quads_nibbles(const uint32_t *pairs, int32_t unit,
                                  int32_t step, int32_t offset,
                                  const uint32_t *weights, int32_t words,
                                  int32_t outputs, int32_t *acc) {
  int32_t base[SLB_LANES_QUAD] = {0, 0, 0, 0};
  for (int32_t i = 0; i < 8 * words; ++i) {
    const uint32_t x = pairs[i];
    const int32_t p = i % 8 / 4 * 2;
    base[p] += (int32_t)((x & 15u) + ((x >> 16) & 15u));
    base[p + 1] +=
        (int32_t)(((x >> SLB_QUAD_SHIFT) & 15u) + (x >> (16 + SLB_QUAD_SHIFT)));
  }
  for (int32_t p = 0; p < SLB_LANES_QUAD; ++p)
    base[p] *= offset * unit;
  for (int32_t o = 0; o < outputs; ++o) {
    int32_t sum[SLB_LANES_QUAD];
    slb_dot_quad_row(pairs, weights + o * words, words, sum);
    for (int32_t p = 0; p < SLB_LANES_QUAD; ++p)
      *acc++ = base[p] + step * unit * sum[p];
  }
}

/// Computes a tile of up to 4 outputs of a convolution of bit planes with 4-bit
/// codes (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of
///               sum_r (offset + step * q[o][r]) * a_r,
///   a_r = sum_i A_i * p_i[r],
/// where A_i = 2^i * A_0, A0 = 0, and activations have up to 4 planes.
/// input   [in_h][in_w][activation planes][ceil(in_c / 32)]
/// weights [out_c][ceil(R / 8)]: code q[o][r] in bits 4 (r % 8) to 4 (r % 8) +
/// 3
///         of word r / 8
/// scratch 4 * (R rounded up to 32) bytes, and 4 * planes * in_c / 32 + 4 *
///         taps * sizeof(void *) bytes if 32 divides in_c / groups, else
///         16 * ceil(R / 32) * planes + 4 * sizeof(void *) bytes, and 16 *
///         out_c bytes more if there is pooling; aligned to a pointer
/// acc     [out_c][4]
static void slb_tile_bits_nibbles(const slb_conv2d *g, const slb_planes *planes,
                                  int32_t step, int32_t offset,
                                  const uint32_t *weights,
                                  const uint32_t *input, int32_t oy, int32_t ox,
                                  int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_LANES_QUAD};
  const int32_t outputs = g->out_c / g->groups;
  const int32_t length = slb_patch_length(g);
  const int32_t words = (length + 7) / 8;
  const int32_t taps =
      g->in_c / g->groups % 32 == 0 ? g->kernel_h * g->kernel_w : 1;
  const int32_t positions = g->pool_h * g->pool_w;
  slb_tile_bits bits = {(const void **)scratch, 0, 0, 0, 0};
  uint32_t *pairs = (uint32_t *)(void *)(bits.sources + taps * SLB_LANES_QUAD);
  int32_t *sums = (int32_t *)(void *)(pairs + (length + 31) / 32 * 32);
  uint32_t *patch =
      (uint32_t *)(void *)(sums +
                           (positions > 1 ? g->out_c * SLB_LANES_QUAD : 0));
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_group_bits(g, planes, &tile, position, input, group, patch,
                          &bits);
      slb_pack_quads(&bits, planes->count, (length + 31) / 32, length, pairs);
      slb_dot_quads_nibbles(pairs, planes->coefficient[0], step, offset,
                            weights + group * outputs * words, words, outputs,
                            result + group * outputs * SLB_LANES_QUAD);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_LANES_QUAD);
  }
}

#endif // SLB_TILE_BITS_NIBBLES_H
