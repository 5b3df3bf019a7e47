//===- slb_conv2d_f32_s8.h - Convolution, floats by signed bytes ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_F32_S8_H
#define SLB_CONV2D_F32_S8_H

#include "slb_conv2d.h"
#include "slb_dot_f32_s8.h"
#include "slb_gather_bytes.h"
#include "slb_patch_length.h"

#include <stddef.h>
#include <stdint.h>

/// Computes one pixel of a convolution of floats with signed bytes:
///   acc[o] = max over the pool window of sum_r w[o][r] * x_r
/// input   [in_h][in_w][in_c]
/// weights [out_c][R]
/// patch   scratch of 4 * R bytes, aligned to 4
/// acc     [out_c]
static void slb_conv2d_f32_s8(const slb_conv2d *g, const int8_t *weights,
                              const float *input, int32_t oy, int32_t ox,
                              void *patch, float *acc) {
  const int32_t length = slb_patch_length(g);
  const int32_t outputs = g->out_c / g->groups;
  const float *values = (const float *)patch;
  for (int32_t position = 0; position < g->pool_h * g->pool_w; ++position) {
    const int32_t y = oy * g->pool_h + position / g->pool_w;
    const int32_t x = ox * g->pool_w + position % g->pool_w;
    const int8_t *row = weights;
    int32_t o = 0;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_gather_bytes(g, sizeof(float), input, y, x, group, patch);
      for (int32_t i = 0; i < outputs; ++i) {
        const float sum = slb_dot_f32_s8(values, row, length);
        acc[o] = position > 0 && acc[o] > sum ? acc[o] : sum;
        row = &row[length];
        ++o;
      }
    }
  }
}

#endif // SLB_CONV2D_F32_S8_H
