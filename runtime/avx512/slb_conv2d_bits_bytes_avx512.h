//===- slb_conv2d_bits_bytes_avx512.h - Bit planes as bytes, AVX-512 ------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BYTES_AVX512_H
#define SLB_CONV2D_BITS_BYTES_AVX512_H

#include "../c99/slb_gather_bits.h"
#include "../c99/slb_patch_length.h"
#include "slb_expand_rows_avx512.h"

#include <stdint.h>

/// Makes a patch of bytes from bit planes.
static void slb_fill_planes_avx512(const slb_patch_source *source,
                                   const slb_conv2d *g, int32_t y, int32_t x,
                                   int32_t group, int32_t step,
                                   uint8_t *patch) {
  (void)step;
  slb_gather_bits(g, source->planes, (const uint32_t *)source->input, y, x,
                  group, source->bits);
  slb_expand_row_avx512(source->planes->count, source->planes, source->bits,
                        slb_patch_length(g), (int8_t *)patch);
}

/// Computes `pixels` neighbouring outputs, from output `first` in raster order
/// on, of a convolution of bit planes with bit planes, as slb_conv2d_bits_bits
/// does one. An input's value fits an unsigned byte, A_0 = 0; a weight's value
/// fits a signed byte.
/// input   [in_h][in_w][input planes][ceil(in_c / 32)]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch of pixels * 2 * (R rounded up to 32) + 4 * (R rounded up to 64)
///         + 4 * input planes * ceil(R / 32) bytes, aligned to 4
/// acc     [pixels][out_c]
static void slb_conv2d_bits_bytes_avx512(const slb_conv2d *g,
                                         const slb_planes *input_planes,
                                         const slb_planes *weight_planes,
                                         const uint32_t *weights,
                                         const uint32_t *input, int32_t first,
                                         int32_t pixels, void *scratch,
                                         int32_t *acc) {
  const int32_t length = slb_patch_length(g);
  const int32_t words = (length + 31) / 32;
  int8_t *expanded = (int8_t *)scratch + pixels * 64 * words;
  const slb_patch_source patches = {
      input, 0, slb_fill_planes_avx512, input_planes,
      (uint32_t *)(void *)(expanded + (length + 63) / 64 * 256)};
  slb_row_source rows = {weights, length, slb_expand_rows_avx512, weight_planes,
                         expanded};
  slb_conv2d_rows_x86(g, &patches, &rows,
                      4 * g->out_c / g->groups * weight_planes->count * words,
                      first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BYTES_AVX512_H
