//===- slb_conv2d_u8_bits_avx2.h - Bytes by bit planes, AVX2 --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_AVX2_H
#define SLB_CONV2D_U8_BITS_AVX2_H

#ifndef __AVX2__
#error "this network is compiled for x86-64-v3 (AVX2)"
#endif

#include "slb_conv2d_u8_bits_tile.h"
#include "slb_slice_bytes_sse.h"

#include <immintrin.h>
#include <stdint.h>

/// Reorders 256 values: slice s of 32 bytes holds the values 8 * l + s, l < 32.
static void slb_slice_bytes_avx2(const uint8_t *values, uint8_t *patch) {
  __m128i slices[8];
#pragma GCC unroll 2
  for (int32_t half = 0; half < 2; ++half) {
    slb_slice_bytes_sse(values + 128 * half, slices);
#pragma GCC unroll 8
    for (int32_t s = 0; s < 8; ++s)
      _mm_storeu_si128((__m128i *)(void *)(patch + 32 * s + 16 * half),
                       slices[s]);
  }
}

/// Returns the codes of slice s of a row's planes w[0..planes).
static inline __attribute__((always_inline)) __m256i
slb_slice_codes_avx2(int32_t planes, const __m256i *w, int32_t s) {
  __m256i codes =
      _mm256_and_si256(_mm256_srli_epi16(w[0], s), _mm256_set1_epi8(1));
#pragma GCC unroll 4
  for (int32_t j = 1; j < planes; ++j) {
    const __m256i bit =
        s < j ? _mm256_slli_epi16(w[j], j - s) : _mm256_srli_epi16(w[j], s - j);
    codes = _mm256_or_si256(
        codes, _mm256_and_si256(bit, _mm256_set1_epi8((char)(1 << j))));
  }
  return codes;
}

/// Adds slices s .. s + 3 of 4 patches by one row to acc[0..4). Sums of 16 bits
/// hold four of the largest, 2 * 255 * 15 each.
static inline __attribute__((always_inline)) void
slb_dot_slices_avx2(int32_t planes, const uint8_t *patch, int32_t patch_step,
                    const __m256i *w, int32_t s, __m256i *acc) {
  const __m256i code0 = slb_slice_codes_avx2(planes, w, s);
  const __m256i code1 = slb_slice_codes_avx2(planes, w, s + 1);
  const __m256i code2 = slb_slice_codes_avx2(planes, w, s + 2);
  const __m256i code3 = slb_slice_codes_avx2(planes, w, s + 3);
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p) {
    const __m256i *a =
        (const __m256i *)(const void *)(patch + p * patch_step + 32 * s);
    const __m256i low = _mm256_add_epi16(
        _mm256_maddubs_epi16(_mm256_loadu_si256(a), code0),
        _mm256_maddubs_epi16(_mm256_loadu_si256(a + 1), code1));
    const __m256i high = _mm256_add_epi16(
        _mm256_maddubs_epi16(_mm256_loadu_si256(a + 2), code2),
        _mm256_maddubs_epi16(_mm256_loadu_si256(a + 3), code3));
    acc[p] =
        _mm256_add_epi32(acc[p], _mm256_madd_epi16(_mm256_add_epi16(low, high),
                                                   _mm256_set1_epi16(1)));
  }
}

/// Loads n <= 8 words, and zeros for the rest of the vector.
static inline __attribute__((always_inline)) __m256i
slb_load_row_avx2(const uint32_t *x, int32_t n) {
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  return _mm256_maskload_epi32((const int *)(const void *)x,
                               _mm256_cmpgt_epi32(_mm256_set1_epi32(n), lane));
}

/// Sets sums[0], [4], [8], [12] to the products of 4 patches by one row.
static inline __attribute__((always_inline)) void
slb_dot_row_avx2(int32_t planes, const slb_byte_operands *x,
                 const uint32_t *row, int32_t *sums) {
  __m256i acc[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(),
                    _mm256_setzero_si256(), _mm256_setzero_si256()};
  for (int32_t k = 0; k < x->words; k += 8) {
    const uint8_t *patch = x->patch + 32 * k;
    __m256i w[4];
#pragma GCC unroll 4
    for (int32_t j = 0; j < planes; ++j)
      w[j] = slb_load_row_avx2(row + j * x->words + k, x->words - k);
    slb_dot_slices_avx2(planes, patch, x->patch_step, w, 0, acc);
    slb_dot_slices_avx2(planes, patch, x->patch_step, w, 4, acc);
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
  for (int32_t o = 0; o < 4; ++o) {
    const uint32_t *row = x->row + o * x->row_step;
    if (x->planes == 1)
      slb_dot_row_avx2(1, x, row, sums + o);
    else if (x->planes == 2)
      slb_dot_row_avx2(2, x, row, sums + o);
    else if (x->planes == 3)
      slb_dot_row_avx2(3, x, row, sums + o);
    else
      slb_dot_row_avx2(4, x, row, sums + o);
  }
}

/// See slb_conv2d_u8_bits_tile; group = 256.
static void slb_conv2d_u8_bits_avx2(const slb_conv2d *g,
                                    const slb_planes *weight_planes,
                                    const uint32_t *weights,
                                    const uint8_t *input, int32_t first,
                                    int32_t pixels, void *scratch,
                                    int32_t *acc) {
  const slb_byte_multiplier multiplier = {256, slb_slice_bytes_avx2,
                                          slb_dot_codes_avx2};
  slb_conv2d_u8_bits_tile(&multiplier, g, weight_planes, weights, input, first,
                          pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_AVX2_H
