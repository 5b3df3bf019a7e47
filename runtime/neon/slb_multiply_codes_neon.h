//===- slb_multiply_codes_neon.h - Bytes by codes, AArch64 ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_MULTIPLY_CODES_NEON_H
#define SLB_MULTIPLY_CODES_NEON_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "this network is compiled for AArch64 with NEON"
#endif

#include "../vectors/slb_conv2d_codes_tile.h"

#include <arm_neon.h>
#include <stdint.h>

/// Makes the values of the bits of 4 words, or of 1, from `bits` on. Planes are
/// `words` apart.
static inline __attribute__((always_inline)) void
slb_expand_words_neon(int32_t count, const slb_planes *planes,
                      const uint32_t *bits, int32_t words, uint8_t *values) {
  const uint8x16_t bit = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201u));
  // Lane r gets the byte that holds bit r.
  const uint8x16_t bytes = vcombine_u8(vdup_n_u8(0), vdup_n_u8(1));
  uint8x16_t sums[8];
#pragma GCC unroll 8
  for (int32_t t = 0; t < 2 * count; ++t)
    sums[t] = vdupq_n_u8(0);
  for (int32_t i = 0; i < planes->count; ++i) {
    const uint8x16_t plane =
        vreinterpretq_u8_u32(count == 4 ? vld1q_u32(bits + i * words)
                                        : vld1q_dup_u32(bits + i * words));
    const uint8x16_t value = vdupq_n_u8((uint8_t)planes->coefficient[i]);
#pragma GCC unroll 8
    for (int32_t t = 0; t < 2 * count; ++t) {
      const uint8x16_t from = vaddq_u8(bytes, vdupq_n_u8((uint8_t)(2 * t)));
      // 255 where the bit is set, times which the value is taken away.
      const uint8x16_t is_set = vtstq_u8(vqtbl1q_u8(plane, from), bit);
      sums[t] = vmlsq_u8(sums[t], is_set, value);
    }
  }
#pragma GCC unroll 8
  for (int32_t t = 0; t < 2 * count; ++t)
    vst1q_u8(values + 16 * t, sums[t]);
}

/// See slb_byte_multiplier::expand.
static void slb_expand_bits_neon(const slb_planes *planes, const uint32_t *bits,
                                 int32_t length, uint8_t *values) {
  const int32_t words = (length + 31) / 32;
  int32_t k = 0;
  for (; k + 4 <= words; k += 4)
    slb_expand_words_neon(4, planes, bits + k, words, values + 32 * k);
  for (; k < words; ++k)
    slb_expand_words_neon(1, planes, bits + k, words, values + 32 * k);
}

/// Returns acc plus the products of a and w, four to a lane.
static inline __attribute__((always_inline)) uint32x4_t
slb_dot_bytes_neon(uint32x4_t acc, uint8x16_t a, uint8x16_t w) {
#ifdef __ARM_FEATURE_DOTPROD
  return vdotq_u32(acc, a, w);
#else
  const uint16x8_t product = vmull_u8(vget_low_u8(a), vget_low_u8(w));
  return vpadalq_u16(acc, vmlal_high_u8(product, a, w));
#endif
}

/// Adds 32 values of 4 patches by those of 4 rows to acc[p][o]: two vectors of
/// each, as a core loads pairs at once. The empty statement keeps the compiler
/// from loading the next patch too early, which would spill registers.
static inline __attribute__((always_inline)) void
slb_dot_32_codes_neon(const uint8_t *patch, int32_t patch_step,
                      const uint8_t *row, int32_t row_step, uint32x4_t *acc) {
  uint8x16_t w[8];
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; ++o) {
    w[o] = vld1q_u8(row + o * row_step);
    w[4 + o] = vld1q_u8(row + o * row_step + 16);
  }
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p, acc += 4) {
    const uint8x16_t low = vld1q_u8(patch + p * patch_step);
    const uint8x16_t high = vld1q_u8(patch + p * patch_step + 16);
#pragma GCC unroll 4
    for (int32_t o = 0; o < 4; ++o)
      acc[o] = slb_dot_bytes_neon(acc[o], low, w[o]);
#pragma GCC unroll 4
    for (int32_t o = 0; o < 4; ++o)
      acc[o] = slb_dot_bytes_neon(acc[o], high, w[4 + o]);
    __asm__ volatile(""
                     : "+w"(acc[0]), "+w"(acc[1]), "+w"(acc[2]),
                       "+w"(acc[3])::"memory");
  }
}

/// See slb_byte_multiplier::dot.
static void slb_dot_codes_neon(const slb_byte_operands *operands,
                               int32_t *sums) {
  const slb_byte_operands x = *operands;
  const int32_t padded = 32 * x.words;
  uint32x4_t acc[16];
#pragma GCC unroll 16
  for (int32_t t = 0; t < 16; ++t)
    acc[t] = vdupq_n_u32(0);
  int32_t r = 0;
  for (; r + 128 <= padded; r += 128) {
#pragma GCC unroll 4
    for (int32_t s = r; s < r + 128; s += 32)
      slb_dot_32_codes_neon(x.patch + s, x.patch_step, x.row + s, x.row_step,
                            acc);
  }
  for (; r < padded; r += 32)
    slb_dot_32_codes_neon(x.patch + r, x.patch_step, x.row + r, x.row_step,
                          acc);
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p) {
    const uint32x4_t low = vpaddq_u32(acc[4 * p], acc[4 * p + 1]);
    const uint32x4_t high = vpaddq_u32(acc[4 * p + 2], acc[4 * p + 3]);
    vst1q_s32(sums + 4 * p, vreinterpretq_s32_u32(vpaddq_u32(low, high)));
  }
}

#endif // SLB_MULTIPLY_CODES_NEON_H
