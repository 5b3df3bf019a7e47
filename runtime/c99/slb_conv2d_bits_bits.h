//===- slb_conv2d_bits_bits.h - Convolution, bit planes by bit planes -----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_H
#define SLB_CONV2D_BITS_BITS_H

#include "slb_conv2d.h"
#include "slb_gather_bits.h"
#include "slb_patch_length.h"
#include "slb_planes.h"
#include "slb_popcount.h"

#include <stdint.h>

/// Returns sum_i A_i * popcount(p_i & w) + A0 * popcount(m & w), the sum of the
/// patch's values where `w` has a one. The patch's planes p_i, then its mask m
/// if A0 is not 0, and w have `words` words each.
static int32_t slb_masked_sum(const slb_planes *planes, const uint32_t *patch,
                              const uint32_t *w, int32_t words) {
  int32_t sum = 0;
  for (int32_t i = 0; i < planes->count; ++i) {
    sum +=
        planes->coefficient[i] * slb_popcount_and(patch + i * words, w, words);
  }
  if (planes->offset != 0) {
    sum += planes->offset *
           slb_popcount_and(patch + planes->count * words, w, words);
  }
  return sum;
}

/// Returns sum_i A_i * popcount(p_i) + A0 * popcount(m), the sum of the patch's
/// values.
static int32_t slb_patch_sum(const slb_planes *planes, const uint32_t *patch,
                             int32_t words) {
  int32_t sum = 0;
  for (int32_t i = 0; i < planes->count; ++i) {
    const uint32_t *plane = patch + i * words;
    sum += planes->coefficient[i] * slb_popcount_and(plane, plane, words);
  }
  if (planes->offset != 0) {
    const uint32_t *mask = patch + planes->count * words;
    sum += planes->offset * slb_popcount_and(mask, mask, words);
  }
  return sum;
}

/// Computes one pixel of a convolution of bit planes with bit planes:
///   acc[o] = max over the pool window of
///            sum_r (B0 + sum_j B_j * w_j[o][r]) * a_r
///   a_r    = A0 + sum_i A_i * p_i[r], or 0 in the padding.
/// input   [in_h][in_w][activation planes][ceil(in_c / 32)]
/// weights [out_c][weight planes][ceil(R / 32)]
/// patch   scratch of 4 * ceil(R / 32) * (activation planes + (A0 != 0)) bytes,
///         aligned to 4
/// acc     [out_c]
static void slb_conv2d_bits_bits(const slb_conv2d *g,
                                 const slb_planes *activation_planes,
                                 const slb_planes *weight_planes,
                                 const uint32_t *weights, const uint32_t *input,
                                 int32_t oy, int32_t ox, void *patch,
                                 int32_t *acc) {
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const int32_t outputs = g->out_c / g->groups;
  uint32_t *bits = (uint32_t *)patch;
  for (int32_t position = 0; position < g->pool_h * g->pool_w; ++position) {
    const int32_t y = oy * g->pool_h + position / g->pool_w;
    const int32_t x = ox * g->pool_w + position % g->pool_w;
    const uint32_t *row = weights;
    int32_t o = 0;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_gather_bits(g, activation_planes, input, y, x, group, bits);
      const int32_t base =
          weight_planes->offset * slb_patch_sum(activation_planes, bits, words);
      for (int32_t i = 0; i < outputs; ++i) {
        int32_t sum = base;
        for (int32_t j = 0; j < weight_planes->count; ++j) {
          sum += weight_planes->coefficient[j] *
                 slb_masked_sum(activation_planes, bits, row, words);
          row = &row[words];
        }
        acc[o] = position > 0 && acc[o] > sum ? acc[o] : sum;
        ++o;
      }
    }
  }
}

#endif // SLB_CONV2D_BITS_BITS_H
