//===- slb_max_pool_s32.h - Max pooling of 32-bit integers ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_MAX_POOL_S32_H
#define SLB_MAX_POOL_S32_H

#include "slb_pool2d.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Computes one pixel of a max pooling:
///   y[c] = max over the window of input[.][.][c].
/// input [in_h][in_w][channels], y [channels].
static void slb_max_pool_s32(const slb_pool2d *g, const int32_t *input,
                             int32_t oy, int32_t ox, int32_t *y) {
  const slb_window window = slb_pool_window(g, oy, ox);
  (void)memcpy(y, input + (window.y0 * g->in_w + window.x0) * g->channels,
               sizeof(int32_t) * (size_t)g->channels);
  for (int32_t iy = window.y0; iy < window.y1; ++iy) {
    for (int32_t ix = window.x0; ix < window.x1; ++ix) {
      const int32_t *x = input + (iy * g->in_w + ix) * g->channels;
      for (int32_t c = 0; c < g->channels; ++c) {
        y[c] = x[c] > y[c] ? x[c] : y[c];
      }
    }
  }
}

#endif // SLB_MAX_POOL_S32_H
