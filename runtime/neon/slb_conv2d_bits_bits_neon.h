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

#include "../vectors/slb_conv2d_bits_bits_tile.h"

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

/// Returns `count` plus the ones, byte by byte, of patch `a` (mask `m`) by `w`.
static inline __attribute__((always_inline)) uint8x16_t slb_count_vector_neon(
    int32_t op, uint32x4_t a, uint32x4_t m, uint32x4_t w, uint8x16_t count) {
  uint32x4_t x = op == SLB_COUNT_AND ? vandq_u32(a, w) : veorq_u32(a, w);
  if (op == SLB_COUNT_XOR_AND)
    x = vandq_u32(x, m);
  return vaddq_u8(count, vcntq_u8(vreinterpretq_u8_u32(x)));
}

/// Adds the ones of vectors a[0..2) (mask `m`) by two vectors w[o] of each row
/// o to counts[0..4). The empty statement keeps the compiler from loading the
/// next patch too early, which would spill registers.
static inline __attribute__((always_inline)) void
slb_count_row_neon(int32_t op, const uint32_t *a, const uint32_t *m,
                   const uint32x4x2_t *w, uint8x16_t *counts) {
  const int32_t masked = op == SLB_COUNT_XOR_AND;
  const uint32x4x2_t pair = vld1q_u32_x2(a);
  const uint32x4_t a0 = pair.val[0], a1 = pair.val[1];
  const uint32x4_t m0 = masked ? vld1q_u32(m) : a0;
  const uint32x4_t m1 = masked ? vld1q_u32(m + 4) : a1;
  counts[0] = slb_count_vector_neon(op, a0, m0, w[0].val[0], counts[0]);
  counts[1] = slb_count_vector_neon(op, a0, m0, w[1].val[0], counts[1]);
  counts[2] = slb_count_vector_neon(op, a0, m0, w[2].val[0], counts[2]);
  counts[3] = slb_count_vector_neon(op, a0, m0, w[3].val[0], counts[3]);
  counts[0] = slb_count_vector_neon(op, a1, m1, w[0].val[1], counts[0]);
  counts[1] = slb_count_vector_neon(op, a1, m1, w[1].val[1], counts[1]);
  counts[2] = slb_count_vector_neon(op, a1, m1, w[2].val[1], counts[2]);
  counts[3] = slb_count_vector_neon(op, a1, m1, w[3].val[1], counts[3]);
  __asm__ volatile(""
                   : "+w"(counts[0]), "+w"(counts[1]), "+w"(counts[2]),
                     "+w"(counts[3])::"memory");
}

/// Loads n <= 8 words, and zeros for the rest of the two vectors.
static inline __attribute__((always_inline)) uint32x4x2_t
slb_load_pair_neon(const uint32_t *x, int32_t n) {
  uint32x4x2_t pair;
  if (n >= 8)
    return vld1q_u32_x2(x);
  pair.val[0] = slb_load_words_neon(x, n);
  pair.val[1] = n > 4 ? slb_load_words_neon(x + 4, n - 4) : vdupq_n_u32(0);
  return pair;
}

/// The operands of a 4x4 tile of counts, from word k on.
typedef struct slb_operands_neon {
  const uint32_t *a0, *a1, *a2, *a3;
  const uint32_t *m0, *m1, *m2, *m3;
  const uint32_t *w0, *w1, *w2, *w3;
} slb_operands_neon;

