//===- slb_tile_depthwise.h - Tile of a depthwise convolution of bytes ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_DEPTHWISE_H
#define SLB_TILE_DEPTHWISE_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_planes.h"
#include "slb_opaque.h"
#include "slb_tile_depthwise_parts.h"
#include "slb_tile_sources.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Outputs of a tile, in an accumulator each.
enum { SLB_LANES_DEPTHWISE = 8 };

/// Computes acc[8] = sum_tap weights[tap] * byte c of sources[tap][p].
static inline void slb_depthwise_channel(const void *const *sources, int32_t c,
                                         int32_t is_signed,
                                         const int8_t *weights, int32_t taps,
                                         int32_t *acc) {
  int32_t sum[SLB_LANES_DEPTHWISE] = {0, 0, 0, 0, 0, 0, 0, 0};
  for (const int8_t *end = weights + taps; weights != end; ++weights) {
    const int32_t w = *weights;
    for (int32_t p = 0; p < SLB_LANES_DEPTHWISE; ++p) {
      const uint8_t *x = (const uint8_t *)sources[p] + c;
      sum[p] += w * (is_signed ? *(const int8_t *)x : *x);
    }
    sources += SLB_LANES_DEPTHWISE;
  }
  for (int32_t p = 0; p < SLB_LANES_DEPTHWISE; ++p)
    acc[p] = sum[p];
}

/// Unpacks `taps` weights of `planes` planes of ceil(taps / 32) words.
static void slb_unpack_taps(const slb_planes *planes, const uint32_t *bits,
                            int32_t taps, int8_t *weights) {
  const int32_t words = (taps + 31) / 32;
  for (int32_t tap = 0; tap < taps; ++tap) {
    int32_t value = planes->offset;
    for (int32_t j = 0; j < planes->count; ++j)
      value += planes->coefficient[j] *
               (int32_t)((bits[j * words + tap / 32] >> (tap % 32)) & 1u);
    weights[tap] = (int8_t)value;
  }
}

/// Computes a tile of up to 8 outputs of a depthwise convolution of bytes,
/// in_c = groups (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of
///               sum_r w[o][r] * x_r of channel o * groups / out_c,
/// where w are bytes or, if `planes` is not null, bit planes that mean integers
/// of 8 bits.
/// input   [in_h][in_w][in_c]
/// weights [out_c][taps] bytes or [out_c][weight planes][ceil(taps / 32)] words
/// scratch slb_tile_depthwise_parts().bytes, aligned to a pointer
/// acc     [out_c][8]
SLB_NOINLINE static void
slb_tile_depthwise(const slb_conv2d *g, int32_t is_signed,
                   const slb_planes *planes, const void *weights,
                   const void *input, int32_t oy, int32_t ox, int32_t pixels,
                   void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_LANES_DEPTHWISE};
  const int32_t taps = g->kernel_h * g->kernel_w;
  const int32_t outputs = g->out_c / g->groups;
  const int32_t positions = g->pool_h * g->pool_w;
  const int32_t row = planes ? planes->count * ((taps + 31) / 32) : taps;
  const slb_tile_parts parts =
      slb_tile_depthwise_parts(g, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const void **sources = (const void **)scratch;
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint8_t *zeros = start + parts.patch;
  int8_t *unpacked = (int8_t *)zeros + g->in_c;
  memset(zeros, g->pad_value, (size_t)g->in_c);
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    slb_tile_sources(g, &tile, position, input, g->in_c, zeros, sources);
    for (int32_t o = 0; o < g->out_c; ++o, result += SLB_LANES_DEPTHWISE) {
      const int8_t *w = (const int8_t *)weights + o * row;
      if (planes) {
        slb_unpack_taps(planes, (const uint32_t *)weights + o * row, taps,
                        unpacked);
        w = unpacked;
      }
      slb_depthwise_channel((const void *const *)sources, o / outputs,
                            is_signed, w, taps, result);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_LANES_DEPTHWISE);
  }
}

#endif // SLB_TILE_DEPTHWISE_H
