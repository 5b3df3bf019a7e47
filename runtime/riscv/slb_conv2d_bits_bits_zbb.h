//===- slb_conv2d_bits_bits_zbb.h - Bit planes by bit planes, RV64 Zbb ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_ZBB_H
#define SLB_CONV2D_BITS_BITS_ZBB_H

#if !defined(__riscv) || __riscv_xlen != 64 || !defined(__riscv_zbb)
#error "this network is compiled for RV64 with Zbb"
#endif

#include "../vectors/slb_conv2d_bits_bits_tile.h"

#include <stdint.h>

/// Loads two words; the compiler makes one load of it where x is known to be
/// aligned, or two.
static inline __attribute__((always_inline)) uint64_t
slb_load_words_zbb(const uint32_t *x) {
  return x[0] | (uint64_t)x[1] << 32;
}

static int32_t slb_ones_zbb(const uint32_t *plane, int32_t stride) {
  int32_t ones = 0;
  for (int32_t k = 0; k < stride; ++k)
    ones += __builtin_popcount(plane[k]);
  return ones;
}

/// Adds the ones of one patch by 4 rows' words to sums[0..4).
static inline __attribute__((always_inline)) void
slb_count_row_zbb(int32_t op, uint64_t a, uint64_t m, const uint64_t *w,
                  uint64_t *sums) {
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; ++o) {
    uint64_t x = op == SLB_COUNT_AND ? a & w[o] : a ^ w[o];
    if (op == SLB_COUNT_XOR_AND)
      x &= m;
    sums[o] += (uint64_t)__builtin_popcountll(x);
  }
}

/// Adds scale * the ones of patches p, p + 1 by 4 rows to sums[p][4]. Patches
/// are padded to two words, rows are not.
static inline __attribute__((always_inline)) void
slb_count_2x4_zbb(int32_t op, const slb_bit_operands *x, int32_t p,
                  int32_t *sums) {
  const int32_t step = x->row_step;
  const uint32_t *w0 = x->row, *w1 = w0 + step, *w2 = w1 + step,
                 *w3 = w2 + step;
  const uint32_t *a0 = x->patch + p * x->patch_step, *a1 = a0 + x->patch_step;
  const uint32_t *m0 = x->mask + p * x->patch_step, *m1 = m0 + x->patch_step;
  uint64_t ones[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  for (int32_t k = 0; k < x->words; k += 2) {
    uint64_t w[4], m[2] = {0, 0};
    const int32_t whole = k + 2 <= x->words;
    w[0] = whole ? slb_load_words_zbb(w0 + k) : w0[k];
    w[1] = whole ? slb_load_words_zbb(w1 + k) : w1[k];
    w[2] = whole ? slb_load_words_zbb(w2 + k) : w2[k];
    w[3] = whole ? slb_load_words_zbb(w3 + k) : w3[k];
    if (op == SLB_COUNT_XOR_AND) {
      m[0] = slb_load_words_zbb(m0 + k);
      m[1] = slb_load_words_zbb(m1 + k);
    }
    slb_count_row_zbb(op, slb_load_words_zbb(a0 + k), m[0], w, ones);
    slb_count_row_zbb(op, slb_load_words_zbb(a1 + k), m[1], w, ones + 4);
  }
#pragma GCC unroll 8
  for (int32_t t = 0; t < 8; ++t)
    sums[4 * p + t] += x->scale * (int32_t)ones[t];
}

/// See slb_bit_counter::count.
static void slb_count_zbb(const slb_bit_operands *x, int32_t *sums) {
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; p += 2) {
    if (x->op == SLB_COUNT_AND)
      slb_count_2x4_zbb(SLB_COUNT_AND, x, p, sums);
    else if (x->op == SLB_COUNT_XOR)
      slb_count_2x4_zbb(SLB_COUNT_XOR, x, p, sums);
    else
      slb_count_2x4_zbb(SLB_COUNT_XOR_AND, x, p, sums);
  }
}

/// See slb_conv2d_bits_bits_tile; vector_words = 2, slots = 1.
static void slb_conv2d_bits_bits_zbb(const slb_conv2d *g,
                                     const slb_planes *activation_planes,
                                     const slb_planes *weight_planes,
                                     const uint32_t *weights,
                                     const uint32_t *input, int32_t first,
                                     int32_t pixels, void *scratch,
                                     int32_t *acc) {
  const slb_bit_counter counter = {2, 1, 0, slb_ones_zbb, slb_count_zbb};
  slb_conv2d_bits_bits_tile(&counter, g, activation_planes, weight_planes,
                            weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BITS_ZBB_H
