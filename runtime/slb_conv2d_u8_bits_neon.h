//===- slb_conv2d_u8_bits_neon.h - Bytes by bit planes, AArch64 -----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_NEON_H
#define SLB_CONV2D_U8_BITS_NEON_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "this network is compiled for AArch64 with NEON"
#endif

#include "slb_conv2d_u8_bits_tile.h"

#include <arm_neon.h>
#include <stdint.h>

/// Reorders 128 values: slice s of 16 bytes holds the values 8 * l + s, l < 16,
/// those of bit s of a vector's bytes.
static void slb_slice_bytes_neon(const uint8_t *values, uint8_t *patch) {
  const uint8x16x4_t low = vld4q_u8(values);
  const uint8x16x4_t high = vld4q_u8(values + 64);
  vst1q_u8(patch, vuzp1q_u8(low.val[0], high.val[0]));
  vst1q_u8(patch + 16, vuzp1q_u8(low.val[1], high.val[1]));
  vst1q_u8(patch + 32, vuzp1q_u8(low.val[2], high.val[2]));
  vst1q_u8(patch + 48, vuzp1q_u8(low.val[3], high.val[3]));
  vst1q_u8(patch + 64, vuzp2q_u8(low.val[0], high.val[0]));
  vst1q_u8(patch + 80, vuzp2q_u8(low.val[1], high.val[1]));
  vst1q_u8(patch + 96, vuzp2q_u8(low.val[2], high.val[2]));
  vst1q_u8(patch + 112, vuzp2q_u8(low.val[3], high.val[3]));
}

/// Loads n <= 4 words, and zeros for the rest of the vector.
static inline __attribute__((always_inline)) uint8x16_t
slb_load_row_neon(const uint32_t *x, int32_t n) {
  uint32x4_t v = vdupq_n_u32(0);
  if (n >= 4)
    return vreinterpretq_u8_u32(vld1q_u32(x));
  v = vld1q_lane_u32(x, v, 0);
  if (n > 1)
    v = vld1q_lane_u32(x + 1, v, 1);
  if (n > 2)
    v = vld1q_lane_u32(x + 2, v, 2);
  return vreinterpretq_u8_u32(v);
}

/// Returns acc plus the products of a and w, four to a lane. One plane's w is 0
/// or 255 without dot product instructions: they add a & w then.
static inline __attribute__((always_inline)) uint32x4_t
slb_dot_bytes_neon(int32_t planes, uint32x4_t acc, uint8x16_t a, uint8x16_t w) {
#ifdef __ARM_FEATURE_DOTPROD
  (void)planes;
  return vdotq_u32(acc, a, w);
#else
  if (planes == 1)
    return vpadalq_u16(acc, vpaddlq_u8(vandq_u8(a, w)));
  const uint16x8_t product = vmull_u8(vget_low_u8(a), vget_low_u8(w));
  return vpadalq_u16(acc, vmlal_high_u8(product, a, w));
#endif
}

/// Returns what slice s of a row's planes multiplies: the codes, or 255 instead
/// of 1 where there is one plane, as this saves an instruction.
static inline __attribute__((always_inline)) uint8x16_t
slb_slice_codes_neon(int32_t planes, const uint8x16_t *w, int32_t s) {
  const uint8x16_t bit = vdupq_n_u8((uint8_t)(1 << s));
  if (planes == 1)
    return vtstq_u8(w[0], bit);
  uint8x16_t codes = vandq_u8(vtstq_u8(w[0], bit), vdupq_n_u8(1));
#pragma GCC unroll 4
  for (int32_t j = 1; j < planes; ++j)
    codes = vorrq_u8(codes, vandq_u8(vtstq_u8(w[4 * j], bit),
                                     vdupq_n_u8((uint8_t)(1 << j))));
  return codes;
}

