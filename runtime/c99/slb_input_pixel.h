//===- slb_input_pixel.h - Input pixel of a tap of a filter --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_INPUT_PIXEL_H
#define SLB_INPUT_PIXEL_H

#include "slb_conv2d.h"

#include <stdint.h>

/// Returns the input pixel, iy * in_w + ix, that the filter's tap (ky, kx)
/// meets when the filter computes position (y, x) before pooling; -1 in the
/// padding.
static int32_t slb_input_pixel(const slb_conv2d *g, int32_t y, int32_t x,
                               int32_t ky, int32_t kx) {
  const int32_t iy = y * g->stride_h - g->pad_top + ky * g->dilation_h;
  const int32_t ix = x * g->stride_w - g->pad_left + kx * g->dilation_w;
  if (iy < 0 || iy >= g->in_h || ix < 0 || ix >= g->in_w) {
    return -1;
  }
  return iy * g->in_w + ix;
}

#endif // SLB_INPUT_PIXEL_H
