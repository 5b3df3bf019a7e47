//===- slb_requantize.h - Fixed-point rescaling of an integer -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_REQUANTIZE_H
#define SLB_REQUANTIZE_H

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

#endif // SLB_REQUANTIZE_H
