//===- slb_conv2d_bytes_s8_x86.h - Bytes by signed bytes, x86-64 ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BYTES_S8_X86_H
#define SLB_CONV2D_BYTES_S8_X86_H

#include "slb_conv2d_rows_x86.h"
#include "slb_fill_bytes_x86.h"

#include <stdint.h>

static void slb_get_signed_rows(const slb_row_source *source, int32_t o,
                                int32_t count, slb_signed_rows *rows) {
  rows->row = (const int8_t *)source->weights + o * source->length;
  rows->row_step = count == 4 ? source->length : 0;
}

/// Computes `pixels` neighbouring outputs, from output `first` in raster order
/// on, of a convolution of bytes with signed bytes:
///   acc[o] = max over the pool window of sum_r w[o][r] * x_r
/// Input bytes are signed, or unsigned.
/// input   [in_h][in_w][in_c]
/// weights [out_c][R]
/// scratch of pixels * 2 * (R rounded up to 32) bytes
/// acc     [pixels][out_c]
static void slb_conv2d_bytes_s8_x86(const slb_conv2d *g, int32_t is_signed,
                                    const int8_t *weights, const void *input,
                                    int32_t first, int32_t pixels,
                                    void *scratch, int32_t *acc) {
  const slb_patch_source patches = {input, is_signed ? 128u : 0u,
                                    slb_fill_bytes_x86, NULL, NULL};
  slb_row_source rows = {weights, slb_patch_length(g), slb_get_signed_rows,
                         NULL, NULL};
  slb_conv2d_rows_x86(g, &patches, &rows, g->out_c / g->groups * rows.length,
                      first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BYTES_S8_X86_H
