//===- slb_quantize_u8.h - floats to uint8_t ----------------------*- C -*-===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_QUANTIZE_U8_H
#define SLB_QUANTIZE_U8_H

#include "slb_quantize.h"

#include <stdint.h>

/// Writes y[c], the integer of [lo, hi] nearest to x[c] / scale, ties up, of n
/// channels.
static void slb_quantize_u8(const float *x, int32_t n, float scale, int32_t lo,
                            int32_t hi, uint8_t *y) {
  for (int32_t c = 0; c < n; ++c)
    y[c] = (uint8_t)slb_round(x[c] / scale, lo, hi);
}

#endif // SLB_QUANTIZE_U8_H
