//===- slb_multiply_codes_avx2.h - Bytes by codes, AVX2 -------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_MULTIPLY_CODES_AVX2_H
#define SLB_MULTIPLY_CODES_AVX2_H

#ifndef __AVX2__
#error "this network is compiled for x86-64-v3 (AVX2)"
#endif

#include "../vectors/slb_conv2d_codes_tile.h"

#include <immintrin.h>
#include <stdint.h>

/// See slb_expand_bits_avx2.
static inline __attribute__((always_inline)) void
slb_expand_planes_avx2(int32_t count, const slb_planes *planes,
                       const uint32_t *bits, int32_t words, uint8_t *values) {
  // Lane r gets the byte that holds bit r.
  const __m256i bytes = _mm256_setr_epi64x(
      0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
  const __m256i bit = _mm256_set1_epi64x((int64_t)0x8040201008040201);
  __m256i coefficients[8];
  for (int32_t i = 0; i < count; ++i)
    coefficients[i] = _mm256_set1_epi8((char)planes->coefficient[i]);
  for (int32_t k = 0; k < words; ++k) {
    __m256i sum = _mm256_setzero_si256();
    for (int32_t i = 0; i < count; ++i) {
      const __m256i word = _mm256_set1_epi32((int32_t)bits[i * words + k]);
      const __m256i spread = _mm256_shuffle_epi8(word, bytes);
      const __m256i is_set =
          _mm256_cmpeq_epi8(_mm256_and_si256(spread, bit), bit);
      sum = _mm256_add_epi8(sum, _mm256_and_si256(is_set, coefficients[i]));
    }
    _mm256_storeu_si256((__m256i *)(void *)(values + 32 * k), sum);
  }
}

/// See slb_byte_multiplier::expand.
static void slb_expand_bits_avx2(const slb_planes *planes, const uint32_t *bits,
                                 int32_t length, uint8_t *values) {
  const int32_t words = (length + 31) / 32;
  if (planes->count == 1)
    slb_expand_planes_avx2(1, planes, bits, words, values);
  else if (planes->count == 2)
    slb_expand_planes_avx2(2, planes, bits, words, values);
  else if (planes->count == 4)
    slb_expand_planes_avx2(4, planes, bits, words, values);
  else
    slb_expand_planes_avx2(planes->count, planes, bits, words, values);
}

/// Returns the products of 128 values and codes, 16 to a lane. Sums of 16 bits
/// hold four of the largest, 2 * 255 * 15 each.
static inline __attribute__((always_inline)) __m256i
slb_multiply_128_avx2(const uint8_t *values, const __m256i *codes) {
  const __m256i *a = (const __m256i *)(const void *)values;
  const __m256i low = _mm256_add_epi16(
      _mm256_maddubs_epi16(_mm256_loadu_si256(a), codes[0]),
      _mm256_maddubs_epi16(_mm256_loadu_si256(a + 1), codes[1]));
  const __m256i high = _mm256_add_epi16(
      _mm256_maddubs_epi16(_mm256_loadu_si256(a + 2), codes[2]),
      _mm256_maddubs_epi16(_mm256_loadu_si256(a + 3), codes[3]));
  return _mm256_madd_epi16(_mm256_add_epi16(low, high), _mm256_set1_epi16(1));
}

/// Sets sums[0], [4], [8], [12] to the products of 4 patches by one row.
static inline __attribute__((always_inline)) void
slb_dot_row_avx2(const slb_byte_operands *x, const uint8_t *row,
                 int32_t *sums) {
  const __m256i ones = _mm256_set1_epi16(1);
  const int32_t padded = 32 * x->words;
  int32_t r = 0;
  __m256i acc[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(),
                    _mm256_setzero_si256(), _mm256_setzero_si256()};
  for (; r + 128 <= padded; r += 128) {
    __m256i codes[4];
#pragma GCC unroll 4
    for (int32_t i = 0; i < 4; ++i)
      codes[i] =
          _mm256_loadu_si256((const __m256i *)(const void *)(row + r) + i);
#pragma GCC unroll 4
    for (int32_t p = 0; p < 4; ++p)
      acc[p] = _mm256_add_epi32(
          acc[p],
          slb_multiply_128_avx2(x->patch + p * x->patch_step + r, codes));
  }
  for (; r < padded; r += 32) {
    const __m256i code =
        _mm256_loadu_si256((const __m256i *)(const void *)(row + r));
#pragma GCC unroll 4
    for (int32_t p = 0; p < 4; ++p) {
      const __m256i a = _mm256_loadu_si256(
          (const __m256i *)(const void *)(x->patch + p * x->patch_step + r));
      const __m256i sums16 = _mm256_maddubs_epi16(a, code);
      acc[p] = _mm256_add_epi32(acc[p], _mm256_madd_epi16(sums16, ones));
    }
  }
  const __m256i pairs = _mm256_hadd_epi32(_mm256_hadd_epi32(acc[0], acc[1]),
                                          _mm256_hadd_epi32(acc[2], acc[3]));
  const __m128i total = _mm_add_epi32(_mm256_castsi256_si128(pairs),
                                      _mm256_extracti128_si256(pairs, 1));
  sums[0] = _mm_extract_epi32(total, 0);
  sums[4] = _mm_extract_epi32(total, 1);
  sums[8] = _mm_extract_epi32(total, 2);
  sums[12] = _mm_extract_epi32(total, 3);
}

/// See slb_byte_multiplier::dot.
static void slb_dot_codes_avx2(const slb_byte_operands *x, int32_t *sums) {
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; ++o)
    slb_dot_row_avx2(x, x->row + o * x->row_step, sums + o);
}

#endif // SLB_MULTIPLY_CODES_AVX2_H
