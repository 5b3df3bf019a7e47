//===- slb_pool2d.h - Geometry of a pooling -------------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_POOL2D_H
#define SLB_POOL2D_H

#include <stdint.h>

/// A pooling of [in_h][in_w][channels]. Windows reach into the padding, but
/// take only what is inside the image; at least one pixel of each window is.
typedef struct slb_pool2d {
  int32_t in_h, in_w, channels;
  int32_t kernel_h, kernel_w;
  int32_t stride_h, stride_w;
  int32_t pad_top, pad_left;
} slb_pool2d;

/// The pixels (y, x), y0 <= y < y1, x0 <= x < x1, of a window.
typedef struct slb_window {
  int32_t y0, y1, x0, x1;
} slb_window;

/// Returns the part of the window of output pixel (oy, ox) inside the image.
static slb_window slb_pool_window(const slb_pool2d *g, int32_t oy, int32_t ox) {
  const int32_t y = oy * g->stride_h - g->pad_top;
  const int32_t x = ox * g->stride_w - g->pad_left;
  slb_window window;
  window.y0 = y > 0 ? y : 0;
  window.x0 = x > 0 ? x : 0;
  window.y1 = y + g->kernel_h < g->in_h ? y + g->kernel_h : g->in_h;
  window.x1 = x + g->kernel_w < g->in_w ? x + g->kernel_w : g->in_w;
  return window;
}

#endif // SLB_POOL2D_H
