//===- slb_expand_rows_avx512.h - Bits as signed bytes, AVX-512 -----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_EXPAND_ROWS_AVX512_H
#define SLB_EXPAND_ROWS_AVX512_H

#if !defined(__AVX512BW__) || !defined(__AVX512VNNI__)
#error "this network is compiled for x86-64-v4 with AVX-512 VNNI"
#endif

#include "../c99/slb_planes.h"
#include "../x86/slb_conv2d_rows_x86.h"

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Adds to the values of 64 weights those of bit plane j.
static inline __m512i slb_add_plane_avx512(__m512i values, const uint32_t *bits,
                                           size_t bytes, __m512i coefficient) {
  uint64_t plane = 0;
  memcpy(&plane, bits, bytes);
  return _mm512_mask_add_epi8(values, plane, values, coefficient);
}

/// Expands a row of bits to signed bytes, with zeros up to a multiple of 64.
static inline __attribute__((always_inline)) void
slb_expand_row_avx512(int32_t planes, const slb_planes *w, const uint32_t *bits,
                      int32_t length, int8_t *values) {
  const int32_t words = (length + 31) / 32;
  const int32_t rest = length % 64;
  const __m512i offset = _mm512_set1_epi8((char)w->offset);
  __m512i coefficients[8];
  for (int32_t j = 0; j < planes; ++j)
    coefficients[j] = _mm512_set1_epi8((char)w->coefficient[j]);
  for (; length >= 64; length -= 64, bits += 2, values += 64) {
    __m512i sum = offset;
    for (int32_t j = 0; j < planes; ++j)
      sum = slb_add_plane_avx512(sum, bits + j * words, 8, coefficients[j]);
    _mm512_storeu_si512(values, sum);
  }
  if (rest == 0)
    return;
  __m512i sum = _mm512_maskz_mov_epi8(UINT64_MAX >> (64 - rest), offset);
  for (int32_t j = 0; j < planes; ++j)
    sum = slb_add_plane_avx512(sum, bits + j * words, rest > 32 ? 8 : 4,
                               coefficients[j]);
  _mm512_storeu_si512(values, sum);
}

/// Expands rows of bits to signed bytes. All pixels of a run use them.
static void slb_expand_rows_avx512(const slb_row_source *source, int32_t o,
                                   int32_t count, slb_signed_rows *rows) {
  const slb_planes *w = source->planes;
  const int32_t length = source->length;
  const int32_t row_words = w->count * ((length + 31) / 32);
  const int32_t padded = (length + 63) / 64 * 64;
  const uint32_t *bits = (const uint32_t *)source->weights + o * row_words;
  int8_t *values = source->expanded;
  for (int32_t i = 0; i < count; ++i, bits += row_words, values += padded) {
    if (w->count == 1)
      slb_expand_row_avx512(1, w, bits, length, values);
    else if (w->count == 2)
      slb_expand_row_avx512(2, w, bits, length, values);
    else
      slb_expand_row_avx512(w->count, w, bits, length, values);
  }
  rows->row = source->expanded;
  rows->row_step = count == 4 ? padded : 0;
}

#endif // SLB_EXPAND_ROWS_AVX512_H
