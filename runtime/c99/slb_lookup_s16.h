//===- slb_lookup_s16.h - Bit planes by 8-bit values, by table lookup -----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_LOOKUP_S16_H
#define SLB_LOOKUP_S16_H

#include "slb_planes.h"

#include <stdint.h>

/// Fills table[m] with the sum of those of a, b, c, d whose bit is set in m;
/// a's bit is the lowest. The values have 8 bits, so that the sums fit.
static void slb_subset_sums_s16(int32_t a, int32_t b, int32_t c, int32_t d,
                                int16_t *table) {
  table[0] = 0;
  table[1] = (int16_t)a;
  table[2] = (int16_t)b;
  table[3] = (int16_t)(a + b);
  for (int32_t m = 0; m < 4; ++m) {
    const int32_t sum = table[m];
    table[4 + m] = (int16_t)(sum + c);
    table[8 + m] = (int16_t)(sum + d);
    table[12 + m] = (int16_t)(sum + c + d);
  }
}

/// Returns the sum of those of 32 values whose bit is set in w. tables[8][16]
/// holds the subset sums of each four of them.
static int32_t slb_lookup_s16(const int16_t *tables, uint32_t w) {
  return tables[w & 15u] + tables[16u + ((w >> 4) & 15u)] +
         tables[32u + ((w >> 8) & 15u)] + tables[48u + ((w >> 12) & 15u)] +
         tables[64u + ((w >> 16) & 15u)] + tables[80u + ((w >> 20) & 15u)] +
         tables[96u + ((w >> 24) & 15u)] + tables[112u + (w >> 28)];
}

/// Adds to sums[o], for each output o, the part of 32 values x_r:
///   sum_r sum_j B_j * w_j[o][r] * x_r.
/// `weights` points at the word of these values in the row of output 0, plane
/// 0; a row of a plane has `words` words. tables[8][16] holds the values'
/// subset sums.
static void slb_accumulate_s16(const slb_planes *planes,
                               const uint32_t *weights, int32_t words,
                               const int16_t *tables, int32_t outputs,
                               int32_t *sums) {
  const int32_t row_words = planes->count * words;
  for (int32_t j = 0; j < planes->count; ++j) {
    const int32_t coefficient = planes->coefficient[j];
    const uint32_t *w = weights + j * words;
    for (int32_t o = 0; o < outputs; ++o, w += row_words) {
      sums[o] += coefficient * slb_lookup_s16(tables, *w);
    }
  }
}

#endif // SLB_LOOKUP_S16_H
