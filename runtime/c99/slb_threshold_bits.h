//===- slb_threshold_bits.h - Accumulators to codes by thresholds ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_THRESHOLD_BITS_H
#define SLB_THRESHOLD_BITS_H

#include "slb_put_code.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Writes the codes of one pixel's n channels as bit planes:
///   code[c] = number of l < levels with sign[c] * acc[c] >= thresholds[c][l].
/// thresholds [n][levels]; signs [n] of +1 and -1, or null if all are +1;
/// y [planes][ceil(n / 32)], 2^planes > levels; |acc[c]| < 2^31.
static void slb_threshold_bits(const int32_t *acc, int32_t n, int32_t levels,
                               const int32_t *thresholds, const int8_t *signs,
                               int32_t planes, uint32_t *y) {
  const int32_t words = (n + 31) / 32;
  (void)memset(y, 0, sizeof(uint32_t) * (size_t)planes * (size_t)words);
  for (int32_t c = 0; c < n; ++c) {
    const int32_t value = signs && signs[c] < 0 ? -acc[c] : acc[c];
    uint32_t code = 0;
    for (int32_t l = 0; l < levels; ++l) {
      code += value >= thresholds[c * levels + l] ? 1u : 0u;
    }
    slb_put_code(y, planes, words, c, code);
  }
}

#endif // SLB_THRESHOLD_BITS_H
