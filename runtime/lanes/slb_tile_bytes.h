//===- slb_tile_bytes.h - Input bytes of a tile of outputs ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_H
#define SLB_TILE_BYTES_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_gather_bytes.h"
#include "../c99/slb_patch_length.h"
#include "slb_sign_bits.h"
#include "slb_tile_sources.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Where a tile's inputs lie: input r of lane p is byte first + r % channels of
/// sources[r / channels][p].
typedef struct slb_tile_bytes {
  const void **sources;
  int32_t first, channels, length;
  uint32_t sign; ///< See slb_sign_bits.
} slb_tile_bytes;

/// Points `bytes` at the inputs of one group of the tile's outputs. Where a tap
/// is not made of whole groups of `unit` bytes, gathers them first, to
/// patch [lanes][R rounded up to unit], and `sources` has one place a lane.
static void slb_tile_group_bytes(const slb_conv2d *g, const slb_tile *tile,
                                 int32_t unit, int32_t position,
                                 const void *input, int32_t group,
                                 uint8_t *patch, slb_tile_bytes *bytes) {
  const int32_t channels = g->in_c / g->groups;
  bytes->length = slb_patch_length(g);
  if (channels % unit == 0) {
    bytes->first = group * channels;
    bytes->channels = channels;
    if (group == 0) {
      memset(patch, g->pad_value, (size_t)g->in_c);
      slb_tile_sources(g, tile, position, input, g->in_c, patch,
                       bytes->sources);
    }
    return;
  }
  bytes->first = 0;
  bytes->channels = (bytes->length + unit - 1) / unit * unit;
  int32_t oy = tile->oy;
  int32_t ox = tile->ox;
  for (int32_t p = 0; p < tile->lanes; ++p, patch += bytes->channels) {
    bytes->sources[p] = patch;
    const int32_t used = p < tile->pixels ? bytes->length : 0;
    memset(patch + used, 0, (size_t)(bytes->channels - used));
    if (used == 0)
      continue;
    slb_gather_bytes(g, 1, input, oy * g->pool_h + position / g->pool_w,
                     ox * g->pool_w + position % g->pool_w, group, patch);
    ox = ox + 1 == g->out_w ? 0 : ox + 1;
    oy += ox == 0 ? 1 : 0;
  }
}

#endif // SLB_TILE_BYTES_H
