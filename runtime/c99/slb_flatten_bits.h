//===- slb_flatten_bits.h - Flatten an image of bit planes to a vector ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_FLATTEN_BITS_H
#define SLB_FLATTEN_BITS_H

#include "slb_or_bits.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Copies x [pixels][planes][ceil(channels / 32)] to
/// y [planes][ceil(pixels * channels / 32)], channel i * channels + c of y
/// being channel c of pixel i.
static void slb_flatten_bits(const uint32_t *x, int32_t pixels, int32_t planes,
                             int32_t channels, uint32_t *y) {
  const int32_t x_words = (channels + 31) / 32;
  const int32_t y_words = (pixels * channels + 31) / 32;
  (void)memset(y, 0, sizeof(uint32_t) * (size_t)planes * (size_t)y_words);
  for (int32_t i = 0; i < pixels; ++i) {
    for (int32_t j = 0; j < planes; ++j) {
      slb_or_bits(x + (i * planes + j) * x_words, 0, y + j * y_words,
                  i * channels, channels);
    }
  }
}

#endif // SLB_FLATTEN_BITS_H
