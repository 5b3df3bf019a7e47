//===- slb_max_pool_bits.h - Max pooling of bit planes --------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_MAX_POOL_BITS_H
#define SLB_MAX_POOL_BITS_H

#include "slb_pool2d.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Replaces the codes y by max(x, y), 32 channels at a time. x and y point at
/// the same word of plane 0; a plane has `words` words. From the highest bit
/// down, the first bit in which two codes differ decides.
static void slb_max_codes(const uint32_t *x, int32_t planes, int32_t words,
                          uint32_t *y) {
  uint32_t x_greater = 0;
  uint32_t undecided = 0xffffffffu;
  for (int32_t j = planes - 1; j >= 0; --j) {
    const uint32_t differ = x[j * words] ^ y[j * words];
    x_greater |= undecided & differ & x[j * words];
    undecided &= ~differ;
  }
  for (int32_t j = 0; j < planes; ++j) {
    y[j * words] = (x[j * words] & x_greater) | (y[j * words] & ~x_greater);
  }
}

/// Computes one pixel of a max pooling of codes:
///   y[c] = max over the window of input[.][.][c].
/// input [in_h][in_w][planes][ceil(channels / 32)],
/// y     [planes][ceil(channels / 32)].
static void slb_max_pool_bits(const slb_pool2d *g, int32_t planes,
                              const uint32_t *input, int32_t oy, int32_t ox,
                              uint32_t *y) {
  const slb_window window = slb_pool_window(g, oy, ox);
  const int32_t words = (g->channels + 31) / 32;
  (void)memset(y, 0, sizeof(uint32_t) * (size_t)planes * (size_t)words);
  for (int32_t iy = window.y0; iy < window.y1; ++iy) {
    for (int32_t ix = window.x0; ix < window.x1; ++ix) {
      const uint32_t *x = input + (iy * g->in_w + ix) * planes * words;
      for (int32_t k = 0; k < words; ++k) {
        slb_max_codes(x + k, planes, words, y + k);
      }
    }
  }
}

#endif // SLB_MAX_POOL_BITS_H
