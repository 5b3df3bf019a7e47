//===- slb_average_pool_f32.h - Average pooling of floats -----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_AVERAGE_POOL_F32_H
#define SLB_AVERAGE_POOL_F32_H

#include "slb_pool2d.h"

#include <stdint.h>

/// Computes one pixel of an average pooling:
///   y[c] = mean of input[.][.][c] over the window's pixels inside the image.
/// input [in_h][in_w][channels], y [channels].
static void slb_average_pool_f32(const slb_pool2d *g, const float *input,
                                 int32_t oy, int32_t ox, float *y) {
  const slb_window window = slb_pool_window(g, oy, ox);
  const int32_t pixels = (window.y1 - window.y0) * (window.x1 - window.x0);
  for (int32_t c = 0; c < g->channels; ++c) {
    y[c] = 0.0f;
  }
  for (int32_t iy = window.y0; iy < window.y1; ++iy) {
    for (int32_t ix = window.x0; ix < window.x1; ++ix) {
      const float *x = input + (iy * g->in_w + ix) * g->channels;
      for (int32_t c = 0; c < g->channels; ++c) {
        y[c] += x[c];
      }
    }
  }
  for (int32_t c = 0; c < g->channels; ++c) {
    y[c] /= (float)pixels;
  }
}

#endif // SLB_AVERAGE_POOL_F32_H
