//===- slb_conv2d_bits_bits_neon.h - Bit planes by bit planes, AArch64 ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_NEON_H
#define SLB_CONV2D_BITS_BITS_NEON_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "this network is compiled for AArch64 with NEON"
#endif

#include "slb_conv2d_bits_bits_tile.h"

#include <arm_neon.h>
#include <stdint.h>

/// Loads n <= 4 words, and zeros for the rest of the vector.
static uint32x4_t slb_load_words_neon(const uint32_t *x, int32_t n) {
  uint32x4_t v = vdupq_n_u32(0);
  if (n >= 4)
    return vld1q_u32(x);
  if (n > 0)
    v = vld1q_lane_u32(x, v, 0);
  if (n > 1)
    v = vld1q_lane_u32(x + 1, v, 1);
  if (n > 2)
    v = vld1q_lane_u32(x + 2, v, 2);
  return v;
}

static int32_t slb_ones_neon(const uint32_t *plane, int32_t stride) {
  uint32x4_t sum = vdupq_n_u32(0);
  for (int32_t k = 0; k < stride; k += 4) {
    const uint8x16_t x = vreinterpretq_u8_u32(vld1q_u32(plane + k));
    sum = vpadalq_u16(sum, vpaddlq_u8(vcntq_u8(x)));
  }
  return (int32_t)vaddvq_u32(sum);
}

/// Adds the ones of patch `a` (mask `m`) by rows w[0..4) to counts[0..4).
static inline __attribute__((always_inline)) void
slb_count_row_neon(int32_t op, const uint32_t *a, const uint32_t *m,
                   const uint32x4_t *w, uint8x16_t *counts) {
  const uint32x4_t patch = vld1q_u32(a);
  const uint32x4_t mask = op == SLB_COUNT_XOR_AND ? vld1q_u32(m) : patch;
  for (int32_t o = 0; o < 4; ++o) {
    uint32x4_t x =
        op == SLB_COUNT_AND ? vandq_u32(patch, w[o]) : veorq_u32(patch, w[o]);
    if (op == SLB_COUNT_XOR_AND)
      x = vandq_u32(x, mask);
    counts[o] = vaddq_u8(counts[o], vcntq_u8(vreinterpretq_u8_u32(x)));
  }
}

/// Adds the 16 bytes' sums of counts[0..4) to the lanes of `sums`.
static inline __attribute__((always_inline)) uint32x4_t
slb_widen_counts_neon(uint32x4_t sums, const uint8x16_t *counts) {
  const uint16x8_t low =
      vpaddq_u16(vpaddlq_u8(counts[0]), vpaddlq_u8(counts[1]));
  const uint16x8_t high =
      vpaddq_u16(vpaddlq_u8(counts[2]), vpaddlq_u8(counts[3]));
  return vpadalq_u16(sums, vpaddq_u16(low, high));
}

/// See slb_bit_counter::count. A byte counts at most 8 ones a vector, so that
/// 31 vectors fit before it is widened.
static inline __attribute__((always_inline)) void
slb_count_op_neon(int32_t op, const uint32_t *const *patches,
                  const uint32_t *const *masks, const uint32_t *const *rows,
                  int32_t words, int32_t *counts) {
  const uint32_t *a0 = patches[0], *a1 = patches[1], *a2 = patches[2],
                 *a3 = patches[3];
  const uint32_t *m0 = masks[0], *m1 = masks[1], *m2 = masks[2], *m3 = masks[3];
  const uint32_t *w0 = rows[0], *w1 = rows[1], *w2 = rows[2], *w3 = rows[3];
  const uint8x16_t zero = vdupq_n_u8(0);
  uint32x4_t sum[4];
  for (int32_t p = 0; p < 4; ++p)
    sum[p] = vdupq_n_u32(0);
  for (int32_t k = 0; k < words;) {
    const int32_t end = words - k < 124 ? words : k + 124;
    uint8x16_t c[16];
    for (int32_t t = 0; t < 16; ++t)
      c[t] = zero;
    for (; k + 4 <= end; k += 4) {
      const uint32x4_t w[4] = {vld1q_u32(w0 + k), vld1q_u32(w1 + k),
                               vld1q_u32(w2 + k), vld1q_u32(w3 + k)};
      slb_count_row_neon(op, a0 + k, m0 + k, w, c);
      slb_count_row_neon(op, a1 + k, m1 + k, w, c + 4);
      slb_count_row_neon(op, a2 + k, m2 + k, w, c + 8);
      slb_count_row_neon(op, a3 + k, m3 + k, w, c + 12);
    }
    if (k < end) {
      const uint32x4_t w[4] = {slb_load_words_neon(w0 + k, end - k),
                               slb_load_words_neon(w1 + k, end - k),
                               slb_load_words_neon(w2 + k, end - k),
                               slb_load_words_neon(w3 + k, end - k)};
      slb_count_row_neon(op, a0 + k, m0 + k, w, c);
      slb_count_row_neon(op, a1 + k, m1 + k, w, c + 4);
      slb_count_row_neon(op, a2 + k, m2 + k, w, c + 8);
      slb_count_row_neon(op, a3 + k, m3 + k, w, c + 12);
      k = end;
    }
    for (int32_t p = 0; p < 4; ++p)
      sum[p] = slb_widen_counts_neon(sum[p], c + 4 * p);
  }
  for (int32_t p = 0; p < 4; ++p)
    vst1q_s32(counts + 4 * p, vreinterpretq_s32_u32(sum[p]));
}

static void slb_count_neon(int32_t op, const uint32_t *const *patches,
                           const uint32_t *const *masks,
                           const uint32_t *const *rows, int32_t words,
                           int32_t *counts) {
  if (op == SLB_COUNT_AND)
    slb_count_op_neon(SLB_COUNT_AND, patches, masks, rows, words, counts);
  else if (op == SLB_COUNT_XOR)
    slb_count_op_neon(SLB_COUNT_XOR, patches, masks, rows, words, counts);
  else
    slb_count_op_neon(SLB_COUNT_XOR_AND, patches, masks, rows, words, counts);
}

/// See slb_conv2d_bits_bits_tile; vector_words = 4, slots = 1.
static void slb_conv2d_bits_bits_neon(
    const slb_conv2d *g, const slb_planes *activation_planes,
    const slb_planes *weight_planes, const uint32_t *weights,
    const uint32_t *input, int32_t first, int32_t pixels, void *scratch,
    int32_t *acc) {
  const slb_bit_counter counter = {4, 1, 0, slb_ones_neon, slb_count_neon};
  slb_conv2d_bits_bits_tile(&counter, g, activation_planes, weight_planes,
                            weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BITS_NEON_H
