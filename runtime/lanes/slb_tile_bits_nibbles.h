//===- slb_tile_bits_nibbles.h - Tile of planes by 4-bit codes ------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_NIBBLES_H
#define SLB_TILE_BITS_NIBBLES_H

#include "../c99/slb_patch_length.h"
#include "slb_opaque.h"
#include "slb_tile_bits.h"
#include "slb_tile_bits_nibbles_parts.h"

#include <stdint.h>

// Half a word packs the 4-bit values of two pixels, 11 bits apart, so that a
// dual product multiplies two weights with two inputs of both pixels. The sum
// of eight inputs, at most 8 * 15 * 15 < 2^11, is taken apart and added up.

/// Outputs of a tile, two in an accumulator.
enum { SLB_LANES_QUAD = 4, SLB_QUAD_SHIFT = 11 };

/// The codes at bits 0 and 16 of a word.
#define SLB_QUAD_CODES 0x000f000fu

/// Spreads the bits of a byte: bit i goes to bit 4 * i.
static inline uint32_t slb_spread_byte(uint32_t byte) {
  byte = (byte | (byte << 12)) & 0x000f000fu;
  byte = (byte | (byte << 6)) & 0x03030303u;
  return (byte | (byte << 3)) & 0x11111111u;
}

/// Returns the sum of the eight nibbles of a word.
static inline int32_t slb_add_nibbles(uint32_t x) {
  x = (x & 0x0f0f0f0fu) + ((x >> 4) & 0x0f0f0f0fu);
  return (int32_t)((x * 0x01010101u) >> 24);
}

/// Packs the inputs of a tile to pairs[ceil(R / 8)][2][4]: of each eight inputs
/// of pixels (0, 1) and of pixels (2, 3), values x + 2^11 y of inputs (0, 4) to
/// (3, 7). Adds up all inputs of each pixel in total[4].
static void slb_pack_quads(const slb_tile_bits *bits, int32_t planes,
                           int32_t words, int32_t length, uint32_t *pairs,
                           int32_t *total) {
  for (int32_t p = 0; p < SLB_LANES_QUAD; ++p)
    total[p] = 0;
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
        total[2 * q] += slb_add_nibbles(x);
        total[2 * q + 1] += slb_add_nibbles(y);
        uint32_t *out = pairs + i + 4 * q;
        for (int32_t n = 0; n < 4; ++n)
          out[n] = ((x >> (4 * n)) & SLB_QUAD_CODES) |
                   (((y >> (4 * n)) & SLB_QUAD_CODES) << SLB_QUAD_SHIFT);
      }
    }
    pairs += 32;
  }
}

/// Adds the products with one word w of eight codes to the sums of both pairs
/// of pixels: all += x, high += x >> 11. Returns the pairs of the next word.
static inline const uint32_t *slb_dot_quad_word(const uint32_t *pairs,
                                                uint32_t w, uint32_t *all,
                                                uint32_t *high) {
#if defined(__thumb2__) && defined(__ARM_FEATURE_SIMD32)
  // Twenty instructions in few registers, which compilers do not find by
  // themselves.
  uint32_t all0 = all[0], all1 = all[1], high0 = high[0], high1 = high[1];
  uint32_t x, y, a, b, c;
  __asm__("and %[a], %[mask], %[w], lsr #8\n\t"
          "and %[b], %[mask], %[w], lsr #12\n\t"
          "ldrd %[y], %[c], [%[pairs], #8]\n\t"
          "smuad %[x], %[y], %[a]\n\t"
          "smlad %[x], %[c], %[b], %[x]\n\t"
          "ldrd %[y], %[c], [%[pairs], #24]\n\t"
          "smuad %[y], %[y], %[a]\n\t"
          "smlad %[y], %[c], %[b], %[y]\n\t"
          "and %[a], %[mask], %[w]\n\t"
          "and %[w], %[mask], %[w], lsr #4\n\t"
          "ldrd %[b], %[c], [%[pairs], #16]\n\t"
          "smlad %[y], %[b], %[a], %[y]\n\t"
          "smlad %[y], %[c], %[w], %[y]\n\t"
          "ldrd %[b], %[c], [%[pairs]], #32\n\t"
          "smlad %[x], %[b], %[a], %[x]\n\t"
          "smlad %[x], %[c], %[w], %[x]\n\t"
          "add %[all0], %[x]\n\t"
          "add %[high0], %[high0], %[x], lsr #11\n\t"
          "add %[all1], %[y]\n\t"
          "add %[high1], %[high1], %[y], lsr #11"
          : [all0] "+r"(all0), [all1] "+r"(all1), [high0] "+r"(high0),
            [high1] "+r"(high1), [w] "+r"(w), [pairs] "+r"(pairs), [x] "=&r"(x),
            [y] "=&r"(y), [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c)
          : [mask] "r"(SLB_QUAD_CODES)
          : "memory");
  all[0] = all0, all[1] = all1, high[0] = high0, high[1] = high1;
  return pairs;
#else
  for (int32_t q = 0; q < 2; ++q, pairs += 4) {
    uint32_t x = 0;
    for (int32_t i = 0; i < 4; ++i) {
      const uint32_t codes = (w >> (4 * i)) & SLB_QUAD_CODES;
      x += (pairs[i] & 0xffffu) * (codes & 0xffffu) +
           (pairs[i] >> 16) * (codes >> 16);
    }
    all[q] += x;
    high[q] += x >> SLB_QUAD_SHIFT;
  }
  return pairs;
#endif
}

