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

#include "slb_conv2d_bits_bits_tile.h"

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
  for (int32_t o = 0; o < 4; ++o) {
    uint64_t x = op == SLB_COUNT_AND ? a & w[o] : a ^ w[o];
    if (op == SLB_COUNT_XOR_AND)
      x &= m;
    sums[o] += (uint64_t)__builtin_popcountll(x);
  }
}

/// Sets counts[2][4] of 2 patches by 4 rows. Patches are padded to two words,
/// rows are not.
static inline __attribute__((always_inline)) void
slb_count_2x4_zbb(int32_t op, const uint32_t *const *patches,
                  const uint32_t *const *masks, const uint32_t *const *rows,
                  int32_t words, int32_t *counts) {
  const uint32_t *w0 = rows[0], *w1 = rows[1], *w2 = rows[2], *w3 = rows[3];
  uint64_t sums[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  for (int32_t k = 0; k < words; k += 2) {
    uint64_t w[4];
    if (k + 2 <= words) {
      w[0] = slb_load_words_zbb(w0 + k);
      w[1] = slb_load_words_zbb(w1 + k);
      w[2] = slb_load_words_zbb(w2 + k);
      w[3] = slb_load_words_zbb(w3 + k);
    } else {
      w[0] = w0[k];
      w[1] = w1[k];
      w[2] = w2[k];
      w[3] = w3[k];
    }
    for (int32_t p = 0; p < 2; ++p) {
      const uint64_t m =
          op == SLB_COUNT_XOR_AND ? slb_load_words_zbb(masks[p] + k) : 0;
      slb_count_row_zbb(op, slb_load_words_zbb(patches[p] + k), m, w,
                        sums + 4 * p);
    }
  }
  for (int32_t t = 0; t < 8; ++t)
    counts[t] = (int32_t)sums[t];
}

static void slb_count_zbb(int32_t op, const uint32_t *const *patches,
                          const uint32_t *const *masks,
                          const uint32_t *const *rows, int32_t words,
                          int32_t *counts) {
  for (int32_t p = 0; p < 4; p += 2) {
    if (op == SLB_COUNT_AND)
      slb_count_2x4_zbb(SLB_COUNT_AND, patches + p, masks + p, rows, words,
                        counts + 4 * p);
    else if (op == SLB_COUNT_XOR)
      slb_count_2x4_zbb(SLB_COUNT_XOR, patches + p, masks + p, rows, words,
                        counts + 4 * p);
    else
      slb_count_2x4_zbb(SLB_COUNT_XOR_AND, patches + p, masks + p, rows, words,
                        counts + 4 * p);
  }
}

/// See slb_conv2d_bits_bits_tile; vector_words = 2, slots = 1.
static void slb_conv2d_bits_bits_zbb(
    const slb_conv2d *g, const slb_planes *activation_planes,
    const slb_planes *weight_planes, const uint32_t *weights,
    const uint32_t *input, int32_t first, int32_t pixels, void *scratch,
    int32_t *acc) {
  const slb_bit_counter counter = {2, 1, 0, slb_ones_zbb, slb_count_zbb};
  slb_conv2d_bits_bits_tile(&counter, g, activation_planes, weight_planes,
                            weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BITS_ZBB_H
