//===- slb_gather_bytes.h - Input patch of plain elements -----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_GATHER_BYTES_H
#define SLB_GATHER_BYTES_H

#include "slb_conv2d.h"
#include "slb_input_pixel.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Copies the input values that position (y, x), before pooling, of one group
/// depends on: patch [kernel_h][kernel_w][in_c / groups], zero in the padding.
/// Input [in_h][in_w][in_c] and patch hold elements of `element_size` bytes.
static void slb_gather_bytes(const slb_conv2d *g, size_t element_size,
                             const void *input, int32_t y, int32_t x,
                             int32_t group, void *patch) {
  const size_t pixel_bytes = (size_t)g->in_c * element_size;
  const size_t tap_bytes = pixel_bytes / (size_t)g->groups;
  const uint8_t *source = (const uint8_t *)input + (size_t)group * tap_bytes;
  uint8_t *target = (uint8_t *)patch;
  for (int32_t ky = 0; ky < g->kernel_h; ++ky) {
    for (int32_t kx = 0; kx < g->kernel_w; ++kx) {
      const int32_t pixel = slb_input_pixel(g, y, x, ky, kx);
      if (pixel < 0)
        memset(target, 0, tap_bytes);
      else
        memcpy(target, source + (size_t)pixel * pixel_bytes, tap_bytes);
      target += tap_bytes;
    }
  }
}

#endif // SLB_GATHER_BYTES_H
