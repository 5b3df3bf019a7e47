//===- slb_conv2d_bits_bits_tile.h - Bit planes by bit planes, tiled ------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_TILE_H
#define SLB_CONV2D_BITS_BITS_TILE_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "slb_gather_tile_bits.h"
#include "slb_store_4x4.h"

#include <stdint.h>

/// What a core counts: the ones of p & w, of p ^ w, or of (p ^ w) & m.
enum { SLB_COUNT_AND, SLB_COUNT_XOR, SLB_COUNT_XOR_AND };

/// 4 prepared planes of patches by 4 weight rows. Plane p is at patch + p *
/// patch_step, its mask at mask + p * patch_step, row o at row + o * row_step.
/// A row has `words` words.
typedef struct slb_bit_operands {
  int32_t op;
  int32_t scale;
  const uint32_t *patch, *mask, *row;
  int32_t patch_step, row_step, words;
} slb_bit_operands;

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
  /// Adds scale times what it counts to sums[p][o].
  void (*count)(const slb_bit_operands *x, int32_t *sums);
} slb_bit_counter;

/// The patches of a tile of neighbouring outputs, [pixels][activation planes,
/// then the mask if A0 is not 0][slots * stride] words, and the part of the
/// pixels' sums that does not depend on the output channel.
typedef struct slb_bit_tile {
  int32_t stride, plane_words, patch_words;
  uint32_t *patches;
  int32_t *bases;
  int32_t *inside; ///< 1 for each patch that does not reach into the padding.
} slb_bit_tile;

