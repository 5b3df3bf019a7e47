//===- slb_requantize_bits.h - Rescale accumulators to bit planes ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_REQUANTIZE_BITS_H
#define SLB_REQUANTIZE_BITS_H

#include "slb_put_code.h"
#include "slb_requantize_channel.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Writes the codes y_c - lo, see slb_requantize, of n channels as bit planes.
/// y [planes][ceil(n / 32)], hi - lo < 2^planes.
static void slb_requantize_bits(const slb_requantize *q, const int32_t *acc,
                                const int32_t *residual, int32_t n,
                                int32_t planes, uint32_t *y) {
  const int32_t words = (n + 31) / 32;
  (void)memset(y, 0, sizeof(uint32_t) * (size_t)planes * (size_t)words);
  for (int32_t c = 0; c < n; ++c) {
    const int32_t code = slb_requantize_channel(q, acc, residual, c) - q->lo;
    slb_put_code(y, planes, words, c, (uint32_t)code);
  }
}

#endif // SLB_REQUANTIZE_BITS_H
