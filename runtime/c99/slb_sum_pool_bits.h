//===- slb_sum_pool_bits.h - Sum pooling of bit planes --------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_SUM_POOL_BITS_H
#define SLB_SUM_POOL_BITS_H

#include "slb_get_code.h"
#include "slb_pool2d.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Computes one pixel of a sum pooling of codes q:
///   acc[c] = sum over the window of (lo + step * q).
/// input [in_h][in_w][planes][ceil(channels / 32)], acc [channels].
static void slb_sum_pool_bits(const slb_pool2d *g, int32_t planes, int32_t lo,
                              int32_t step, const uint32_t *input, int32_t oy,
                              int32_t ox, int32_t *acc) {
  const slb_window window = slb_pool_window(g, oy, ox);
  const int32_t words = (g->channels + 31) / 32;
  (void)memset(acc, 0, sizeof(int32_t) * (size_t)g->channels);
  for (int32_t iy = window.y0; iy < window.y1; ++iy) {
    for (int32_t ix = window.x0; ix < window.x1; ++ix) {
      const uint32_t *x = input + (iy * g->in_w + ix) * planes * words;
      for (int32_t c = 0; c < g->channels; ++c) {
        acc[c] += lo + step * slb_get_code(x, planes, words, c);
      }
    }
  }
}

#endif // SLB_SUM_POOL_BITS_H