/// Counts 8 words, of which the rows have only n if n < 8, and steps over them.
static inline __attribute__((always_inline)) void
slb_count_step_neon(int32_t op, slb_operands_neon *x, int32_t n,
                    uint8x16_t *c) {
  const uint32x4x2_t w[4] = {
      slb_load_pair_neon(x->w0, n), slb_load_pair_neon(x->w1, n),
      slb_load_pair_neon(x->w2, n), slb_load_pair_neon(x->w3, n)};
  slb_count_row_neon(op, x->a0, x->m0, w, c);
  slb_count_row_neon(op, x->a1, x->m1, w, c + 4);
  slb_count_row_neon(op, x->a2, x->m2, w, c + 8);
  slb_count_row_neon(op, x->a3, x->m3, w, c + 12);
  x->a0 += 8, x->a1 += 8, x->a2 += 8, x->a3 += 8;
  x->w0 += 8, x->w1 += 8, x->w2 += 8, x->w3 += 8;
  if (op == SLB_COUNT_XOR_AND)
    x->m0 += 8, x->m1 += 8, x->m2 += 8, x->m3 += 8;
}

/// Adds scale * the 16 bytes' sums of counts[0..4) to sums[0..4).
static inline __attribute__((always_inline)) void
slb_add_counts_neon(const uint8x16_t *counts, int32_t scale, int32_t *sums) {
  const uint16x8_t low =
      vpaddq_u16(vpaddlq_u8(counts[0]), vpaddlq_u8(counts[1]));
  const uint16x8_t high =
      vpaddq_u16(vpaddlq_u8(counts[2]), vpaddlq_u8(counts[3]));
  const int32x4_t total =
      vreinterpretq_s32_u32(vpaddlq_u16(vpaddq_u16(low, high)));
  vst1q_s32(sums, vmlaq_n_s32(vld1q_s32(sums), total, scale));
}

/// See slb_bit_counter::count. A byte counts at most 8 ones a vector, so that
/// 30 vectors, 120 words, fit before it is widened.
static inline __attribute__((always_inline)) void
slb_count_op_neon(int32_t op, const slb_bit_operands *operands, int32_t *sums) {
  const uint32_t *a = operands->patch, *m = operands->mask, *w = operands->row;
  const int32_t a1 = operands->patch_step, w1 = operands->row_step;
  slb_operands_neon x = {a, a + a1, a + 2 * a1, a + 3 * a1,
                         m, m + a1, m + 2 * a1, m + 3 * a1,
                         w, w + w1, w + 2 * w1, w + 3 * w1};
  for (int32_t words = operands->words; words > 0; words -= 120) {
    const int32_t block = words < 120 ? words : 120;
    const uint8x16_t zero = vdupq_n_u8(0);
    uint8x16_t c[16] = {zero, zero, zero, zero, zero, zero, zero, zero,
                        zero, zero, zero, zero, zero, zero, zero, zero};
    for (int32_t n = block / 8; n > 0; --n)
      slb_count_step_neon(op, &x, 8, c);
    if (block % 8 != 0)
      slb_count_step_neon(op, &x, block % 8, c);
    slb_add_counts_neon(c, operands->scale, sums);
    slb_add_counts_neon(c + 4, operands->scale, sums + 4);
    slb_add_counts_neon(c + 8, operands->scale, sums + 8);
    slb_add_counts_neon(c + 12, operands->scale, sums + 12);
  }
}

static void slb_count_neon(const slb_bit_operands *x, int32_t *sums) {
  if (x->op == SLB_COUNT_AND)
    slb_count_op_neon(SLB_COUNT_AND, x, sums);
  else if (x->op == SLB_COUNT_XOR)
    slb_count_op_neon(SLB_COUNT_XOR, x, sums);
  else
    slb_count_op_neon(SLB_COUNT_XOR_AND, x, sums);
}

/// See slb_conv2d_bits_bits_tile; vector_words = 8, slots = 1.
static void slb_conv2d_bits_bits_neon(const slb_conv2d *g,
                                      const slb_planes *activation_planes,
                                      const slb_planes *weight_planes,
                                      const uint32_t *weights,
                                      const uint32_t *input, int32_t first,
                                      int32_t pixels, void *scratch,
                                      int32_t *acc) {
  const slb_bit_counter counter = {8, 1, 0, slb_ones_neon, slb_count_neon};
  slb_conv2d_bits_bits_tile(&counter, g, activation_planes, weight_planes,
                            weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BITS_NEON_H
