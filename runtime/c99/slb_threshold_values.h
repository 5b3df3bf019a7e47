//===- slb_threshold_values.h - Accumulators to any integers by thresholds ===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_THRESHOLD_VALUES_H
#define SLB_THRESHOLD_VALUES_H

#include <stdint.h>

/// Writes y[c] = values[code[c]] of one pixel's n channels, where
///   code[c] = number of l < levels with sign[c] * acc[c] >= thresholds[c][l].
/// thresholds [n][levels]; signs [n] of +1 and -1, or null if all are +1;
/// values [levels + 1]; y [n], may be acc; |acc[c]| < 2^31.
static void slb_threshold_values(const int32_t *acc, int32_t n, int32_t levels,
                                 const int32_t *thresholds, const int8_t *signs,
                                 const int32_t *values, int32_t *y) {
  for (int32_t c = 0; c < n; ++c) {
    const int32_t value = signs && signs[c] < 0 ? -acc[c] : acc[c];
    int32_t code = 0;
    for (int32_t l = 0; l < levels; ++l) {
      code += value >= thresholds[c * levels + l] ? 1 : 0;
    }
    y[c] = values[code];
  }
}

#endif // SLB_THRESHOLD_VALUES_H
