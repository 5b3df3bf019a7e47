//===- slb_conv2d_u8_bits.h - Convolution, unsigned bytes by bit planes ---===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_H
#define SLB_CONV2D_U8_BITS_H

#include "slb_conv2d.h"
#include "slb_gather_bytes.h"
#include "slb_lookup_s16.h"
#include "slb_patch_length.h"
#include "slb_planes.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Fills tables[8][16] with the subset sums of each four of the first `count`
/// of 32 values x, and returns the sum of all. Up to three values after the
/// last one are read, and are 0. Of a table without a value only the empty
/// set's sum is written: the weight bits that would select another one are 0.
static int32_t slb_tables_u8(const uint8_t *x, int32_t count, int16_t *tables) {
  int32_t sum = 0;
  for (int32_t i = 0; i < 32; i += 4) {
    if (i < count) {
      slb_subset_sums_s16(x[i], x[i + 1], x[i + 2], x[i + 3], tables);
      sum += tables[15];
    } else {
      tables[0] = 0;
    }
    tables = &tables[16];
  }
  return sum;
}

/// Computes, for the outputs o of one group,
///   sums[o] = sum_r (B0 + sum_j B_j * w_j[o][r]) * values[r], 0 <= r < length.
/// From `length` to 32 * ceil(length / 32) the values are 0. The tables of 32
/// values serve all outputs before the next 32 values are read.
static void slb_dot_u8_bits(const slb_planes *planes, const uint32_t *weights,
                            const uint8_t *values, int32_t length,
                            int16_t *tables, int32_t outputs, int32_t *sums) {
  const int32_t words = (length + 31) / 32;
  int32_t total = 0;
  for (int32_t o = 0; o < outputs; ++o) {
    sums[o] = 0;
  }
  for (int32_t k = 0; k < words; ++k) {
    total += slb_tables_u8(values + 32 * k, length - 32 * k, tables);
    slb_accumulate_s16(planes, weights + k, words, tables, outputs, sums);
  }
  for (int32_t o = 0; o < outputs; ++o) {
    sums[o] += planes->offset * total;
  }
}

/// Computes one pixel of a convolution of unsigned bytes with bit planes:
///   acc[o] = max over the pool window of
///            sum_r (B0 + sum_j B_j * w_j[o][r]) * x_r
/// input   [in_h][in_w][in_c]
/// weights [out_c][weight planes][ceil(R / 32)]
/// patch   scratch of 32 * ceil(R / 32) + 256 + 4 * (out_c / groups) bytes,
///         aligned to 4: the values, tables[8][16], a sum for each output
/// acc     [out_c]
static void slb_conv2d_u8_bits(const slb_conv2d *g,
                               const slb_planes *weight_planes,
                               const uint32_t *weights, const uint8_t *input,
                               int32_t oy, int32_t ox, void *patch,
                               int32_t *acc) {
  const int32_t length = slb_patch_length(g);
  const int32_t words = (length + 31) / 32;
  const int32_t outputs = g->out_c / g->groups;
  const int32_t group_words = outputs * weight_planes->count * words;
  uint8_t *values = (uint8_t *)patch;
  int16_t *tables = (int16_t *)(void *)(values + 32 * words);
  int32_t *sums = (int32_t *)(void *)(tables + 8 * 16);
  (void)memset(values, 0, 32u * (size_t)words);
  for (int32_t position = 0; position < g->pool_h * g->pool_w; ++position) {
    const int32_t y = oy * g->pool_h + position / g->pool_w;
    const int32_t x = ox * g->pool_w + position % g->pool_w;
    for (int32_t group = 0; group < g->groups; ++group) {
      int32_t *result = acc + group * outputs;
      slb_gather_bytes(g, 1, input, y, x, group, values);
      slb_dot_u8_bits(weight_planes, weights + group * group_words, values,
                      length, tables, outputs, sums);
      for (int32_t o = 0; o < outputs; ++o) {
        if (position == 0 || sums[o] > result[o]) {
          result[o] = sums[o];
        }
      }
    }
  }
}

#endif // SLB_CONV2D_U8_BITS_H
