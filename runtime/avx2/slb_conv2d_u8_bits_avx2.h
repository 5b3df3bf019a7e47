//===- slb_conv2d_u8_bits_avx2.h - Bytes by bit planes, AVX2 --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_AVX2_H
#define SLB_CONV2D_U8_BITS_AVX2_H

#include "../vectors/slb_conv2d_u8_bits_tile.h"
#include "slb_multiply_codes_avx2.h"

#include <stdint.h>

/// See slb_conv2d_u8_bits_tile.
static void slb_conv2d_u8_bits_avx2(const slb_conv2d *g,
                                    const slb_planes *weight_planes,
                                    const uint32_t *weights,
                                    const uint8_t *input, int32_t first,
                                    int32_t pixels, void *scratch,
                                    int32_t *acc) {
  static const slb_byte_multiplier multiplier = {4, slb_expand_bits_avx2,
                                                 slb_dot_codes_avx2};
  slb_conv2d_u8_bits_tile(&multiplier, g, weight_planes, weights, input, first,
                          pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_AVX2_H
