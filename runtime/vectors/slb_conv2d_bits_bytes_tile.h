//===- slb_conv2d_bits_bytes_tile.h - Bit planes as bytes, tiled ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BYTES_TILE_H
#define SLB_CONV2D_BITS_BYTES_TILE_H

#include "../c99/slb_gather_bits.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_popcount.h"
#include "slb_conv2d_codes_tile.h"

#include <stdint.h>

/// See slb_byte_source::fill.
static int32_t slb_fill_bits(const slb_byte_source *source,
                             const slb_byte_multiplier *multiplier,
                             const slb_conv2d *g, int32_t y, int32_t x,
                             int32_t group, uint8_t *patch) {
  const slb_planes *planes = source->planes;
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const uint32_t *bits = source->bits;
  int32_t sum = 0;
  slb_gather_bits(g, planes, (const uint32_t *)source->input, y, x, group,
                  source->bits);
  multiplier->expand(planes, bits, slb_patch_length(g), patch);
  for (int32_t i = 0; i < planes->count; ++i, bits += words)
    sum += planes->coefficient[i] * slb_popcount_and(bits, bits, words);
  return sum;
}

/// Computes a run of outputs of a convolution of bit planes with bit planes,
/// see slb_conv2d_codes_tile, as slb_conv2d_bits_bits does one. An input's
/// value fits an unsigned byte, A_0 = 0.
/// input   [in_h][in_w][input planes][ceil(in_c / 32)]
/// scratch with 4 * input planes * ceil(R / 32) bytes more
static void slb_conv2d_bits_bytes_tile(
    const slb_byte_multiplier *multiplier, const slb_conv2d *g,
    const slb_planes *input_planes, const slb_planes *weight_planes,
    const uint32_t *weights, const uint32_t *input, int32_t first,
    int32_t pixels, void *scratch, int32_t *acc) {
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  uint32_t *bits = (uint32_t *)scratch +
                   8 * words * (pixels + multiplier->code_rows) + pixels;
  const slb_byte_source source = {input, input_planes, bits, slb_fill_bits};
  slb_conv2d_codes_tile(multiplier, g, weight_planes, weights, &source, first,
                        pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BYTES_TILE_H
