//===- slb_tile_bits.h - Input bit planes of a tile of outputs ------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_H
#define SLB_TILE_BITS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_gather_bits.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "slb_tile_sources.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Where a tile's inputs lie: word k of plane i of lane p is word
/// i * channel_words + first + k % tap_words of sources[k / tap_words][p]. The
/// mask plane, of odd integers, follows the others, or else (`zeros` is not
/// null) is one where the address is not `zeros`.
typedef struct slb_tile_bits {
  const void **sources;
  const void *zeros;
  int32_t first, tap_words, channel_words;
} slb_tile_bits;

/// Points `bits` at the inputs of one group of the tile's outputs. Where a tap
/// is not made of whole words, gathers them first, to
/// patch [lanes][planes and mask][ceil(R / 32)], and `sources` has one place a
/// lane.
static void slb_tile_group_bits(const slb_conv2d *g, const slb_planes *planes,
                                const slb_tile *tile, int32_t position,
                                const uint32_t *input, int32_t group,
                                uint32_t *patch, slb_tile_bits *bits) {
  const int32_t channels = g->in_c / g->groups;
  if (channels % 32 == 0) {
    const int32_t pixel_words = planes->count * (g->in_c / 32);
    bits->zeros = patch;
    bits->first = group * (channels / 32);
    bits->tap_words = channels / 32;
    bits->channel_words = g->in_c / 32;
    if (group == 0) {
      memset(patch, 0, sizeof(uint32_t) * (size_t)pixel_words);
      slb_tile_sources(g, tile, position, input, 4 * pixel_words, patch,
                       bits->sources);
    }
    return;
  }
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const int32_t patch_words =
      (planes->count + (planes->offset != 0 ? 1 : 0)) * words;
  bits->zeros = 0;
  bits->first = 0;
  bits->tap_words = words;
  bits->channel_words = words;
  int32_t oy = tile->oy;
  int32_t ox = tile->ox;
  for (int32_t p = 0; p < tile->lanes; ++p, patch += patch_words) {
    bits->sources[p] = patch;
    memset(patch, 0, sizeof(uint32_t) * (size_t)patch_words);
    if (p >= tile->pixels)
      continue;
    slb_gather_bits(g, planes, input, oy * g->pool_h + position / g->pool_w,
                    ox * g->pool_w + position % g->pool_w, group, patch);
    ox = ox + 1 == g->out_w ? 0 : ox + 1;
    oy += ox == 0 ? 1 : 0;
  }
}

#endif // SLB_TILE_BITS_H
