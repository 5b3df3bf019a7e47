//===- slb_conv2d_bits_bits_avx512.h - Bit planes by bit planes, AVX-512 --===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_AVX512_H
#define SLB_CONV2D_BITS_BITS_AVX512_H

#if !defined(__AVX512F__) || !defined(__AVX512VPOPCNTDQ__)
#error "this network is compiled for x86-64-v4 with AVX-512 VPOPCNTDQ"
#endif

#include "../vectors/slb_conv2d_bits_bits_tile.h"

#include <immintrin.h>
#include <stdint.h>

static int32_t slb_ones_avx512(const uint32_t *plane, int32_t stride) {
  __m512i sum = _mm512_setzero_si512();
  for (int32_t k = 0; k < stride; k += 16)
    sum = _mm512_add_epi64(sum,
                           _mm512_popcnt_epi64(_mm512_loadu_si512(plane + k)));
  return (int32_t)_mm512_reduce_add_epi64(sum);
}

/// Adds the ones of patch `a` (mask `m`) by rows w[0..4) to counts[0..4).
static inline __attribute__((always_inline)) void
slb_count_row_avx512(int32_t op, const uint32_t *a, const uint32_t *m,
                     const __m512i *w, __m512i *counts) {
  const __m512i patch = _mm512_loadu_si512(a);
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; ++o) {
    __m512i x = op == SLB_COUNT_AND ? _mm512_and_si512(patch, w[o])
                                    : _mm512_xor_si512(patch, w[o]);
    if (op == SLB_COUNT_XOR_AND)
      x = _mm512_and_si512(x, _mm512_loadu_si512(m));
    counts[o] = _mm512_add_epi64(counts[o], _mm512_popcnt_epi64(x));
  }
}

/// Adds scale * the sums of the 64-bit lanes of c[0..4), each below 2^32, to
/// sums[0..4).
static inline __attribute__((always_inline)) void
slb_add_lanes_avx512(const __m512i *c, int32_t scale, int32_t *sums) {
  const __m512i x = _mm512_or_si512(c[0], _mm512_slli_epi64(c[1], 32));
  const __m512i y = _mm512_or_si512(c[2], _mm512_slli_epi64(c[3], 32));
  const __m512i sum = _mm512_add_epi32(_mm512_unpacklo_epi64(x, y),
                                       _mm512_unpackhi_epi64(x, y));
  const __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(sum),
                                        _mm512_extracti64x4_epi64(sum, 1));
  const __m128i total = _mm_add_epi32(_mm256_castsi256_si128(half),
                                      _mm256_extracti128_si256(half, 1));
  __m128i *target = (__m128i *)(void *)sums;
  _mm_storeu_si128(
      target, _mm_add_epi32(_mm_loadu_si128(target),
                            _mm_mullo_epi32(total, _mm_set1_epi32(scale))));
}

static inline __attribute__((always_inline)) void
slb_count_op_avx512(int32_t op, const slb_bit_operands *x, int32_t *sums) {
  __m512i c[16];
#pragma GCC unroll 16
  for (int32_t t = 0; t < 16; ++t)
    c[t] = _mm512_setzero_si512();
  for (int32_t k = 0; k < x->words; k += 16) {
    const int32_t left = x->words - k;
    const __mmask16 inside =
        (__mmask16)(left < 16 ? (1u << left) - 1u : 0xffffu);
    __m512i w[4];
#pragma GCC unroll 4
    for (int32_t o = 0; o < 4; ++o)
      w[o] = _mm512_maskz_loadu_epi32(inside, x->row + o * x->row_step + k);
#pragma GCC unroll 4
    for (int32_t p = 0; p < 4; ++p)
      slb_count_row_avx512(op, x->patch + p * x->patch_step + k,
                           x->mask + p * x->patch_step + k, w, c + 4 * p);
  }
#pragma GCC unroll 4
  for (int32_t p = 0; p < 4; ++p)
    slb_add_lanes_avx512(c + 4 * p, x->scale, sums + 4 * p);
}

/// See slb_bit_counter::count.
static void slb_count_avx512(const slb_bit_operands *x, int32_t *sums) {
  if (x->op == SLB_COUNT_AND)
    slb_count_op_avx512(SLB_COUNT_AND, x, sums);
  else if (x->op == SLB_COUNT_XOR)
    slb_count_op_avx512(SLB_COUNT_XOR, x, sums);
  else
    slb_count_op_avx512(SLB_COUNT_XOR_AND, x, sums);
}

/// See slb_conv2d_bits_bits_tile; vector_words = 16, slots = 1.
static void slb_conv2d_bits_bits_avx512(const slb_conv2d *g,
                                        const slb_planes *activation_planes,
                                        const slb_planes *weight_planes,
                                        const uint32_t *weights,
                                        const uint32_t *input, int32_t first,
                                        int32_t pixels, void *scratch,
                                        int32_t *acc) {
  const slb_bit_counter counter = {16, 1, 0, slb_ones_avx512, slb_count_avx512};
  slb_conv2d_bits_bits_tile(&counter, g, activation_planes, weight_planes,
                            weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BITS_AVX512_H
