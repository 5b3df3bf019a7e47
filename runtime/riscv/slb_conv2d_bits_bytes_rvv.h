//===- slb_conv2d_bits_bytes_rvv.h - Bit planes as bytes, RISC-V vectors --===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BYTES_RVV_H
#define SLB_CONV2D_BITS_BYTES_RVV_H

#include "../vectors/slb_conv2d_bits_bytes_tile.h"
#include "../vectors/slb_expand_bits.h"
#include "slb_multiply_codes_rvv.h"

#include <stdint.h>

/// See slb_conv2d_bits_bytes_tile.
static void slb_conv2d_bits_bytes_rvv(const slb_conv2d *g,
                                      const slb_planes *input_planes,
                                      const slb_planes *weight_planes,
                                      const uint32_t *weights,
                                      const uint32_t *input, int32_t first,
                                      int32_t pixels, void *scratch,
                                      int32_t *acc) {
  static const slb_byte_multiplier multiplier = {0, slb_expand_bits,
                                                 slb_dot_codes_rvv};
  slb_conv2d_bits_bytes_tile(&multiplier, g, input_planes, weight_planes,
                             weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BYTES_RVV_H
