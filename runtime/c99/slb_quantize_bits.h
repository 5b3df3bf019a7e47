//===- slb_quantize_bits.h - floats to bit planes -----------------*- C -*-===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_QUANTIZE_BITS_H
#define SLB_QUANTIZE_BITS_H

#include "slb_put_code.h"
#include "slb_quantize.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Writes the codes of the integers lo, lo + step, ..., hi nearest to
/// x[c] / scale, ties up, of n channels as bit planes. step is 1, or 2 for the
/// odd integers from -hi to hi. y [planes][ceil(n / 32)].
static void slb_quantize_bits(const float *x, int32_t n, float scale,
                              int32_t lo, int32_t hi, int32_t step,
                              int32_t planes, uint32_t *y) {
  const int32_t words = (n + 31) / 32;
  memset(y, 0, sizeof(uint32_t) * (size_t)(planes * words));
  for (int32_t c = 0; c < n; ++c) {
    const float value = x[c] / scale;
    const int32_t code = step == 1
                             ? slb_round(value, lo, hi) - lo
                             : slb_round((value + (float)hi) / 2.0f, 0, hi);
    slb_put_code(y, planes, words, c, (uint32_t)code);
  }
}

#endif // SLB_QUANTIZE_BITS_H
