//===- slb_conv2d_u8_bits_tile.h - Bytes by bit planes, tiled -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_TILE_H
#define SLB_CONV2D_U8_BITS_TILE_H

#include "slb_conv2d.h"
#include "slb_gather_bytes.h"
#include "slb_patch_length.h"
#include "slb_planes.h"
#include "slb_store_4x4.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// 4 prepared patches by 4 weight rows. Patch p is at patch + p * patch_step,
/// plane j of row o at row + o * row_step + j * words.
typedef struct slb_byte_operands {
  const uint8_t *patch;
  const uint32_t *row;
  int32_t patch_step, row_step, words, planes;
} slb_byte_operands;

/// How a core multiplies bytes by codes of up to 4 bits. It takes `group`
/// values at a time, in an order of its own, so that bit s of each byte of a
/// weight vector meets neighbouring values.
typedef struct slb_byte_multiplier {
  int32_t group;
  /// Reorders one group of values.
  void (*prepare)(const uint8_t *values, uint8_t *patch);
  /// Sets sums[p][o] to sum_r a_p[r] * sum_j 2^j * w_j[o][r].
  void (*dot)(const slb_byte_operands *x, int32_t *sums);
} slb_byte_multiplier;

/// The patches of a tile, [pixels][padded bytes] in the core's order, and their
/// sums of values.
typedef struct slb_byte_tile {
  int32_t length, padded;
  uint8_t *values, *patches;
  int32_t *sums;
} slb_byte_tile;

/// Gathers the patch of position (y, x) as patch p of the tile.
static void slb_fill_byte_patch(const slb_byte_multiplier *multiplier,
                                const slb_conv2d *g, const uint8_t *input,
                                int32_t y, int32_t x, int32_t group, int32_t p,
                                slb_byte_tile *tile) {
  int32_t sum = 0;
  slb_gather_bytes(g, 1, input, y, x, group, tile->values);
  for (int32_t r = 0; r < tile->length; ++r)
    sum += tile->values[r];
  tile->sums[p] = sum;
  for (int32_t r = 0; r < tile->padded; r += multiplier->group)
    multiplier->prepare(tile->values + r, tile->patches + p * tile->padded + r);
}

/// Computes acc [pixels][out_c] of one group, whose rows are `weights`. 4x4
/// sums at a time: the last 4 pixels and channels overlap those before them;
/// where there are less than 4, one stands for 4.
static void slb_dot_byte_tile(const slb_byte_multiplier *multiplier,
                              const slb_byte_tile *tile, const slb_planes *w,
                              const uint32_t *weights, int32_t pixels,
                              int32_t outputs, int32_t out_c, int32_t maximum,
                              int32_t *acc) {
  const int32_t pixel_count = pixels < 4 ? 1 : 4;
  const int32_t output_count = outputs < 4 ? 1 : 4;
  const int32_t pixel_step = pixels < 4 ? 0 : 1;
  slb_byte_operands x;
  x.words = (tile->length + 31) / 32;
  x.planes = w->count;
  x.patch_step = pixel_step * tile->padded;
  x.row_step = (outputs < 4 ? 0 : 1) * w->count * x.words;
  for (int32_t next = 0; next < outputs; next += output_count) {
    const int32_t last = outputs - output_count;
    const int32_t o = next < last ? next : last;
    x.row = weights + o * w->count * x.words;
    for (int32_t q = 0; q < pixels; q += pixel_count) {
      const int32_t p = q + pixel_count < pixels ? q : pixels - pixel_count;
      int32_t sums[16];
      x.patch = tile->patches + p * tile->padded;
      multiplier->dot(&x, sums);
      for (int32_t t = 0; t < 16; ++t)
        sums[t] = w->coefficient[0] * sums[t] +
                  w->offset * tile->sums[p + t / 4 * pixel_step];
      slb_store_4x4(sums, out_c, pixel_count, output_count, maximum,
                    acc + p * out_c + o);
    }
  }
}

/// Computes `pixels` neighbouring outputs, from output `first` in raster order
/// on, of a convolution of unsigned bytes with bit planes, as
/// slb_conv2d_u8_bits does one. At most 4 weight planes, B_j = 2^j * B_0.
/// input   [in_h][in_w][in_c]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch of (pixels + 1) * padded + 4 * pixels bytes, where padded is R
///         rounded up to a multiple of `group`; aligned to 64
/// acc     [pixels][out_c]
static void slb_conv2d_u8_bits_tile(const slb_byte_multiplier *multiplier,
                                    const slb_conv2d *g,
                                    const slb_planes *weight_planes,
                                    const uint32_t *weights,
                                    const uint8_t *input, int32_t first,
                                    int32_t pixels, void *scratch,
                                    int32_t *acc) {
  const int32_t outputs = g->out_c / g->groups;
  slb_byte_tile tile;
  tile.length = slb_patch_length(g);
  tile.padded = (tile.length + multiplier->group - 1) / multiplier->group *
                multiplier->group;
  const int32_t group_words =
      outputs * weight_planes->count * ((tile.length + 31) / 32);
  tile.values = (uint8_t *)scratch;
  tile.patches = tile.values + tile.padded;
  tile.sums = (int32_t *)(void *)(tile.patches + pixels * tile.padded);
  memset(tile.values, 0, (size_t)tile.padded);
  for (int32_t i = 0; i < g->pool_h * g->pool_w * g->groups; ++i) {
    const int32_t group = i % g->groups;
    const int32_t position = i / g->groups;
    for (int32_t p = 0; p < pixels; ++p)
      slb_fill_byte_patch(
          multiplier, g, input,
          (first + p) / g->out_w * g->pool_h + position / g->pool_w,
          (first + p) % g->out_w * g->pool_w + position % g->pool_w, group, p,
          &tile);
    slb_dot_byte_tile(multiplier, &tile, weight_planes,
                      weights + group * group_words, pixels, outputs, g->out_c,
                      position > 0, acc + group * outputs);
  }
}

#endif // SLB_CONV2D_U8_BITS_TILE_H
