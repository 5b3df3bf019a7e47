//===- slb_conv2d_u8_bits_neon.h - Bytes by bit planes, AArch64 -----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_NEON_H
#define SLB_CONV2D_U8_BITS_NEON_H

#include "slb_conv2d_u8_bits_tile.h"
#include "slb_multiply_codes_neon.h"

#include <arm_neon.h>
#include <stdint.h>

/// Reorders 128 values as slb_slice_bits_neon does.
static void slb_slice_bytes_neon(const uint8_t *values, uint8_t *patch) {
  const uint8x16x4_t low = vld4q_u8(values);
  const uint8x16x4_t high = vld4q_u8(values + 64);
  vst1q_u8(patch, vuzp1q_u8(low.val[0], high.val[0]));
  vst1q_u8(patch + 16, vuzp1q_u8(low.val[1], high.val[1]));
  vst1q_u8(patch + 32, vuzp1q_u8(low.val[2], high.val[2]));
  vst1q_u8(patch + 48, vuzp1q_u8(low.val[3], high.val[3]));
  vst1q_u8(patch + 64, vuzp2q_u8(low.val[0], high.val[0]));
  vst1q_u8(patch + 80, vuzp2q_u8(low.val[1], high.val[1]));
  vst1q_u8(patch + 96, vuzp2q_u8(low.val[2], high.val[2]));
  vst1q_u8(patch + 112, vuzp2q_u8(low.val[3], high.val[3]));
}

/// See slb_conv2d_u8_bits_tile.
static void slb_conv2d_u8_bits_neon(const slb_conv2d *g,
                                    const slb_planes *weight_planes,
                                    const uint32_t *weights,
                                    const uint8_t *input, int32_t first,
                                    int32_t pixels, void *scratch,
                                    int32_t *acc) {
  static const slb_byte_multiplier multiplier = {
      128, 4, slb_slice_bytes_neon, slb_slice_bits_neon, slb_dot_codes_neon};
  slb_conv2d_u8_bits_tile(&multiplier, g, weight_planes, weights, input, first,
                          pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_NEON_H
