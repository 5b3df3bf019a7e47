//===- slb_slice_bytes_sse.h - Order bytes by the bits that weigh them ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_SLICE_BYTES_SSE_H
#define SLB_SLICE_BYTES_SSE_H

#include <immintrin.h>
#include <stdint.h>

/// Writes the values 8 * l + s, l < 16, of 128 values to slices[s]: those that
/// bit s of 16 bytes of weights multiplies. Vectors of two values for each s,
/// transposed as 8x8 pairs.
static void slb_slice_bytes_sse(const uint8_t *values, __m128i *slices) {
  const __m128i pairs =
      _mm_setr_epi8(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  __m128i x[8], y[8];
#pragma GCC unroll 8
  for (int32_t i = 0; i < 8; ++i) {
    const __m128i *source = (const __m128i *)(const void *)(values + 16 * i);
    x[i] = _mm_shuffle_epi8(_mm_loadu_si128(source), pairs);
  }
#pragma GCC unroll 8
  for (int32_t i = 0; i < 8; i += 2) {
    y[i] = _mm_unpacklo_epi16(x[i], x[i + 1]);
    y[i + 1] = _mm_unpackhi_epi16(x[i], x[i + 1]);
  }
#pragma GCC unroll 8
  for (int32_t i = 0; i < 8; i += 4)
#pragma GCC unroll 2
    for (int32_t half = 0; half < 2; ++half) {
      x[i + 2 * half] = _mm_unpacklo_epi32(y[i + half], y[i + 2 + half]);
      x[i + 2 * half + 1] = _mm_unpackhi_epi32(y[i + half], y[i + 2 + half]);
    }
#pragma GCC unroll 4
  for (int32_t i = 0; i < 4; ++i) {
    slices[2 * i] = _mm_unpacklo_epi64(x[i], x[i + 4]);
    slices[2 * i + 1] = _mm_unpackhi_epi64(x[i], x[i + 4]);
  }
}

#endif // SLB_SLICE_BYTES_SSE_H
