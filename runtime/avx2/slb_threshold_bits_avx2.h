//===- slb_threshold_bits_avx2.h - Thresholds to codes, AVX2 --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_THRESHOLD_BITS_AVX2_H
#define SLB_THRESHOLD_BITS_AVX2_H

#ifndef __AVX2__
#error "this network is compiled for x86-64-v3 (AVX2)"
#endif

#include "../c99/slb_threshold_bits.h"

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

/// Returns bit c set where signs[c] * acc[c] >= thresholds[c], c < 8; `signs`
/// may be null.
static inline __attribute__((always_inline)) uint32_t slb_reaches_avx2(
    const int32_t *acc, const int32_t *thresholds, const int8_t *signs) {
  __m256i value = _mm256_loadu_si256((const __m256i *)(const void *)acc);
  if (signs)
    value = _mm256_sign_epi32(value, _mm256_cvtepi8_epi32(_mm_loadl_epi64((
                                         const __m128i *)(const void *)signs)));
  const __m256i below = _mm256_cmpgt_epi32(
      _mm256_loadu_si256((const __m256i *)(const void *)thresholds), value);
  return ~(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(below)) & 0xffu;
}

/// See slb_threshold_bits. Takes 32 channels at a time where they have one
/// threshold each.
static void slb_threshold_bits_avx2(const int32_t *acc, int32_t n,
                                    int32_t levels, const int32_t *thresholds,
                                    const int8_t *signs, int32_t planes,
                                    uint32_t *y) {
  int32_t c = 0;
  if (levels != 1 || planes != 1) {
    slb_threshold_bits(acc, n, levels, thresholds, signs, planes, y);
    return;
  }
  for (; c + 32 <= n; c += 32) {
    uint32_t word = 0;
    for (int32_t i = 0; i < 32; i += 8)
      word |= slb_reaches_avx2(acc + c + i, thresholds + c + i,
                               signs ? signs + c + i : NULL)
              << i;
    y[c / 32] = word;
  }
  if (c < n)
    slb_threshold_bits(acc + c, n - c, 1, thresholds + c,
                       signs ? signs + c : NULL, 1, y + c / 32);
}

#endif // SLB_THRESHOLD_BITS_AVX2_H
