//===- slb_conv2d_bits_bits_tile.h - Bit planes by bit planes, tiled ------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_TILE_H
#define SLB_CONV2D_BITS_BITS_TILE_H

#include "slb_conv2d.h"
#include "slb_gather_tile_bits.h"
#include "slb_planes.h"

#include <stdint.h>

/// What a core counts: the ones of p & w, of p ^ w, or of (p ^ w) & m.
enum { SLB_COUNT_AND, SLB_COUNT_XOR, SLB_COUNT_XOR_AND };

/// How a core counts ones. A prepared plane of a patch has slots * stride
/// words, where stride is ceil(R / 32) rounded up to vector_words.
typedef struct slb_bit_counter {
  int32_t vector_words;
  int32_t slots;
  /// Turns the first `stride` words of a plane into slots * stride words. Null
  /// if slots is 1.
  void (*prepare)(uint32_t *plane, int32_t stride);
  /// Returns the number of ones of plane[0..stride), before `prepare`.
  int32_t (*ones)(const uint32_t *plane, int32_t stride);
  /// Sets counts[p][o] to the ones of 4 prepared planes by 4 weight rows of
  /// `words` words. `patches` and `masks` have one pointer for each p.
  void (*count)(int32_t op, const uint32_t *const *patches,
                const uint32_t *const *masks, const uint32_t *const *rows,
                int32_t words, int32_t *counts);
} slb_bit_counter;

/// The patches of a tile of neighbouring outputs, [pixels][activation planes,
/// then the mask if A0 is not 0][slots * stride] words, and the part of the
/// pixels' sums that does not depend on the output channel.
typedef struct slb_bit_tile {
  int32_t stride, plane_words, patch_words;
  int32_t padded; ///< 1 if a tap of some patch is in the padding.
  uint32_t *patches;
  int32_t *bases;
} slb_bit_tile;

/// Gathers the patch of position (y, x) as patch `p` of the tile and computes
/// its base,
///   B0 * (sum_i A_i * popcount(p_i) + A0 * popcount(m)),
/// and for activations of two values, -A0 * popcount(p) * sum_j B_j more, as
///   A_0 * popcount(p & w) + A0 * popcount(m & w)
///     = -A0 * (popcount(p) - popcount((p ^ w) & m)), where A_0 = -2 * A0.
static void slb_fill_bit_patch(const slb_bit_counter *counter,
                               const slb_conv2d *g, const slb_planes *a,
                               const slb_planes *w, const uint32_t *input,
                               int32_t y, int32_t x, int32_t group, int32_t p,
                               slb_bit_tile *tile) {
  uint32_t *patch = tile->patches + p * tile->patch_words;
  const int32_t planes = a->count + (a->offset != 0 ? 1 : 0);
  const int32_t step = tile->plane_words;
  int32_t sum = 0, signs = 0;
  if (!slb_gather_tile_bits(g, a, input, y, x, group, step, patch))
    tile->padded = 1;
  for (int32_t i = 0; i < a->count; ++i)
    sum += a->coefficient[i] * counter->ones(patch + i * step, tile->stride);
  if (a->offset != 0) {
    for (int32_t j = 0; j < w->count; ++j)
      signs += w->coefficient[j] * sum / 2;
    sum += a->offset * counter->ones(patch + a->count * step, tile->stride);
  }
  tile->bases[p] = w->offset * sum + signs;
  if (counter->prepare)
    for (int32_t i = 0; i < planes; ++i)
      counter->prepare(patch + i * step, tile->stride);
}

