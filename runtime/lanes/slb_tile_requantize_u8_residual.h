//===- slb_tile_requantize_u8_residual.h - Sums plus bytes to bytes -----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_REQUANTIZE_U8_RESIDUAL_H
#define SLB_TILE_REQUANTIZE_U8_RESIDUAL_H

#include "../c99/slb_requantize.h"
#include "slb_opaque.h"
#include "slb_saturate_u8.h"

#include <stdint.h>

/// Returns the number of 24 bits that is nearest to value.
static inline int32_t slb_saturate_s24(int32_t value) {
#if defined(__ARM_FEATURE_SAT)
  int32_t result;
  __asm__("ssat %0, #24, %1" : "=r"(result) : "r"(value));
  return result;
#else
  const int32_t limit = 1 << 23;
  return value < -limit ? -limit : value >= limit ? limit - 1 : value;
#endif
}

/// Writes y_c, see slb_requantize, of a tile's pixels: acc [n][lanes], residual
/// and y [pixels][n], where 24 <= S <= 46, lo = 0 and hi = 255. The residual's
/// bytes are signed, or unsigned. y may be the residual.
SLB_NOINLINE static void
slb_tile_requantize_u8_residual(const slb_requantize *q, int32_t is_signed,
                                const int32_t *acc, int32_t lanes, int32_t n,
                                int32_t pixels, const void *residual,
                                uint8_t *y) {
  const int32_t factor = q->residual_multiplier;
  const int32_t sign = is_signed ? 128 : 0;
  // Of 64 bits, 24 of the upper half and what is left of the lower one make a
  // word, which saturates as the result does.
  const int32_t low_shift = q->shift < 32 ? q->shift : 31;
  const int32_t rest = q->shift - low_shift;
  for (int32_t c = 0; c < n; ++c, acc += lanes) {
    const int32_t multiplier = q->multiplier[c * q->channel_step];
    // Signed bytes have their sign bit turned, which adds `sign`.
    int64_t addend = q->addend[c * q->channel_step] - (int64_t)sign * factor;
    SLB_FENCE(addend); // Clang would subtract again and again.
    const uint8_t *in = (const uint8_t *)residual + c;
    uint8_t *out = y + c;
    for (int32_t p = 0; p < pixels; ++p, in += n, out += n) {
      int32_t byte = *in ^ sign;
      SLB_OPAQUE(byte); // Clang would multiply unsigned, in more instructions.
      const int64_t sum =
          (int64_t)acc[p] * multiplier + addend + (int64_t)byte * factor;
      const int32_t high = slb_saturate_s24((int32_t)(sum >> 32));
      const uint32_t word =
          ((uint32_t)high << (32 - low_shift)) | ((uint32_t)sum >> low_shift);
      *out = slb_saturate_u8((int32_t)word >> rest);
    }
  }
}

#endif // SLB_TILE_REQUANTIZE_U8_RESIDUAL_H
