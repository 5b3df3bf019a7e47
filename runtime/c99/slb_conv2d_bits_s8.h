//===- slb_conv2d_bits_s8.h - Convolution, bit planes by signed bytes -----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_S8_H
#define SLB_CONV2D_BITS_S8_H

#include "slb_conv2d.h"
#include "slb_dot_s8_s8.h"
#include "slb_input_pixel.h"
#include "slb_patch_length.h"
#include "slb_planes.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Unpacks channels [first, first + n) of one pixel [planes][words] to
/// values[c] = A0 + sum_i A_i * p_i[c].
static void slb_unpack_values(const slb_planes *planes, const uint32_t *pixel,
                              int32_t words, int32_t first, int32_t n,
                              int8_t *values) {
  for (int32_t c = 0; c < n; ++c) {
    const int32_t bit = first + c;
    int32_t value = planes->offset;
    for (int32_t i = 0; i < planes->count; ++i) {
      const uint32_t word = pixel[i * words + bit / 32];
      const uint32_t is_set = (word >> ((uint32_t)bit % 32u)) & 1u;
      value += planes->coefficient[i] * (int32_t)is_set;
    }
    values[c] = (int8_t)value;
  }
}

/// Unpacks the input values that position (y, x), before pooling, of one group
/// depends on: patch [kernel_h][kernel_w][in_c / groups], zero in the padding.
/// Input [in_h][in_w][planes->count][ceil(in_c / 32)].
static void slb_gather_values(const slb_conv2d *g, const slb_planes *planes,
                              const uint32_t *input, int32_t y, int32_t x,
                              int32_t group, int8_t *patch) {
  const int32_t channels = g->in_c / g->groups;
  const int32_t words = (g->in_c + 31) / 32;
  for (int32_t ky = 0; ky < g->kernel_h; ++ky) {
    for (int32_t kx = 0; kx < g->kernel_w; ++kx) {
      const int32_t pixel = slb_input_pixel(g, y, x, ky, kx);
      if (pixel < 0) {
        (void)memset(patch, 0, (size_t)channels);
      } else {
        slb_unpack_values(planes, input + pixel * planes->count * words, words,
                          group * channels, channels, patch);
      }
      patch = &patch[channels];
    }
  }
}

/// Computes one pixel of a convolution of bit planes with signed bytes:
///   acc[o] = max over the pool window of sum_r w[o][r] * a_r
///   a_r = A0 + sum_i A_i * p_i[r], or 0 in the padding; -128 <= a_r <= 127.
/// input   [in_h][in_w][activation planes][ceil(in_c / 32)]
/// weights [out_c][R]
/// patch   scratch of R bytes
/// acc     [out_c]
static void slb_conv2d_bits_s8(const slb_conv2d *g,
                               const slb_planes *activation_planes,
                               const int8_t *weights, const uint32_t *input,
                               int32_t oy, int32_t ox, void *patch,
                               int32_t *acc) {
  const int32_t length = slb_patch_length(g);
  const int32_t outputs = g->out_c / g->groups;
  int8_t *values = (int8_t *)patch;
  for (int32_t position = 0; position < g->pool_h * g->pool_w; ++position) {
    const int32_t y = oy * g->pool_h + position / g->pool_w;
    const int32_t x = ox * g->pool_w + position % g->pool_w;
    const int8_t *row = weights;
    int32_t o = 0;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_gather_values(g, activation_planes, input, y, x, group, values);
      for (int32_t i = 0; i < outputs; ++i) {
        const int32_t sum = slb_dot_s8_s8(values, row, length);
        acc[o] = position > 0 && acc[o] > sum ? acc[o] : sum;
        row = &row[length];
        ++o;
      }
    }
  }
}

#endif // SLB_CONV2D_BITS_S8_H
