//===- slb_threshold_bits_neon.h - Thresholds to codes, AArch64 -----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_THRESHOLD_BITS_NEON_H
#define SLB_THRESHOLD_BITS_NEON_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "this network is compiled for AArch64 with NEON"
#endif

#include "../c99/slb_threshold_bits.h"

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>

/// Returns all ones in each lane c with signs[c] * acc[c] >= thresholds[c],
/// c < 8; `signs` may be null.
static inline __attribute__((always_inline)) uint16x8_t slb_reaches_neon(
    const int32_t *acc, const int32_t *thresholds, const int8_t *signs) {
  int32x4_t low = vld1q_s32(acc);
  int32x4_t high = vld1q_s32(acc + 4);
  if (signs) {
    const int16x8_t sign = vmovl_s8(vld1_s8(signs));
    low = vmulq_s32(low, vmovl_s16(vget_low_s16(sign)));
    high = vmulq_s32(high, vmovl_high_s16(sign));
  }
  return vuzp1q_u16(
      vreinterpretq_u16_u32(vcgeq_s32(low, vld1q_s32(thresholds))),
      vreinterpretq_u16_u32(vcgeq_s32(high, vld1q_s32(thresholds + 4))));
}

/// Returns the codes of 32 channels with one threshold each.
static inline __attribute__((always_inline)) uint32_t slb_reach_32_neon(
    const int32_t *acc, const int32_t *thresholds, const int8_t *signs) {
  static const uint8_t bit[8] = {1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bits = vcombine_u8(vld1_u8(bit), vld1_u8(bit));
  uint16x8_t lanes[4];
  for (int32_t i = 0; i < 4; ++i)
    lanes[i] = slb_reaches_neon(acc + 8 * i, thresholds + 8 * i,
                                signs ? signs + 8 * i : NULL);
  const uint8x16_t low =
      vuzp1q_u8(vreinterpretq_u8_u16(lanes[0]), vreinterpretq_u8_u16(lanes[1]));
  const uint8x16_t high =
      vuzp1q_u8(vreinterpretq_u8_u16(lanes[2]), vreinterpretq_u8_u16(lanes[3]));
  uint8x16_t sum = vpaddq_u8(vandq_u8(low, bits), vandq_u8(high, bits));
  sum = vpaddq_u8(sum, sum);
  sum = vpaddq_u8(sum, sum);
  return vgetq_lane_u32(vreinterpretq_u32_u8(sum), 0);
}

/// See slb_threshold_bits. Takes 32 channels at a time where they have one
/// threshold each.
static void slb_threshold_bits_neon(const int32_t *acc, int32_t n,
                                    int32_t levels, const int32_t *thresholds,
                                    const int8_t *signs, int32_t planes,
                                    uint32_t *y) {
  int32_t c = 0;
  if (levels != 1 || planes != 1) {
    slb_threshold_bits(acc, n, levels, thresholds, signs, planes, y);
    return;
  }
  for (; c + 32 <= n; c += 32)
    y[c / 32] =
        slb_reach_32_neon(acc + c, thresholds + c, signs ? signs + c : NULL);
  if (c < n)
    slb_threshold_bits(acc + c, n - c, 1, thresholds + c,
                       signs ? signs + c : NULL, 1, y + c / 32);
}

#endif // SLB_THRESHOLD_BITS_NEON_H
