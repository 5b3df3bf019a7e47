//===- slb_tile_threshold_bits.h - A tile to codes by thresholds ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_THRESHOLD_BITS_H
#define SLB_TILE_THRESHOLD_BITS_H

#include "slb_opaque.h"

#include <stdint.h>

/// Returns the number of l < 2^planes - 1 with value >= thresholds[l], which
/// ascend: a binary search.
static inline uint32_t slb_threshold_code(int32_t value, int32_t planes,
                                          const int32_t *thresholds) {
  uint32_t code = 0;
  for (int32_t j = planes - 1; j >= 0; --j) {
    const uint32_t step = 1u << j;
    if (value >= thresholds[code + step - 1])
      code += step;
  }
  return code;
}

/// Writes the codes of a tile's pixels as bit planes:
///   code[c] = number of l < 2^planes - 1 with sign[c] * acc[c] >=
///   thresholds[c][l]
/// acc [n][lanes]; thresholds [n][2^planes - 1], ascending; signs [n] of +1 and
/// -1, or null if all are +1; y [pixels][planes][ceil(n / 32)], planes <= 4;
/// |acc| < 2^31.
__attribute__((always_inline)) static inline void
slb_tile_threshold_planes(const int32_t *acc, int32_t lanes, int32_t n,
                          const int32_t *thresholds, const int8_t *signs,
                          int32_t planes, int32_t pixels, uint32_t *y) {
  const int32_t words = (n + 31) / 32;
  const int32_t levels = (1 << planes) - 1;
  for (int32_t p = 0; p < pixels; ++p, y += planes * words) {
    const int32_t *value = acc + p;
    const int32_t *row = thresholds;
    for (int32_t word = 0; word < words; ++word) {
      const int32_t count = n - 32 * word < 32 ? n - 32 * word : 32;
      uint32_t bits[4] = {0, 0, 0, 0};
      for (int32_t c = 0; c < count; ++c, value += lanes, row += levels) {
        const int32_t v = signs && signs[32 * word + c] < 0 ? -*value : *value;
        const uint32_t code = slb_threshold_code(v, planes, row);
        for (int32_t j = 0; j < planes; ++j)
          bits[j] = (bits[j] >> 1) | (((code >> j) & 1u) << 31);
      }
      for (int32_t j = 0; j < planes; ++j)
        y[j * words + word] = bits[j] >> (32 - count);
    }
  }
}

/// slb_tile_threshold_planes with constants where they make the difference.
SLB_NOINLINE static void
slb_tile_threshold_bits(const int32_t *acc, int32_t lanes, int32_t n,
                        const int32_t *thresholds, const int8_t *signs,
                        int32_t planes, int32_t pixels, uint32_t *y) {
  if (planes == 1)
    slb_tile_threshold_planes(acc, lanes, n, thresholds, signs, 1, pixels, y);
  else if (planes == 2)
    slb_tile_threshold_planes(acc, lanes, n, thresholds, signs, 2, pixels, y);
  else
    slb_tile_threshold_planes(acc, lanes, n, thresholds, signs, planes, pixels,
                              y);
}

#endif // SLB_TILE_THRESHOLD_BITS_H
