//===- slb_conv2d_rows_x86.h - Bytes by rows of signed bytes, x86-64 ------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_ROWS_X86_H
#define SLB_CONV2D_ROWS_X86_H

#if !defined(__AVX2__)
#error "this network is compiled for x86-64-v3 with AVX2"
#endif

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "../vectors/slb_store_4x4.h"

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Products of unsigned and signed bytes, four summed to a lane of 32 bits, are
// exact with VNNI. AVX2 sums two of them in 16 bits, which may not hold them,
// so there both sides are widened to 16 bits first.
#ifdef __AVX512VNNI__
typedef __m512i slb_products;
enum { SLB_STEP_BYTES = 64, SLB_VALUE_BYTES = 1, SLB_PATCHES = 4 };
#else
typedef __m256i slb_products;
enum { SLB_STEP_BYTES = 16, SLB_VALUE_BYTES = 2, SLB_PATCHES = 2 };
#endif

/// 4 rows of weights, row_step bytes apart, or one that stands for 4. The sums
/// of a row start from its offset.
typedef struct slb_signed_rows {
  const int8_t *row;
  int32_t row_step, length;
  int32_t offsets[4];
} slb_signed_rows;

/// The weights of one group, `length` a row.
typedef struct slb_row_source {
  const void *weights;
  int32_t length;
  /// Sets `row` of `count` rows from row o on, and row_step where they are 4.
  void (*get)(const struct slb_row_source *source, int32_t o, int32_t count,
              slb_signed_rows *rows);
  const slb_planes *planes; ///< Of weights that are bits.
  int8_t *expanded;         ///< Room for 4 rows of them as bytes.
} slb_row_source;

static inline slb_products slb_zero_products(void) {
#ifdef __AVX512VNNI__
  return _mm512_setzero_si512();
#else
  return _mm256_setzero_si256();
#endif
}

/// Loads n weights, 0 < n <= SLB_STEP_BYTES, and zeros behind them.
static inline slb_products slb_load_signed(const int8_t *row, int32_t n) {
#ifdef __AVX512VNNI__
  return _mm512_maskz_loadu_epi8(UINT64_MAX >> (64 - n), row);
#else
  __m128i bytes = _mm_setzero_si128();
  if (n == SLB_STEP_BYTES)
    bytes = _mm_loadu_si128((const __m128i *)(const void *)row);
  else
    memcpy(&bytes, row, (size_t)n);
  return _mm256_cvtepi8_epi16(bytes);
#endif
}

static inline slb_products slb_load_patch(const uint8_t *patch) {
#ifdef __AVX512VNNI__
  return _mm512_loadu_si512(patch);
#else
  return _mm256_loadu_si256((const __m256i *)(const void *)patch);
#endif
}

/// Returns acc plus the products of x and w.
static inline slb_products slb_add_products(slb_products acc, slb_products x,
                                            slb_products w) {
#ifdef __AVX512VNNI__
  return _mm512_dpbusd_epi32(acc, x, w);
#else
  return _mm256_add_epi32(acc, _mm256_madd_epi16(x, w));
#endif
}

static inline __m256i slb_halve_products(slb_products acc) {
#ifdef __AVX512VNNI__
  return _mm256_add_epi32(_mm512_castsi512_si256(acc),
                          _mm512_extracti64x4_epi64(acc, 1));
#else
  return acc;
#endif
}

/// Returns the sums of four vectors.
static inline __m128i slb_total_products(const slb_products *acc) {
  const __m256i low =
      _mm256_hadd_epi32(slb_halve_products(acc[0]), slb_halve_products(acc[1]));
  const __m256i high =
      _mm256_hadd_epi32(slb_halve_products(acc[2]), slb_halve_products(acc[3]));
  const __m256i both = _mm256_hadd_epi32(low, high);
  return _mm_add_epi32(_mm256_castsi256_si128(both),
                       _mm256_extracti128_si256(both, 1));
}

