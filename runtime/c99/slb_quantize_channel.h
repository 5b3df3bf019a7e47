//===- slb_quantize_channel.h - What is stored for a float ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_QUANTIZE_CHANNEL_H
#define SLB_QUANTIZE_CHANNEL_H

#include "slb_quantizer.h"

#include <stdint.h>

/// Returns floor(x + 0.5), clamped to [lo, hi], without a library's floor; lo
/// for what is no number.
static int32_t slb_round(float x, int32_t lo, int32_t hi) {
  const float shifted = x + 0.5f;
  int32_t value;
  if (!(shifted > (float)lo)) {
    return lo;
  }
  if (shifted >= (float)hi) {
    return hi;
  }
  value = (int32_t)shifted;
  return (float)value > shifted ? value - 1 : value;
}

/// Returns what is stored for channel c of x: the integer nearest to x[c] /
/// scale, ties up.
static int32_t slb_quantize_channel(const slb_quantizer *q, const float *scale,
                                    const float *x, int32_t c) {
  const float value = x[c] / scale[c * q->scale_step];
  int32_t code = 0;
  if (q->count == 0) {
    return slb_round(value, q->lo, q->hi) - q->offset;
  }
  while (code + 1 < q->count && value >= q->middles[code]) {
    ++code;
  }
  return q->values[code];
}

#endif // SLB_QUANTIZE_CHANNEL_H
