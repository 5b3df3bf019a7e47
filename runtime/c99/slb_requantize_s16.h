//===- slb_requantize_s16.h - Rescale accumulators to 16-bit integers -----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_REQUANTIZE_S16_H
#define SLB_REQUANTIZE_S16_H

#include "slb_requantize_channel.h"

#include <stdint.h>

/// Writes y_c, see slb_requantize, for n channels. acc [n]; residual [n] or
/// null; y [n].
static void slb_requantize_s16(const slb_requantize *q, const int32_t *acc,
                               const int32_t *residual, int32_t n, int16_t *y) {
  for (int32_t c = 0; c < n; ++c) {
    y[c] = (int16_t)slb_requantize_channel(q, acc, residual, c);
  }
}

#endif // SLB_REQUANTIZE_S16_H
