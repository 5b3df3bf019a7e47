//===- slb_lookup_f32.h - Bit planes by floats, by table lookup -----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_LOOKUP_F32_H
#define SLB_LOOKUP_F32_H

#include "slb_planes.h"

#include <stdint.h>

/// Fills table[m] with +-a +-b +-c +-d, plus for those whose bit is set in m;
/// a's bit is the lowest.
static void slb_signed_sums_f32(float a, float b, float c, float d,
                                float *table) {
  const float sum = c + d;
  const float difference = c - d;
  table[0] = -a - b;
  table[1] = a - b;
  table[2] = b - a;
  table[3] = a + b;
  for (int32_t m = 0; m < 4; ++m) {
    const float low = table[m];
    table[m] = low - sum;
    table[4 + m] = low + difference;
    table[8 + m] = low - difference;
    table[12 + m] = low + sum;
  }
}

/// Returns the sum of 32 values, each one whose bit is not set in w negated.
/// tables[8][16] holds the signed sums of each four of them.
static float slb_lookup_f32(const float *tables, uint32_t w) {
  const float low = tables[w & 15u] + tables[16u + ((w >> 4) & 15u)] +
                    tables[32u + ((w >> 8) & 15u)] +
                    tables[48u + ((w >> 12) & 15u)];
  const float high = tables[64u + ((w >> 16) & 15u)] +
                     tables[80u + ((w >> 20) & 15u)] +
                     tables[96u + ((w >> 24) & 15u)] + tables[112u + (w >> 28)];
  return low + high;
}

/// Adds to sums[o], for each output o, the part of 32 values x_r:
///   sum_r sum_j B_j / 2 * s_j[o][r] * x_r,  s_j = +1 where w_j is set, else
///   -1.
/// `weights` points at the word of these values in the row of output 0, plane
/// 0; a row of a plane has `words` words. tables[8][16] holds the values'
/// signed sums.
static void slb_accumulate_f32(const slb_planes *planes,
                               const uint32_t *weights, int32_t words,
                               const float *tables, int32_t outputs,
                               float *sums) {
  const int32_t row_words = planes->count * words;
  for (int32_t j = 0; j < planes->count; ++j) {
    const float coefficient = 0.5f * (float)planes->coefficient[j];
    const uint32_t *w = weights + j * words;
    for (int32_t o = 0; o < outputs; ++o, w += row_words) {
      sums[o] += coefficient * slb_lookup_f32(tables, *w);
    }
  }
}

#endif // SLB_LOOKUP_F32_H
