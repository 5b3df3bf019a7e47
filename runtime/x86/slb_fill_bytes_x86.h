//===- slb_fill_bytes_x86.h - Patches of bytes, x86-64 --------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_FILL_BYTES_X86_H
#define SLB_FILL_BYTES_X86_H

#include "../c99/slb_gather_bytes.h"
#include "slb_conv2d_rows_x86.h"

#include <immintrin.h>
#include <stdint.h>

/// Makes a patch of bytes.
static void slb_fill_bytes_x86(const slb_patch_source *source,
                               const slb_conv2d *g, int32_t y, int32_t x,
                               int32_t group, int32_t step, uint8_t *patch) {
#ifdef __AVX512VNNI__
  slb_gather_bytes(g, 1, source->input, y, x, group, patch);
  for (int32_t r = 0; source->sign != 0 && r < step / 2; r += 32) {
    __m256i *values = (__m256i *)(void *)(patch + r);
    const __m256i turned = _mm256_xor_si256(_mm256_loadu_si256(values),
                                            _mm256_set1_epi8((char)0x80));
    _mm256_storeu_si256(values, turned);
  }
#else
  // To the upper half, from where no byte is overwritten before it is widened.
  const uint8_t *bytes = patch + step / 2;
  slb_gather_bytes(g, 1, source->input, y, x, group, patch + step / 2);
  for (int32_t r = 0; r < step / 2; r += 16) {
    const __m128i values =
        _mm_loadu_si128((const __m128i *)(const void *)(bytes + r));
    _mm256_storeu_si256((__m256i *)(void *)(patch + 2 * r),
                        source->sign ? _mm256_cvtepi8_epi16(values)
                                     : _mm256_cvtepu8_epi16(values));
  }
#endif
}

#endif // SLB_FILL_BYTES_X86_H
