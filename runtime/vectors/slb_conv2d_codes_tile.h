//===- slb_conv2d_codes_tile.h - Bytes by codes of bit planes, tiled ------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_CODES_TILE_H
#define SLB_CONV2D_CODES_TILE_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "slb_store_4x4.h"

#include <stdint.h>

/// 4 prepared patches by 4 weight rows. Patch p is at patch + p * patch_step,
/// row o at row + o * row_step: its codes, or plane j of its bits
/// 4 * j * words bytes from there.
typedef struct slb_byte_operands {
  const uint8_t *patch, *row;
  int32_t patch_step, row_step, words, planes;
} slb_byte_operands;

/// How a core multiplies bytes by codes of up to 4 bits.
typedef struct slb_byte_multiplier {
  /// 4 if rows are expanded to codes once for all pixels, 0 if they stay bits.
  int32_t code_rows;
  /// Makes the values of bit planes, [planes][ceil(length / 32)], and zeros up
  /// to a multiple of 32; for rows of codes and inputs that are bits.
  void (*expand)(const slb_planes *planes, const uint32_t *bits, int32_t length,
                 uint8_t *values);
  /// Sets sums[p][o] to sum_r a_p[r] * sum_j 2^j * w_j[o][r].
  void (*dot)(const slb_byte_operands *x, int32_t *sums);
} slb_byte_multiplier;

/// The patches of a tile, [pixels][padded bytes], and their sums of values.
/// There is room for the codes of 4 rows.
typedef struct slb_byte_tile {
  int32_t length, padded;
  uint8_t *patches, *codes;
  int32_t *sums;
} slb_byte_tile;

/// The inputs that patches are made of.
typedef struct slb_byte_source {
  const void *input;
  const slb_planes *planes; ///< Of inputs that are bits.
  uint32_t *bits;           ///< Room for a patch of them.
  /// Makes the patch of position (y, x); returns the sum of its values. What
  /// follows them meets weights of zero.
  int32_t (*fill)(const struct slb_byte_source *source,
                  const slb_byte_multiplier *multiplier, const slb_conv2d *g,
                  int32_t y, int32_t x, int32_t group, uint8_t *patch);
} slb_byte_source;

/// Sets the rows that stand for 4: `count` of them from row o of `weights` on.
static void slb_set_rows(const slb_byte_multiplier *multiplier,
                         const slb_byte_tile *tile, const uint32_t *weights,
                         int32_t o, int32_t count, slb_byte_operands *x) {
  static const slb_planes codes = {4, {1, 2, 4, 8}, 0};
  const int32_t row_words = x->planes * x->words;
  const uint32_t *bits = weights + o * row_words;
  const int32_t step = count == 4 ? 1 : 0;
  x->row = (const uint8_t *)bits;
  x->row_step = step * 4 * row_words;
  if (multiplier->code_rows == 0)
    return;
  slb_planes planes = codes;
  planes.count = x->planes;
  for (int32_t i = 0; i < count; ++i)
    multiplier->expand(&planes, bits + i * row_words, tile->length,
                       tile->codes + i * tile->padded);
  x->row = tile->codes;
  x->row_step = step * tile->padded;
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
  for (int32_t next = 0; next < outputs; next += output_count) {
    const int32_t last = outputs - output_count;
    const int32_t o = next < last ? next : last;
    slb_set_rows(multiplier, tile, weights, o, output_count, &x);
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
/// on, of a convolution of unsigned bytes, or of what become them, with at most
/// 4 bit planes, B_j = 2^j * B_0.
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch of (pixels + code_rows) * (R rounded up to 32) + 4 * pixels bytes,
///         aligned to 4, and faster if to 64
/// acc     [pixels][out_c]
static void slb_conv2d_codes_tile(const slb_byte_multiplier *multiplier,
                                  const slb_conv2d *g,
                                  const slb_planes *weight_planes,
                                  const uint32_t *weights,
                                  const slb_byte_source *source, int32_t first,
                                  int32_t pixels, void *scratch, int32_t *acc) {
  const int32_t outputs = g->out_c / g->groups;
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const int32_t group_words = outputs * weight_planes->count * words;
  slb_byte_tile tile;
  tile.length = slb_patch_length(g);
  tile.padded = 32 * words;
  tile.patches = (uint8_t *)scratch;
  tile.codes = tile.patches + pixels * tile.padded;
  tile.sums =
      (int32_t *)(void *)(tile.codes + multiplier->code_rows * tile.padded);
  for (int32_t i = 0; i < g->pool_h * g->pool_w * g->groups; ++i) {
    const int32_t group = i % g->groups;
    const int32_t position = i / g->groups;
    for (int32_t p = 0; p < pixels; ++p)
      tile.sums[p] = source->fill(
          source, multiplier, g,
          (first + p) / g->out_w * g->pool_h + position / g->pool_w,
          (first + p) % g->out_w * g->pool_w + position % g->pool_w, group,
          tile.patches + p * tile.padded);
    slb_dot_byte_tile(multiplier, &tile, weight_planes,
                      weights + group * group_words, pixels, outputs, g->out_c,
                      position > 0, acc + group * outputs);
  }
}

#endif // SLB_CONV2D_CODES_TILE_H
