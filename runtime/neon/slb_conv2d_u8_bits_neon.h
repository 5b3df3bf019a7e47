//===- slb_conv2d_u8_bits_neon.h - Bytes by bit planes, AArch64 -----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_NEON_H
#define SLB_CONV2D_U8_BITS_NEON_H

#include "../vectors/slb_conv2d_u8_bits_tile.h"
#include "slb_multiply_codes_neon.h"

#include <stdint.h>

/// See slb_conv2d_u8_bits_tile.
static void slb_conv2d_u8_bits_neon(const slb_conv2d *g,
                                    const slb_planes *weight_planes,
                                    const uint32_t *weights,
                                    const uint8_t *input, int32_t first,
                                    int32_t pixels, void *scratch,
                                    int32_t *acc) {
  static const slb_byte_multiplier multiplier = {4, slb_expand_bits_neon,
                                                 slb_dot_codes_neon};
  slb_conv2d_u8_bits_tile(&multiplier, g, weight_planes, weights, input, first,
                          pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_NEON_H