/// Adds up a tile's products with one row of weights, ceil(R / 8) words of
/// eight codes: sum[p] = sum_r q[r] * a_r.
static inline void slb_dot_quad_row(const uint32_t *pairs,
                                    const uint32_t *weights, int32_t words,
                                    int32_t *sum) {
  const uint32_t *end = weights + words;
  uint32_t all[2] = {0, 0};
  uint32_t high[2] = {0, 0};
  while (weights != end)
    pairs = slb_dot_quad_word(pairs, *weights++, all, high);
  for (int32_t q = 0; q < 2; ++q) {
    sum[2 * q] = (int32_t)(all[q] - (high[q] << SLB_QUAD_SHIFT));
    sum[2 * q + 1] = (int32_t)high[q];
  }
}

/// Computes acc[outputs][4] = sum_r (offset + step * q[o][r]) * a_r, with
/// weights [outputs][ceil(R / 8)], words of eight codes.
static void slb_dot_quads_nibbles(const uint32_t *pairs, const int32_t *total,
                                  int32_t unit, int32_t step, int32_t offset,
                                  const uint32_t *weights, int32_t words,
                                  int32_t outputs, int32_t *acc) {
  int32_t base[SLB_LANES_QUAD];
  for (int32_t p = 0; p < SLB_LANES_QUAD; ++p)
    base[p] = offset * unit * total[p];
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
/// scratch slb_tile_bits_nibbles_parts().bytes, aligned to a pointer
/// acc     [out_c][4]
SLB_NOINLINE static void
slb_tile_bits_nibbles(const slb_conv2d *g, const slb_planes *planes,
                      int32_t step, int32_t offset, const uint32_t *weights,
                      const uint32_t *input, int32_t oy, int32_t ox,
                      int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_LANES_QUAD};
  const int32_t outputs = g->out_c / g->groups;
  const int32_t length = slb_patch_length(g);
  const int32_t words = (length + 7) / 8;
  const slb_tile_parts parts =
      slb_tile_bits_nibbles_parts(g, planes->count, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const int32_t positions = g->pool_h * g->pool_w;
  slb_tile_bits bits = {(const void **)scratch, 0, 0, 0, 0};
  uint32_t *pairs = (uint32_t *)(void *)(start + parts.work);
  int32_t *total = (int32_t *)(void *)(pairs + (length + 31) / 32 * 32);
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint32_t *patch = (uint32_t *)(void *)(start + parts.patch);
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_group_bits(g, planes, &tile, position, input, group, patch,
                          &bits);
      slb_pack_quads(&bits, planes->count, (length + 31) / 32, length, pairs,
                     total);
      slb_dot_quads_nibbles(pairs, total, planes->coefficient[0], step, offset,
                            weights + group * outputs * words, words, outputs,
                            result + group * outputs * SLB_LANES_QUAD);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_LANES_QUAD);
  }
}

#endif // SLB_TILE_BITS_NIBBLES_H
