//===- slb_conv2d_u8_bits_tile.h - Bytes by bit planes, tiled -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_TILE_H
#define SLB_CONV2D_U8_BITS_TILE_H

#include "../c99/slb_gather_bytes.h"
#include "../c99/slb_patch_length.h"
#include "slb_conv2d_codes_tile.h"

#include <stddef.h>
#include <stdint.h>

/// See slb_byte_source::fill.
static int32_t slb_fill_u8(const slb_byte_source *source,
                           const slb_byte_multiplier *multiplier,
                           const slb_conv2d *g, int32_t y, int32_t x,
                           int32_t group, uint8_t *patch) {
  const int32_t length = slb_patch_length(g);
  int32_t sum = 0;
  (void)multiplier;
  slb_gather_bytes(g, 1, source->input, y, x, group, patch);
  for (int32_t r = 0; r < length; ++r)
    sum += patch[r];
  return sum;
}

/// Computes a run of outputs of a convolution of unsigned bytes with bit
/// planes, see slb_conv2d_codes_tile, as slb_conv2d_u8_bits does one. input
/// [in_h][in_w][in_c]
static void slb_conv2d_u8_bits_tile(const slb_byte_multiplier *multiplier,
                                    const slb_conv2d *g,
                                    const slb_planes *weight_planes,
                                    const uint32_t *weights,
                                    const uint8_t *input, int32_t first,
                                    int32_t pixels, void *scratch,
                                    int32_t *acc) {
  const slb_byte_source source = {input, NULL, NULL, slb_fill_u8};
  slb_conv2d_codes_tile(multiplier, g, weight_planes, weights, &source, first,
                        pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_TILE_H
