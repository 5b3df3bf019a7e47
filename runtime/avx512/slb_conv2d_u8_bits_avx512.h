//===- slb_conv2d_u8_bits_avx512.h - Bytes by bit planes, AVX-512 VNNI ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_AVX512_H
#define SLB_CONV2D_U8_BITS_AVX512_H

#include "../c99/slb_patch_length.h"
#include "../x86/slb_fill_bytes_x86.h"
#include "slb_expand_rows_avx512.h"

#include <stddef.h>
#include <stdint.h>

/// Computes `pixels` neighbouring outputs, from output `first` in raster order
/// on, of a convolution of unsigned bytes with bit planes, as
/// slb_conv2d_u8_bits does one. A weight's value fits a signed byte.
/// input   [in_h][in_w][in_c]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch of pixels * 2 * (R rounded up to 32) bytes and 4 * (R rounded up to
///         64) bytes
/// acc     [pixels][out_c]
static void slb_conv2d_u8_bits_avx512(const slb_conv2d *g,
                                      const slb_planes *weight_planes,
                                      const uint32_t *weights,
                                      const uint8_t *input, int32_t first,
                                      int32_t pixels, void *scratch,
                                      int32_t *acc) {
  const int32_t length = slb_patch_length(g);
  const int32_t words = (length + 31) / 32;
  const slb_patch_source patches = {input, 0, slb_fill_bytes_x86, NULL, NULL};
  slb_row_source rows = {weights, length, slb_expand_rows_avx512, weight_planes,
                         (int8_t *)scratch + pixels * 64 * words};
  slb_conv2d_rows_x86(g, &patches, &rows,
                      4 * g->out_c / g->groups * weight_planes->count * words,
                      first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_AVX512_H