/// Adds slice s of 4 patches by 4 rows, plane j of row o in w[4 * j + o], to
/// acc[p][o]. The empty statement keeps the compiler from loading the next
/// patch too early, which would spill registers.
static inline __attribute__((always_inline)) void
slb_dot_slice_neon(int32_t planes, const uint8_t *patch, int32_t patch_step,
                   const uint8x16_t *w, int32_t s, uint32x4_t *acc) {
  const uint8x16_t x0 = slb_slice_codes_neon(planes, w, s);
  const uint8x16_t x1 = slb_slice_codes_neon(planes, w + 1, s);
  const uint8x16_t x2 = slb_slice_codes_neon(planes, w + 2, s);
  const uint8x16_t x3 = slb_slice_codes_neon(planes, w + 3, s);
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p, acc += 4) {
    const uint8x16_t a = vld1q_u8(patch + p * patch_step + 16 * s);
    acc[0] = slb_dot_bytes_neon(planes, acc[0], a, x0);
    acc[1] = slb_dot_bytes_neon(planes, acc[1], a, x1);
    acc[2] = slb_dot_bytes_neon(planes, acc[2], a, x2);
    acc[3] = slb_dot_bytes_neon(planes, acc[3], a, x3);
    __asm__ volatile(""
                     : "+w"(acc[0]), "+w"(acc[1]), "+w"(acc[2]),
                       "+w"(acc[3])::"memory");
  }
}

static inline __attribute__((always_inline)) void
slb_dot_planes_neon(int32_t planes, const slb_byte_operands *operands,
                    int32_t *sums) {
  const slb_byte_operands x = *operands;
  uint32x4_t acc[16];
#pragma GCC unroll 16
  for (int32_t t = 0; t < 16; ++t)
    acc[t] = vdupq_n_u32(0);
  for (int32_t k = 0; k < x.words; k += 4) {
    const uint8_t *patch = x.patch + 32 * k;
    uint8x16_t w[16];
#pragma GCC unroll 16
    for (int32_t t = 0; t < 4 * planes; ++t)
      w[t] = slb_load_row_neon(x.row + t % 4 * x.row_step + t / 4 * x.words + k,
                               x.words - k);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 0, acc);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 1, acc);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 2, acc);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 3, acc);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 4, acc);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 5, acc);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 6, acc);
    slb_dot_slice_neon(planes, patch, x.patch_step, w, 7, acc);
  }
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p) {
    const uint32x4_t low = vpaddq_u32(acc[4 * p], acc[4 * p + 1]);
    const uint32x4_t high = vpaddq_u32(acc[4 * p + 2], acc[4 * p + 3]);
    uint32x4_t sum = vpaddq_u32(low, high);
#ifdef __ARM_FEATURE_DOTPROD
    // 255 times the sum: the inverse of 255 modulo 2^32 divides it.
    if (planes == 1)
      sum = vmulq_n_u32(sum, 0xfefefeffu);
#endif
    vst1q_s32(sums + 4 * p, vreinterpretq_s32_u32(sum));
  }
}

/// See slb_byte_multiplier::dot.
static void slb_dot_codes_neon(const slb_byte_operands *x, int32_t *sums) {
  if (x->planes == 1)
    slb_dot_planes_neon(1, x, sums);
  else if (x->planes == 2)
    slb_dot_planes_neon(2, x, sums);
  else if (x->planes == 3)
    slb_dot_planes_neon(3, x, sums);
  else
    slb_dot_planes_neon(4, x, sums);
}

/// See slb_conv2d_u8_bits_tile; group = 128.
static void slb_conv2d_u8_bits_neon(const slb_conv2d *g,
                                    const slb_planes *weight_planes,
                                    const uint32_t *weights,
                                    const uint8_t *input, int32_t first,
                                    int32_t pixels, void *scratch,
                                    int32_t *acc) {
  const slb_byte_multiplier multiplier = {128, slb_slice_bytes_neon,
                                          slb_dot_codes_neon};
  slb_conv2d_u8_bits_tile(&multiplier, g, weight_planes, weights, input, first,
                          pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_NEON_H
