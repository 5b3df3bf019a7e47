//===- slb_gather_tile_bits.h - Patches of bit planes for vector kernels --===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_GATHER_TILE_BITS_H
#define SLB_GATHER_TILE_BITS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_input_pixel.h"
#include "../c99/slb_or_bits.h"
#include "../c99/slb_planes.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Returns how many of the kernel_w taps that the filter's row ky meets at
/// position (y, x) are inside the image, and sets *first to the first of them.
static int32_t slb_inside_taps(const slb_conv2d *g, int32_t y, int32_t x,
                               int32_t ky, int32_t *first) {
  const int32_t iy = y * g->stride_h - g->pad_top + ky * g->dilation_h;
  const int32_t ix = x * g->stride_w - g->pad_left;
  const int32_t step = g->dilation_w;
  int32_t begin = 0;
  int32_t end = g->kernel_w;
  *first = 0;
  if (iy < 0 || iy >= g->in_h)
    return 0;
  while (begin < end && ix + begin * step < 0)
    ++begin;
  while (end > begin && ix + (end - 1) * step >= g->in_w)
    --end;
  *first = begin;
  return end - begin;
}

/// Copies `taps` neighbouring taps of one filter row, `channels` bits each and
/// a multiple of 32, of plane i: word by word instead of bit by bit. `source`
/// is the first tap's word of plane 0.
static void slb_copy_taps(const slb_conv2d *g, const slb_planes *planes,
                          const uint32_t *source, int32_t i, int32_t taps,
                          uint32_t *target) {
  const int32_t pixel_words = planes->count * ((g->in_c + 31) / 32);
  const int32_t tap_words = g->in_c / g->groups / 32;
  const int32_t step = g->dilation_w * pixel_words;
  source += i * ((g->in_c + 31) / 32);
  if (step == tap_words) {
    memcpy(target, source, sizeof(uint32_t) * (size_t)(taps * tap_words));
    return;
  }
  for (int32_t tap = 0; tap < taps; ++tap)
    for (int32_t k = 0; k < tap_words; ++k)
      target[tap * tap_words + k] = source[tap * step + k];
}

/// Copies the input bits that position (y, x), before pooling, of one group
/// depends on: patch [planes][plane_words], bit (ky * kernel_w + kx) * (in_c /
/// groups) + c of each plane, zero in the padding and after bit R. plane_words
/// is at least ceil(R / 32). If planes->offset is not 0, one more plane tells
/// what is not padding.
/// Input [in_h][in_w][planes->count][ceil(in_c / 32)].
/// Returns 1 if no tap is in the padding, else 0.
static int32_t slb_gather_tile_bits(const slb_conv2d *g,
                                    const slb_planes *planes,
                                    const uint32_t *input, int32_t y, int32_t x,
                                    int32_t group, int32_t plane_words,
                                    uint32_t *patch) {
  const uint32_t ones = 0xffffffffu;
  const int32_t channels = g->in_c / g->groups;
  const int32_t pixel_words = planes->count * ((g->in_c + 31) / 32);
  const int32_t mask = planes->offset != 0 ? 1 : 0;
  int32_t inside = 0;
  memset(patch, 0,
         sizeof(uint32_t) * (size_t)((planes->count + mask) * plane_words));
  for (int32_t ky = 0; ky < g->kernel_h; ++ky) {
    int32_t first;
    const int32_t taps = slb_inside_taps(g, y, x, ky, &first);
    const int32_t bit = (ky * g->kernel_w + first) * channels;
    inside += taps;
    if (taps == 0)
      continue;
    const uint32_t *source =
        input + slb_input_pixel(g, y, x, ky, first) * pixel_words;
    for (int32_t i = 0; i < planes->count; ++i) {
      uint32_t *target = patch + i * plane_words;
      if (channels % 32 == 0) {
        slb_copy_taps(g, planes, source + group * (channels / 32), i, taps,
                      target + bit / 32);
        continue;
      }
      for (int32_t tap = 0; tap < taps; ++tap)
        slb_or_bits(source + tap * g->dilation_w * pixel_words +
                        i * ((g->in_c + 31) / 32),
                    group * channels, target, bit + tap * channels, channels);
    }
    if (mask)
      for (int32_t done = 0; done < taps * channels; done += 32)
        slb_or_bits(&ones, 0, patch + planes->count * plane_words, bit + done,
                    taps * channels - done < 32 ? taps * channels - done : 32);
  }
  return inside == g->kernel_h * g->kernel_w;
}

#endif // SLB_GATHER_TILE_BITS_H
