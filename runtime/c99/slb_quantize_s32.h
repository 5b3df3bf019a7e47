//===- slb_quantize_s32.h - Floats to 32-bit integers ---------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_QUANTIZE_S32_H
#define SLB_QUANTIZE_S32_H

#include "slb_quantize_channel.h"

#include <stdint.h>

/// Writes what is stored, see slb_quantizer, for n channels. y [n].
static void slb_quantize_s32(const slb_quantizer *q, const float *scale,
                             const float *x, int32_t n, int32_t *y) {
  for (int32_t c = 0; c < n; ++c) {
    y[c] = slb_quantize_channel(q, scale, x, c);
  }
}

#endif // SLB_QUANTIZE_S32_H
