//===- slb_requantize.h - Fixed-point rescaling of an integer -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_REQUANTIZE_H
#define SLB_REQUANTIZE_H

#include "slb_shift.h"

#include <stdint.h>

/// The rescaling, computed in 64 bits, of channel c:
///   y_c = clamp(floor((acc_c * M_c + r_c * R + B_c) / 2^S), lo, hi).
typedef struct slb_requantize {
  const int32_t *multiplier;   ///< M
  const int64_t *addend;       ///< B
  int32_t channel_step;        ///< 1: M and B of each channel; 0: one for all.
  int32_t residual_multiplier; ///< R
  int32_t shift;               ///< S, from 0 to 62
  int32_t lo, hi;
} slb_requantize;

/// Returns y_c. `residual` holds the values r, null if there are none.
static int32_t slb_requantize_channel(const slb_requantize *q,
                                      const int32_t *acc,
                                      const int32_t *residual, int32_t c) {
  const int32_t i = c * q->channel_step;
  int64_t value = (int64_t)acc[c] * q->multiplier[i] + q->addend[i];
  if (residual)
    value += (int64_t)residual[c] * q->residual_multiplier;
  return slb_clamp(slb_floor_shift(value, q->shift), q->lo, q->hi);
}

#endif // SLB_REQUANTIZE_H