/// Adds n values of each of `count` patches by those of 4 rows to acc[p][o].
static inline __attribute__((always_inline)) void
slb_dot_step_x86(int32_t count, const uint8_t *patch, int32_t patch_step,
                 const int8_t *row, int32_t row_step, int32_t n,
                 slb_products *acc) {
  const slb_products w0 = slb_load_signed(row, n);
  const slb_products w1 = slb_load_signed(row + row_step, n);
  const slb_products w2 = slb_load_signed(row + 2 * row_step, n);
  const slb_products w3 = slb_load_signed(row + 3 * row_step, n);
#pragma GCC unroll 4
  for (int32_t p = 0; p < count; ++p, acc += 4) {
    const slb_products x = slb_load_patch(patch + p * patch_step);
    acc[0] = slb_add_products(acc[0], x, w0);
    acc[1] = slb_add_products(acc[1], x, w1);
    acc[2] = slb_add_products(acc[2], x, w2);
    acc[3] = slb_add_products(acc[3], x, w3);
  }
}

/// Sets sums[p][o] to what `count` patches, patch_step bytes apart, and 4 rows
/// give.
static inline __attribute__((always_inline)) void
slb_dot_rows_x86(int32_t count, const slb_signed_rows *rows,
                 const uint8_t *patch, int32_t patch_step, int32_t *sums) {
  const int32_t rest = rows->length % SLB_STEP_BYTES;
  const int32_t whole = rows->length - rest;
  const __m128i offsets =
      _mm_loadu_si128((const __m128i *)(const void *)rows->offsets);
  slb_products acc[4 * SLB_PATCHES];
#pragma GCC unroll 16
  for (int32_t t = 0; t < 4 * count; ++t)
    acc[t] = slb_zero_products();
  for (int32_t r = 0; r < whole; r += SLB_STEP_BYTES)
    slb_dot_step_x86(count, patch + r * SLB_VALUE_BYTES, patch_step,
                     rows->row + r, rows->row_step, SLB_STEP_BYTES, acc);
  if (rest != 0)
    slb_dot_step_x86(count, patch + whole * SLB_VALUE_BYTES, patch_step,
                     rows->row + whole, rows->row_step, rest, acc);
#pragma GCC unroll 4
  for (int32_t p = 0; p < count; ++p)
    _mm_storeu_si128((__m128i *)(void *)(sums + 4 * p),
                     _mm_add_epi32(offsets, slb_total_products(acc + 4 * p)));
}

static void slb_dot_patch_x86(const slb_signed_rows *rows, const uint8_t *patch,
                              int32_t *sums) {
  slb_dot_rows_x86(1, rows, patch, 0, sums);
}

static void slb_dot_patches_x86(const slb_signed_rows *rows,
                                const uint8_t *patch, int32_t patch_step,
                                int32_t *sums) {
  slb_dot_rows_x86(SLB_PATCHES, rows, patch, patch_step, sums);
}

/// Sets the offsets that take back the 128 by which VNNI has signed inputs
/// raised.
static void slb_offset_rows_x86(uint32_t sign, slb_signed_rows *rows) {
  memset(rows->offsets, 0, sizeof rows->offsets);
#ifdef __AVX512VNNI__
  if (sign == 0)
    return;
  const __m512i ones = _mm512_set1_epi8(1);
  slb_products acc[4];
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; ++o) {
    const int8_t *row = rows->row + o * rows->row_step;
    acc[o] = slb_zero_products();
    for (int32_t r = 0; r < rows->length; r += SLB_STEP_BYTES) {
      const int32_t left = rows->length - r;
      const int32_t n = left < SLB_STEP_BYTES ? left : SLB_STEP_BYTES;
      acc[o] = slb_add_products(acc[o], ones, slb_load_signed(row + r, n));
    }
  }
  const __m128i sums = slb_total_products(acc);
  _mm_storeu_si128((__m128i *)(void *)rows->offsets,
                   _mm_mullo_epi32(sums, _mm_set1_epi32(-128)));
