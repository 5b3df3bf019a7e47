//===- slb_conv2d_bits_bits_avx2.h - Bit planes by bit planes, AVX2 -------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_AVX2_H
#define SLB_CONV2D_BITS_BITS_AVX2_H

#ifndef __AVX2__
#error "this network is compiled for x86-64-v3 (AVX2)"
#endif

#include "../vectors/slb_conv2d_bits_bits_tile.h"

#include <immintrin.h>
#include <stdint.h>

static int32_t slb_ones_avx2(const uint32_t *plane, int32_t stride) {
  int32_t ones = 0;
  for (int32_t k = 0; k < stride; ++k)
    ones += __builtin_popcount(plane[k]);
  return ones;
}

/// Splits each byte of a plane into two, the low nibbles' vector before the
/// high nibbles': a table of 16 counts then needs no shift and no mask. Runs
/// from the end, as both vectors lie at or after the one they come from.
static void slb_split_nibbles_avx2(uint32_t *plane, int32_t stride) {
  const __m256i nibble = _mm256_set1_epi8(15);
  for (int32_t k = stride - 8; k >= 0; k -= 8) {
    const __m256i x = _mm256_loadu_si256((const __m256i *)(plane + k));
    __m256i *target = (__m256i *)(plane + 2 * k);
    _mm256_storeu_si256(target, _mm256_and_si256(x, nibble));
    _mm256_storeu_si256(target + 1,
                        _mm256_and_si256(_mm256_srli_epi16(x, 4), nibble));
  }
}

/// Loads n <= 8 words, and zeros for the rest of the vector.
static inline __attribute__((always_inline)) __m256i
slb_load_words_avx2(const uint32_t *x, int32_t n) {
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  const __m256i mask = _mm256_cmpgt_epi32(_mm256_set1_epi32(n), lane);
  return _mm256_maskload_epi32((const int *)x, mask);
}

/// Returns `count` plus the ones, byte by byte, of a prepared vector `a` (mask
/// `m`) by the split weights.
static inline __attribute__((always_inline)) __m256i
slb_count_vector_avx2(int32_t op, const uint32_t *a, const uint32_t *m,
                      __m256i low, __m256i high, __m256i table, __m256i count) {
  const __m256i *patch = (const __m256i *)a;
  const __m256i *mask = (const __m256i *)m;
  __m256i x = _mm256_loadu_si256(patch);
  __m256i y = _mm256_loadu_si256(patch + 1);
  x = op == SLB_COUNT_AND ? _mm256_and_si256(x, low) : _mm256_xor_si256(x, low);
  y = op == SLB_COUNT_AND ? _mm256_and_si256(y, high)
                          : _mm256_xor_si256(y, high);
  if (op == SLB_COUNT_XOR_AND) {
    x = _mm256_and_si256(x, _mm256_loadu_si256(mask));
    y = _mm256_and_si256(y, _mm256_loadu_si256(mask + 1));
  }
  count = _mm256_add_epi8(count, _mm256_shuffle_epi8(table, x));
  return _mm256_add_epi8(count, _mm256_shuffle_epi8(table, y));
}

/// Adds the byte sums of c[p][o], 4 patches by 2 rows, to counts[p][o], whose
/// rows have 4 elements.
static inline __attribute__((always_inline)) void
slb_widen_counts_avx2(const __m256i *c, int32_t *counts) {
  const __m256i zero = _mm256_setzero_si256();
  __m256i pair[4];
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p)
    pair[p] = _mm256_or_si256(
        _mm256_sad_epu8(c[2 * p], zero),
        _mm256_slli_epi64(_mm256_sad_epu8(c[2 * p + 1], zero), 32));
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; p += 2) {
    const __m256i sum =
        _mm256_add_epi32(_mm256_unpacklo_epi64(pair[p], pair[p + 1]),
                         _mm256_unpackhi_epi64(pair[p], pair[p + 1]));
    const __m128i total = _mm_add_epi32(_mm256_castsi256_si128(sum),
                                        _mm256_extracti128_si256(sum, 1));
    counts[4 * p] += _mm_extract_epi32(total, 0);
    counts[4 * p + 1] += _mm_extract_epi32(total, 1);
    counts[4 * p + 4] += _mm_extract_epi32(total, 2);
    counts[4 * p + 5] += _mm_extract_epi32(total, 3);
  }
}

/// Adds the ones of 4 patches by rows o and o + 1 to counts[p][o]. A byte
/// counts at most 8 ones a vector, so that 31 vectors, 248 words, fit before it
/// is widened.
static inline __attribute__((always_inline)) void
slb_count_4x2_avx2(int32_t op, const slb_bit_operands *x, int32_t first,
                   int32_t *counts) {
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i table =
      _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
                       2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const uint32_t *rows = x->row + first * x->row_step;
  for (int32_t k = 0; k < x->words;) {
    const int32_t end = x->words - k < 248 ? x->words : k + 248;
    __m256i c[8];
#pragma GCC unroll 8
    for (int32_t t = 0; t < 8; ++t)
      c[t] = _mm256_setzero_si256();
    for (; k < end; k += 8) {
      __m256i low[2], high[2];
#pragma GCC unroll 2
      for (int32_t o = 0; o < 2; ++o) {
        const uint32_t *row = rows + o * x->row_step + k;
        const __m256i w = end - k >= 8
                              ? _mm256_loadu_si256((const __m256i *)row)
                              : slb_load_words_avx2(row, end - k);
        low[o] = _mm256_and_si256(w, nibble);
        high[o] = _mm256_and_si256(_mm256_srli_epi16(w, 4), nibble);
      }
#pragma GCC unroll 4
      for (int32_t p = 0; p < 4; ++p)
#pragma GCC unroll 2
        for (int32_t o = 0; o < 2; ++o)
          c[2 * p + o] =
              slb_count_vector_avx2(op, x->patch + p * x->patch_step + 2 * k,
                                    x->mask + p * x->patch_step + 2 * k, low[o],
                                    high[o], table, c[2 * p + o]);
    }
    slb_widen_counts_avx2(c, counts + first);
  }
}

/// See slb_bit_counter::count.
static void slb_count_avx2(const slb_bit_operands *x, int32_t *sums) {
  int32_t counts[16] = {0};
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; o += 2) {
    if (x->op == SLB_COUNT_AND)
      slb_count_4x2_avx2(SLB_COUNT_AND, x, o, counts);
    else if (x->op == SLB_COUNT_XOR)
      slb_count_4x2_avx2(SLB_COUNT_XOR, x, o, counts);
    else
      slb_count_4x2_avx2(SLB_COUNT_XOR_AND, x, o, counts);
  }
#pragma GCC unroll 16
  for (int32_t t = 0; t < 16; ++t)
    sums[t] += x->scale * counts[t];
}

/// See slb_conv2d_bits_bits_tile; vector_words = 8, slots = 2.
static void slb_conv2d_bits_bits_avx2(const slb_conv2d *g,
                                      const slb_planes *activation_planes,
                                      const slb_planes *weight_planes,
                                      const uint32_t *weights,
                                      const uint32_t *input, int32_t first,
                                      int32_t pixels, void *scratch,
                                      int32_t *acc) {
  const slb_bit_counter counter = {8, 2, slb_split_nibbles_avx2, slb_ones_avx2,
                                   slb_count_avx2};
  slb_conv2d_bits_bits_tile(&counter, g, activation_planes, weight_planes,
                            weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BITS_AVX2_H
