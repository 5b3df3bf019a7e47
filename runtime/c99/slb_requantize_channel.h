//===- slb_requantize_channel.h - Rescale one integer --------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_REQUANTIZE_CHANNEL_H
#define SLB_REQUANTIZE_CHANNEL_H

#include "slb_requantize.h"
#include "slb_shift.h"

#include <stddef.h>
#include <stdint.h>

/// Returns y_c. `residual` holds the values r, null if there are none.
static int32_t slb_requantize_channel(const slb_requantize *q,
                                      const int32_t *acc,
                                      const int32_t *residual, int32_t c) {
  const int32_t i = c * q->channel_step;
  int64_t value = (int64_t)acc[c] * q->multiplier[i] + q->addend[i];
  if (residual != NULL) {
    value += (int64_t)residual[c] * q->residual_multiplier;
  }
  return slb_clamp(slb_floor_shift(value, q->shift), q->lo, q->hi);
}

#endif // SLB_REQUANTIZE_CHANNEL_H
