//===- slb_quantize_bits.h - Floats to bit planes -------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_QUANTIZE_BITS_H
#define SLB_QUANTIZE_BITS_H

#include "slb_put_code.h"
#include "slb_quantize_channel.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Writes what is stored, see slb_quantizer, for n channels, as bit planes.
/// y [planes][ceil(n / 32)].
static void slb_quantize_bits(const slb_quantizer *q, const float *scale,
                              const float *x, int32_t n, int32_t planes,
                              uint32_t *y) {
  const int32_t words = (n + 31) / 32;
  (void)memset(y, 0, sizeof(uint32_t) * (size_t)planes * (size_t)words);
  for (int32_t c = 0; c < n; ++c) {
    slb_put_code(y, planes, words, c,
                 (uint32_t)slb_quantize_channel(q, scale, x, c));
  }
}

#endif // SLB_QUANTIZE_BITS_H
