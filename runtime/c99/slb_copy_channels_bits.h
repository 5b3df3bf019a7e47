//===- slb_copy_channels_bits.h - Concatenate channels of bit planes ------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_COPY_CHANNELS_BITS_H
#define SLB_COPY_CHANNELS_BITS_H

#include "slb_or_bits.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Copies x [pixels][planes][ceil(x_channels / 32)] to the channels from
/// `first` on of y [pixels][planes][ceil(y_channels / 32)]. The copy to channel
/// 0 must be the first one: it clears the others.
static void slb_copy_channels_bits(const uint32_t *x, int32_t pixels,
                                   int32_t planes, int32_t x_channels,
                                   uint32_t *y, int32_t y_channels,
                                   int32_t first) {
  const int32_t x_words = (x_channels + 31) / 32;
  const int32_t y_words = (y_channels + 31) / 32;
  const int32_t rows = pixels * planes;
  if (first == 0) {
    (void)memset(y, 0, sizeof(uint32_t) * (size_t)rows * (size_t)y_words);
  }
  for (int32_t i = 0; i < rows; ++i) {
    slb_or_bits(x + i * x_words, 0, y + i * y_words, first, x_channels);
  }
}

#endif // SLB_COPY_CHANNELS_BITS_H