/// Gathers the patch of position (y, x) as patch `p` of the tile and computes
/// its base,
///   B0 * (sum_i A_i * popcount(p_i) + A0 * popcount(m)),
/// and for planes of +-1, sum_i A_i / 2 * popcount(p_i) * sum_j B_j more, as
///   A_i * popcount(p_i & w) - A_i / 2 * popcount(m & w)
///     = A_i / 2 * (popcount(p_i) - popcount((p_i ^ w) & m)).
static void slb_fill_bit_patch(const slb_bit_counter *counter,
                               const slb_conv2d *g, const slb_planes *a,
                               const slb_planes *w, const uint32_t *input,
                               int32_t y, int32_t x, int32_t group, int32_t p,
                               slb_bit_tile *tile) {
  uint32_t *patch = tile->patches + p * tile->patch_words;
  const int32_t planes = a->count + (a->offset != 0 ? 1 : 0);
  const int32_t step = tile->plane_words;
  int32_t sum = 0, signs = 0;
  tile->inside[p] = slb_gather_tile_bits(g, a, input, y, x, group, step, patch);
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

/// Adds to sums[4][4] what 4 patches from `patch` on by 4 output channels give.
/// The rows of channel o + 1 are row_step words after those of channel o.
static void slb_sum_4x4_bits(const slb_bit_counter *counter,
                             const slb_bit_tile *tile, const slb_planes *a,
                             const slb_planes *w, const uint32_t *patch,
                             int32_t patch_step, const uint32_t *row,
                             int32_t row_step, int32_t words, int32_t op,
                             int32_t *sums) {
  slb_bit_operands x;
  x.op = op;
  x.mask = patch + a->count * tile->plane_words;
  x.patch_step = patch_step;
  x.row_step = row_step;
  x.words = words;
  for (int32_t i = 0; i < a->count; ++i)
    for (int32_t j = 0; j < w->count; ++j) {
      x.patch = patch + i * tile->plane_words;
      x.row = row + j * words;
      x.scale = w->coefficient[j] *
                (a->offset != 0 ? -a->coefficient[i] / 2 : a->coefficient[i]);
      counter->count(&x, sums);
    }
}

/// Returns what to count for 4 patches, pixel_step pixels apart.
static int32_t slb_count_op(const slb_planes *a, const int32_t *inside,
                            int32_t pixel_step) {
  if (a->offset == 0)
    return SLB_COUNT_AND;
  for (int32_t t = 0; t < 4; ++t)
    if (!inside[t * pixel_step])
      return SLB_COUNT_XOR_AND;
  return SLB_COUNT_XOR;
}

/// Computes acc [pixels][out_c] of one group, whose rows are `weights`. 4x4
/// sums at a time: the last 4 pixels and channels overlap those before them;
/// where there are less than 4, one stands for 4.
static void slb_dot_bit_tile(const slb_bit_counter *counter,
                             const slb_bit_tile *tile, const slb_planes *a,
                             const slb_planes *w, const uint32_t *weights,
                             int32_t words, int32_t pixels, int32_t outputs,
                             int32_t out_c, int32_t maximum, int32_t *acc) {
  const int32_t pixel_step = pixels < 4 ? 0 : 1;
  const int32_t output_step = outputs < 4 ? 0 : 1;
  const int32_t pixel_count = pixels < 4 ? 1 : 4;
  const int32_t output_count = outputs < 4 ? 1 : 4;
  const int32_t rows = w->count * words;
  for (int32_t next = 0; next < outputs; next += output_count) {
    const int32_t last = outputs - output_count;
    const int32_t o = next < last ? next : last;
    for (int32_t q = 0; q < pixels; q += pixel_count) {
      const int32_t p = q + pixel_count < pixels ? q : pixels - pixel_count;
      int32_t sums[16];
      for (int32_t t = 0; t < 4; ++t)
        for (int32_t i = 0; i < 4; ++i)
          sums[4 * t + i] = tile->bases[p + t * pixel_step];
      slb_sum_4x4_bits(counter, tile, a, w,
                       tile->patches + p * tile->patch_words,
                       pixel_step * tile->patch_words, weights + o * rows,
                       output_step * rows, words,
                       slb_count_op(a, tile->inside + p, pixel_step), sums);
      slb_store_4x4(sums, out_c, pixel_count, output_count, maximum,
                    acc + p * out_c + o);
    }
  }
}

/// Computes `pixels` neighbouring outputs, from output `first` in raster order
/// on, of a convolution of bit planes with bit planes, as slb_conv2d_bits_bits
/// does one. The activations' A0 is 0, or minus half of the sum of the A_i.
/// input   [in_h][in_w][activation planes][ceil(in_c / 32)]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch of 4 * pixels * (2 + slots * stride * (activation planes + (A0 !=
///         0))) bytes, where stride is ceil(R / 32) rounded up to vector_words;
///         aligned to 4, and faster if to 4 * vector_words
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
  tile.stride = (words + counter->vector_words - 1) / counter->vector_words *
                counter->vector_words;
  tile.plane_words = counter->slots * tile.stride;
  tile.patch_words = (a->count + (a->offset != 0 ? 1 : 0)) * tile.plane_words;
  tile.patches = (uint32_t *)scratch;
  tile.bases = (int32_t *)(void *)(tile.patches + pixels * tile.patch_words);
  tile.inside = tile.bases + pixels;
  for (int32_t i = 0; i < g->pool_h * g->pool_w * g->groups; ++i) {
    const int32_t group = i % g->groups;
    const int32_t position = i / g->groups;
    const uint32_t *rows =
        weights + group * outputs * weight_planes->count * words;
    for (int32_t p = 0; p < pixels; ++p) {
      const int32_t y = (first + p) / g->out_w * g->pool_h;
      const int32_t x = (first + p) % g->out_w * g->pool_w;
      slb_fill_bit_patch(counter, g, a, weight_planes, input,
                         y + position / g->pool_w, x + position % g->pool_w,
                         group, p, &tile);
    }
    slb_dot_bit_tile(counter, &tile, a, weight_planes, rows, words, pixels,
                     outputs, g->out_c, position > 0, acc + group * outputs);
  }
}

#endif // SLB_CONV2D_BITS_BITS_TILE_H
