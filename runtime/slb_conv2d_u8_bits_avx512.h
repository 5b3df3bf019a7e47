//===- slb_conv2d_u8_bits_avx512.h - Bytes by bit planes, AVX-512 VNNI ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_U8_BITS_AVX512_H
#define SLB_CONV2D_U8_BITS_AVX512_H

#if !defined(__AVX512BW__) || !defined(__AVX512VNNI__)
#error "this network is compiled for x86-64-v4 with AVX-512 VNNI"
#endif

#include "slb_conv2d_u8_bits_tile.h"
#include "slb_slice_bytes_sse.h"

#include <immintrin.h>
#include <stdint.h>

/// Reorders 256 values: slice s < 4 of 64 bytes holds the values 8 * l + s, l <
/// 32, before the values 8 * l + s + 4.
static void slb_slice_bytes_avx512(const uint8_t *values, uint8_t *patch) {
  __m128i slices[8];
#pragma GCC unroll 2
  for (int32_t half = 0; half < 2; ++half) {
    slb_slice_bytes_sse(values + 128 * half, slices);
#pragma GCC unroll 8
    for (int32_t s = 0; s < 8; ++s)
      _mm_storeu_si128(
          (__m128i *)(void *)(patch + 64 * (s % 4) + 32 * (s / 4) + 16 * half),
          slices[s]);
  }
}

/// Loads n words of 8, and zeros for the rest, to both halves of a vector; the
/// upper half is shifted right by 4, so that its bit s is bit s + 4.
static inline __attribute__((always_inline)) __m512i
slb_load_row_avx512(const uint32_t *x, int32_t n) {
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  const __m256i words =
      _mm256_maskload_epi32((const int *)(const void *)x,
                            _mm256_cmpgt_epi32(_mm256_set1_epi32(n), lane));
  return _mm512_inserti64x4(_mm512_castsi256_si512(words),
                            _mm256_srli_epi16(words, 4), 1);
}

/// Returns the codes of slice s of a row's planes w[0], w[4], ...
static inline __attribute__((always_inline)) __m512i
slb_slice_codes_avx512(int32_t planes, const __m512i *w, int32_t s) {
  __m512i codes = _mm512_and_si512(_mm512_srl_epi16(w[0], _mm_cvtsi32_si128(s)),
                                   _mm512_set1_epi8(1));
#pragma GCC unroll 4
  for (int32_t j = 1; j < planes; ++j) {
    const __m512i bit =
        s < j ? _mm512_sll_epi16(w[4 * j], _mm_cvtsi32_si128(j - s))
              : _mm512_srl_epi16(w[4 * j], _mm_cvtsi32_si128(s - j));
    codes = _mm512_or_si512(
        codes, _mm512_and_si512(bit, _mm512_set1_epi8((char)(1 << j))));
  }
  return codes;
}

/// Adds slice s of 4 patches by 4 rows, plane j of row o in w[4 * j + o], to
/// acc[p][o].
static inline __attribute__((always_inline)) void
slb_dot_slice_avx512(int32_t planes, const uint8_t *patch, int32_t patch_step,
                     const __m512i *w, int32_t s, __m512i *acc) {
  const __m512i code0 = slb_slice_codes_avx512(planes, w, s);
  const __m512i code1 = slb_slice_codes_avx512(planes, w + 1, s);
  const __m512i code2 = slb_slice_codes_avx512(planes, w + 2, s);
  const __m512i code3 = slb_slice_codes_avx512(planes, w + 3, s);
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p, acc += 4) {
    const __m512i a = _mm512_loadu_si512(patch + p * patch_step + 64 * s);
    acc[0] = _mm512_dpbusd_epi32(acc[0], a, code0);
    acc[1] = _mm512_dpbusd_epi32(acc[1], a, code1);
    acc[2] = _mm512_dpbusd_epi32(acc[2], a, code2);
    acc[3] = _mm512_dpbusd_epi32(acc[3], a, code3);
  }
}

/// Returns the sums of the 32-bit lanes of x[0..4).
static inline __attribute__((always_inline)) __m128i
slb_sum_lanes_avx512(const __m512i *x) {
  const __m512i low = _mm512_add_epi32(_mm512_unpacklo_epi32(x[0], x[1]),
                                       _mm512_unpackhi_epi32(x[0], x[1]));
  const __m512i high = _mm512_add_epi32(_mm512_unpacklo_epi32(x[2], x[3]),
                                        _mm512_unpackhi_epi32(x[2], x[3]));
  const __m512i sum = _mm512_add_epi32(_mm512_unpacklo_epi64(low, high),
                                       _mm512_unpackhi_epi64(low, high));
  const __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(sum),
                                        _mm512_extracti64x4_epi64(sum, 1));
  return _mm_add_epi32(_mm256_castsi256_si128(half),
                       _mm256_extracti128_si256(half, 1));
}

static inline __attribute__((always_inline)) void
slb_dot_planes_avx512(int32_t planes, const slb_byte_operands *x,
                      int32_t *sums) {
  __m512i acc[16];
#pragma GCC unroll 16
  for (int32_t t = 0; t < 16; ++t)
    acc[t] = _mm512_setzero_si512();
  for (int32_t k = 0; k < x->words; k += 8) {
    const uint8_t *patch = x->patch + 32 * k;
    __m512i w[16];
#pragma GCC unroll 16
    for (int32_t t = 0; t < 4 * planes; ++t)
      w[t] = slb_load_row_avx512(
          x->row + t % 4 * x->row_step + t / 4 * x->words + k, x->words - k);
    slb_dot_slice_avx512(planes, patch, x->patch_step, w, 0, acc);
    slb_dot_slice_avx512(planes, patch, x->patch_step, w, 1, acc);
    slb_dot_slice_avx512(planes, patch, x->patch_step, w, 2, acc);
    slb_dot_slice_avx512(planes, patch, x->patch_step, w, 3, acc);
  }
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p)
    _mm_storeu_si128((__m128i *)(void *)(sums + 4 * p),
                     slb_sum_lanes_avx512(acc + 4 * p));
}

/// See slb_byte_multiplier::dot.
static void slb_dot_codes_avx512(const slb_byte_operands *x, int32_t *sums) {
  if (x->planes == 1)
    slb_dot_planes_avx512(1, x, sums);
  else if (x->planes == 2)
    slb_dot_planes_avx512(2, x, sums);
  else if (x->planes == 3)
    slb_dot_planes_avx512(3, x, sums);
  else
    slb_dot_planes_avx512(4, x, sums);
}

/// See slb_conv2d_u8_bits_tile; group = 256.
static void slb_conv2d_u8_bits_avx512(const slb_conv2d *g,
                                      const slb_planes *weight_planes,
                                      const uint32_t *weights,
                                      const uint8_t *input, int32_t first,
                                      int32_t pixels, void *scratch,
                                      int32_t *acc) {
  const slb_byte_multiplier multiplier = {256, slb_slice_bytes_avx512,
                                          slb_dot_codes_avx512};
  slb_conv2d_u8_bits_tile(&multiplier, g, weight_planes, weights, input, first,
                          pixels, scratch, acc);
}

#endif // SLB_CONV2D_U8_BITS_AVX512_H
