//===- slb_tile_sources.h - Input pixels that a tile of outputs meets -----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_SOURCES_H
#define SLB_TILE_SOURCES_H

#include "../c99/slb_conv2d.h"

#include <stddef.h>
#include <stdint.h>

/// A tile is a run of `pixels` outputs in raster order from (oy, ox), which may
/// go on in the next rows. Kernels compute `lanes` outputs at a time, the ones
/// after the last are not used.
typedef struct slb_tile {
  int32_t oy, ox, pixels, lanes;
} slb_tile;

/// Fills sources[kernel_h * kernel_w][tile->lanes] with the addresses of the
/// input pixels that each tap meets at one position of each output's pooling
/// window: `zeros` in the padding and in the lanes after the last pixel.
static void slb_tile_sources(const slb_conv2d *g, const slb_tile *tile,
                             int32_t position, const void *input,
                             int32_t pixel_bytes, const void *zeros,
                             const void **sources) {
  const int32_t taps = g->kernel_h * g->kernel_w;
  const uint8_t *origin = (const uint8_t *)input;
  int32_t oy = tile->oy;
  int32_t ox = tile->ox;
  for (int32_t p = 0; p < tile->lanes; ++p) {
    const int32_t y = oy * g->pool_h + position / g->pool_w;
    const int32_t x = ox * g->pool_w + position % g->pool_w;
    const void **source = sources + p;
    if (p >= tile->pixels) {
      for (int32_t tap = 0; tap < taps; ++tap, source += tile->lanes)
        *source = zeros;
      continue;
    }
    for (int32_t ky = 0; ky < g->kernel_h; ++ky) {
      const int32_t iy = y * g->stride_h - g->pad_top + ky * g->dilation_h;
      int32_t ix = x * g->stride_w - g->pad_left;
      int32_t offset = (iy * g->in_w + ix) * pixel_bytes;
      for (int32_t kx = 0; kx < g->kernel_w; ++kx, source += tile->lanes) {
        const int inside = (uint32_t)iy < (uint32_t)g->in_h &&
                           (uint32_t)ix < (uint32_t)g->in_w;
        *source = inside ? origin + offset : (const uint8_t *)zeros;
        ix += g->dilation_w;
        offset += g->dilation_w * pixel_bytes;
      }
    }
    if (++ox == g->out_w) {
      ox = 0;
      ++oy;
    }
  }
}

/// Raises acc[i] to values[i], i < n.
static void slb_tile_max(int32_t *acc, const int32_t *values, int32_t n) {
  for (int32_t i = 0; i < n; ++i)
    if (values[i] > acc[i])
      acc[i] = values[i];
}

#endif // SLB_TILE_SOURCES_H
