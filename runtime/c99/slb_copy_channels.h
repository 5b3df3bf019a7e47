//===- slb_copy_channels.h - Concatenate channels of plain elements -------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_COPY_CHANNELS_H
#define SLB_COPY_CHANNELS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Copies x [pixels][x_channels] to channels [first, first + x_channels) of
/// y [pixels][y_channels]. Elements have `element_size` bytes.
static void slb_copy_channels(size_t element_size, const void *x,
                              int32_t pixels, int32_t x_channels, void *y,
                              int32_t y_channels, int32_t first) {
  const size_t x_bytes = (size_t)x_channels * element_size;
  const size_t y_bytes = (size_t)y_channels * element_size;
  const uint8_t *source = (const uint8_t *)x;
  uint8_t *target = (uint8_t *)y + (size_t)first * element_size;
  for (int32_t i = 0; i < pixels; ++i) {
    (void)memcpy(target, source, x_bytes);
    source = &source[x_bytes];
    target = &target[y_bytes];
  }
}

#endif // SLB_COPY_CHANNELS_H
