//===- slb_gather_bytes.h - Input patch of plain elements -----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_GATHER_BYTES_H
#define SLB_GATHER_BYTES_H

#include "slb_conv2d.h"
#include "slb_input_pixel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Copies the input values that position (y, x), before pooling, of one group
/// depends on: patch [kernel_h][kernel_w][in_c / groups], bytes of
/// pad_value in the padding.
/// Input [in_h][in_w][in_c] and patch hold elements of `element_size` bytes.
static void slb_gather_bytes(const slb_conv2d *g, size_t element_size,
                             const void *input, int32_t y, int32_t x,
                             int32_t group, void *patch) {
  const size_t pixel_bytes = (size_t)g->in_c * element_size;
  const size_t tap_bytes = pixel_bytes / (size_t)g->groups;
  const uint8_t *source = (const uint8_t *)input + (size_t)group * tap_bytes;
  uint8_t *target = (uint8_t *)patch;
  // Taps side by side in the input are so in the patch.
  const bool joined = g->groups == 1 && g->dilation_w == 1;
  const int32_t end = g->in_w + g->pad_left - x * g->stride_w;
  const int32_t last = joined && end < g->kernel_w ? end : g->kernel_w;
  for (int32_t ky = 0; ky < g->kernel_h; ++ky) {
    for (int32_t kx = 0, taps; kx < g->kernel_w; kx += taps) {
      const int32_t pixel = slb_input_pixel(g, y, x, ky, kx);
      taps = joined && pixel >= 0 ? last - kx : 1;
      const size_t bytes = (size_t)taps * tap_bytes;
      if (pixel < 0) {
        (void)memset(target, g->pad_value, bytes);
      } else {
        (void)memcpy(target, source + (size_t)pixel * pixel_bytes, bytes);
      }
      target = &target[bytes];
    }
  }
}

#endif // SLB_GATHER_BYTES_H