#else
  (void)sign;
#endif
}

/// The inputs that patches are made of.
typedef struct slb_patch_source {
  const void *input;
  uint32_t sign; ///< 0 if bytes are unsigned, 128 if they are signed.
  /// Makes the patch of position (y, x), of `step` bytes. What follows its
  /// values meets weights of zero.
  void (*fill)(const struct slb_patch_source *source, const slb_conv2d *g,
               int32_t y, int32_t x, int32_t group, int32_t step,
               uint8_t *patch);
  const slb_planes *planes; ///< Of inputs that are bits.
  uint32_t *bits;           ///< Room for a patch of them.
} slb_patch_source;

/// Patches of a run of pixels, `step` bytes apart.
typedef struct slb_run_x86 {
  uint8_t *patches;
  int32_t step, pixels;
} slb_run_x86;

/// Computes acc [pixels][out_c] of one group. SLB_PATCHES x 4 sums at a time:
/// the last pixels and rows overlap those before them; where there are less
/// than 4 rows, one stands for 4.
static void slb_dot_run_x86(const slb_run_x86 *run, uint32_t sign,
                            const slb_row_source *source, int32_t outputs,
                            int32_t out_c, int32_t maximum, int32_t *acc) {
  const int32_t pixel_count =
      run->pixels < SLB_PATCHES ? 1 : (int32_t)SLB_PATCHES;
  const int32_t output_count = outputs < 4 ? 1 : 4;
  const int32_t last = outputs - output_count;
  slb_signed_rows rows = {0, 0, source->length, {0}};
  for (int32_t next = 0; next < outputs; next += output_count) {
    const int32_t o = next < last ? next : last;
    source->get(source, o, output_count, &rows);
    slb_offset_rows_x86(sign, &rows);
    for (int32_t q = 0; q < run->pixels; q += pixel_count) {
      const int32_t p =
          q + pixel_count < run->pixels ? q : run->pixels - pixel_count;
      const uint8_t *patch = run->patches + p * run->step;
      int32_t sums[4 * SLB_PATCHES];
      if (pixel_count == 1)
        slb_dot_patch_x86(&rows, patch, sums);
      else
        slb_dot_patches_x86(&rows, patch, run->step, sums);
      slb_store_4x4(sums, out_c, pixel_count, output_count, maximum,
                    acc + p * out_c + o);
    }
  }
}

/// Computes a run of outputs of a convolution of bytes, see
/// slb_conv2d_bytes_s8_x86, with rows from a source whose groups are
/// group_bytes of weights apart.
static void slb_conv2d_rows_x86(const slb_conv2d *g,
                                const slb_patch_source *input,
                                slb_row_source *source, int32_t group_bytes,
                                int32_t first, int32_t pixels, void *scratch,
                                int32_t *acc) {
  const int32_t outputs = g->out_c / g->groups;
  const uint8_t *weights = (const uint8_t *)source->weights;
  const slb_run_x86 run = {(uint8_t *)scratch, (source->length + 31) / 32 * 64,
                           pixels};
  for (int32_t i = 0; i < g->pool_h * g->pool_w * g->groups; ++i) {
    const int32_t group = i % g->groups;
    const int32_t position = i / g->groups;
    for (int32_t p = 0; p < pixels; ++p)
      input->fill(input, g,
                  (first + p) / g->out_w * g->pool_h + position / g->pool_w,
                  (first + p) % g->out_w * g->pool_w + position % g->pool_w,
                  group, run.step, run.patches + p * run.step);
    source->weights = weights + group * group_bytes;
    slb_dot_run_x86(&run, input->sign, source, outputs, g->out_c, position > 0,
                    acc + group * outputs);
  }
}

#endif // SLB_CONV2D_ROWS_X86_H