/// Computes sums[4][4] of patches p .. p + 3 by output channels o .. o + 3; the
/// last of the tile and of the group stand for those after them.
static void slb_sum_4x4_bits(const slb_bit_counter *counter,
                             const slb_bit_tile *tile, const slb_planes *a,
                             const slb_planes *w, const uint32_t *weights,
                             int32_t words, int32_t pixels, int32_t p,
                             int32_t outputs, int32_t o, int32_t *sums) {
  const uint32_t *patches[4], *masks[4], *rows[4];
  int32_t counts[16];
  int32_t op = SLB_COUNT_AND;
  if (a->offset != 0)
    op = tile->padded ? SLB_COUNT_XOR_AND : SLB_COUNT_XOR;
  for (int32_t t = 0; t < 16; ++t) {
    const int32_t q = p + t / 4 < pixels ? p + t / 4 : pixels - 1;
    sums[t] = tile->bases[q];
  }
  for (int32_t i = 0; i < a->count; ++i) {
    for (int32_t t = 0; t < 4; ++t) {
      const int32_t q = p + t < pixels ? p + t : pixels - 1;
      patches[t] = tile->patches + q * tile->patch_words;
      masks[t] = patches[t] + a->count * tile->plane_words;
      patches[t] += i * tile->plane_words;
    }
    for (int32_t j = 0; j < w->count; ++j) {
      const int32_t scale = a->offset != 0 ? a->offset : a->coefficient[i];
      for (int32_t t = 0; t < 4; ++t) {
        const int32_t channel = o + t < outputs ? o + t : outputs - 1;
        rows[t] = weights + (channel * w->count + j) * words;
      }
      counter->count(op, patches, masks, rows, words, counts);
      for (int32_t t = 0; t < 16; ++t)
        sums[t] += scale * w->coefficient[j] * counts[t];
    }
  }
}

/// Writes what of sums[4][4] is inside acc [pixels][out_c], or its maximum with
/// what is there.
static void slb_store_4x4(const int32_t *sums, int32_t out_c, int32_t pixels,
                          int32_t outputs, int32_t maximum, int32_t *acc) {
  for (int32_t p = 0; p < (pixels < 4 ? pixels : 4); ++p)
    for (int32_t o = 0; o < (outputs < 4 ? outputs : 4); ++o) {
      int32_t *target = acc + p * out_c + o;
      if (!maximum || sums[4 * p + o] > *target)
        *target = sums[4 * p + o];
    }
}

/// Computes `pixels` neighbouring outputs, from output `first` in raster order
/// on, of a convolution of bit planes with bit planes, as slb_conv2d_bits_bits
/// does one. The activations' A0 is 0, or they have one plane and A_0 = -2 *
/// A0.
/// input   [in_h][in_w][activation planes][ceil(in_c / 32)]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch of 4 * pixels * (1 + slots * stride * (activation planes + (A0 !=
///         0))) bytes, where stride is ceil(R / 32) rounded up to vector_words;
///         aligned to 4 * vector_words
/// acc     [pixels][out_c]
static void slb_conv2d_bits_bits_tile(
    const slb_bit_counter *counter, const slb_conv2d *g,
    const slb_planes *activation_planes, const slb_planes *weight_planes,
    const uint32_t *weights, const uint32_t *input, int32_t first,
    int32_t pixels, void *scratch, int32_t *acc) {
  const slb_planes *a = activation_planes;
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const int32_t outputs = g->out_c / g->groups;
  slb_bit_tile tile;
  int32_t sums[16];
  tile.stride = (words + counter->vector_words - 1) / counter->vector_words *
                counter->vector_words;
  tile.plane_words = counter->slots * tile.stride;
  tile.patch_words = (a->count + (a->offset != 0 ? 1 : 0)) * tile.plane_words;
  tile.patches = (uint32_t *)scratch;
  tile.bases = (int32_t *)(void *)(tile.patches + pixels * tile.patch_words);
  for (int32_t i = 0; i < g->pool_h * g->pool_w * g->groups; ++i) {
    const int32_t group = i % g->groups;
    const int32_t position = i / g->groups;
    const uint32_t *rows =
        weights + group * outputs * weight_planes->count * words;
    tile.padded = 0;
    for (int32_t p = 0; p < pixels; ++p) {
      const int32_t y = (first + p) / g->out_w * g->pool_h;
      const int32_t x = (first + p) % g->out_w * g->pool_w;
      slb_fill_bit_patch(counter, g, a, weight_planes, input,
                         y + position / g->pool_w, x + position % g->pool_w,
                         group, p, &tile);
    }
    for (int32_t o = 0; o < outputs; o += 4)
      for (int32_t p = 0; p < pixels; p += 4) {
        slb_sum_4x4_bits(counter, &tile, a, weight_planes, rows, words, pixels,
                         p, outputs, o, sums);
        slb_store_4x4(sums, g->out_c, pixels - p, outputs - o, position > 0,
                      acc + p * g->out_c + group * outputs + o);
      }
  }
}

#endif // SLB_CONV2D_BITS_BITS_TILE_H
