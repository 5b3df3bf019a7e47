//===- slb_tile_bytes_s8_mve.h - Tile of bytes by signed bytes, Helium ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_S8_MVE_H
#define SLB_TILE_BYTES_S8_MVE_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../lanes/slb_opaque.h"
#include "../lanes/slb_tile_copy_slice.h"
#include "../lanes/slb_tile_sources.h"
#include "slb_tile_bytes_s8_mve_parts.h"

#include <arm_mve.h>
#include <stdint.h>
#include <string.h>

/// Outputs of a tile, in an accumulator each.
enum { SLB_MVE_BYTE_LANES = 4 };

/// Adds to sum[5] the products of 16 weights w with 16 inputs of each pixel,
/// which are `step` bytes apart, and the weights.
static inline void slb_mve_dot_bytes(int8x16_t w, const int8_t *x, int32_t step,
                                     int32_t *sum) {
  sum[0] = vmladavaq_s8(sum[0], w, vld1q_s8(x));
  sum[1] = vmladavaq_s8(sum[1], w, vld1q_s8(x + step));
  sum[2] = vmladavaq_s8(sum[2], w, vld1q_s8(x + 2 * step));
  sum[3] = vmladavaq_s8(sum[3], w, vld1q_s8(x + 3 * step));
  sum[4] = vaddvaq_s8(sum[4], w);
}

/// Computes acc[outputs][4] = sum_r w[o][r] * (x_r + zero) with values
/// [4][R rounded up to 16].
static void slb_mve_dot_rows(const int8_t *values, int32_t length, int32_t zero,
                             const int8_t *weights, int32_t outputs,
                             int32_t *acc) {
  const int32_t step = (length + 15) / 16 * 16;
  for (int32_t o = 0; o < outputs; ++o, acc += SLB_MVE_BYTE_LANES) {
    int32_t sum[SLB_MVE_BYTE_LANES + 1] = {0, 0, 0, 0, 0};
    const int8_t *x = values;
    for (int32_t i = length / 16; i > 0; --i, weights += 16, x += 16)
      slb_mve_dot_bytes(vld1q_s8(weights), x, step, sum);
    if (length % 16 != 0) {
      const mve_pred16_t rest = vctp8q((uint32_t)(length % 16));
      slb_mve_dot_bytes(vldrbq_z_s8(weights, rest), x, step, sum);
      weights += length % 16;
    }
    for (int32_t p = 0; p < SLB_MVE_BYTE_LANES; ++p)
      acc[p] = sum[p] + zero * sum[SLB_MVE_BYTE_LANES];
  }
}

/// Computes a tile of up to 4 outputs of a convolution of bytes with signed
/// bytes (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of sum_r w[o][r] * x_r
/// input   [in_h][in_w][in_c]
/// weights [out_c][R]
/// scratch slb_tile_bytes_s8_mve_parts().bytes, aligned to a pointer
/// acc     [out_c][4]
SLB_NOINLINE static void
slb_tile_bytes_s8_mve(const slb_conv2d *g, int32_t is_signed,
                      const int8_t *weights, const void *input, int32_t oy,
                      int32_t ox, int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_MVE_BYTE_LANES};
  const int32_t length = slb_patch_length(g);
  const int32_t step = (length + 15) / 16 * 16;
  const int32_t channels = g->in_c / g->groups;
  const int32_t outputs = g->out_c / g->groups;
  const int32_t positions = g->pool_h * g->pool_w;
  const slb_tile_parts parts =
      slb_tile_bytes_s8_mve_parts(g, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const void **sources = (const void **)scratch;
  uint8_t *values = start + parts.work;
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint8_t *zeros = start + parts.patch;
  memset(zeros, g->pad_value, (size_t)g->in_c);
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    slb_tile_sources(g, &tile, position, input, g->in_c, zeros, sources);
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_copy_slice((const void *const *)sources, SLB_MVE_BYTE_LANES,
                          group * channels, channels, 0, length, step, values);
      if (!is_signed) // The products are of signed bytes: x - 128.
        for (int32_t i = 0; i < SLB_MVE_BYTE_LANES * step; i += 16)
          vst1q_u8(values + i, veorq_u8(vld1q_u8(values + i), vdupq_n_u8(128)));
      slb_mve_dot_rows((const int8_t *)values, length, is_signed ? 0 : 128,
                       weights + group * outputs * length, outputs,
                       result + group * outputs * SLB_MVE_BYTE_LANES);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_MVE_BYTE_LANES);
  }
}

#endif // SLB_TILE_BYTES_S8_MVE_H
