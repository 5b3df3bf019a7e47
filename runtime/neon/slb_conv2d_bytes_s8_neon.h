//===- slb_conv2d_bytes_s8_neon.h - Bytes by signed bytes, AArch64 --------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BYTES_S8_NEON_H
#define SLB_CONV2D_BYTES_S8_NEON_H

#if !defined(__aarch64__) || !defined(__ARM_NEON)
#error "this network is compiled for AArch64 with NEON"
#endif

#include "../c99/slb_conv2d.h"
#include "../c99/slb_gather_bytes.h"
#include "../c99/slb_patch_length.h"
#include "../vectors/slb_store_4x4.h"

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// 4 rows of weights, row_step bytes apart, or one that stands for 4. Of each
/// row `tail` has the last length % 32 weights, and zeros behind them. The sums
/// of a row start from its offset. `lowest` says that a weight may be -128.
typedef struct slb_signed_rows {
  const int8_t *row;
  int32_t row_step, length;
  int lowest;
  int32_t offsets[4];
  int8_t tail[128];
} slb_signed_rows;

/// Patches of a run, [pixels][padded bytes], less `offset` if that is not 0.
/// One of ones follows them then.
typedef struct slb_signed_patches {
  int8_t *values;
  int32_t length, padded, pixels, offset;
} slb_signed_patches;

/// Gathers the patch of position (y, x) as patch p. What follows its values
/// meets weights of zero.
static void slb_fill_signed_patch(const slb_conv2d *g, const void *input,
                                  int32_t y, int32_t x, int32_t group,
                                  int32_t p,
                                  const slb_signed_patches *patches) {
  int8_t *patch = patches->values + p * patches->padded;
  const int8x16_t sign = vreinterpretq_s8_u8(vdupq_n_u8(0x80));
  slb_gather_bytes(g, 1, input, y, x, group, patch);
  for (int32_t r = 0; patches->offset != 0 && r < patches->length; r += 16)
    vst1q_s8(patch + r, veorq_s8(vld1q_s8(patch + r), sign));
}

/// Returns whether n weights have a -128, whose products with -128 fit 16 bits,
/// but not the sum of two of them. Dot products sum in 32 bits.
static int slb_has_lowest_neon(const int8_t *weights, int32_t n) {
#ifdef __ARM_FEATURE_DOTPROD
  (void)weights, (void)n;
  return 0;
#else
  int8x16_t least = vdupq_n_s8(0);
  int32_t r = 0;
  for (; r + 16 <= n; r += 16)
    least = vminq_s8(least, vld1q_s8(weights + r));
  for (; r < n; ++r)
    least = vminq_s8(least, vdupq_n_s8(weights[r]));
  return vminvq_s8(least) == -128;
#endif
}

/// Returns acc plus the products of a and w, four to a lane. `lowest` says that
/// w may have a -128.
static inline __attribute__((always_inline)) int32x4_t
slb_dot_signed_neon(int lowest, int32x4_t acc, int8x16_t a, int8x16_t w) {
#ifdef __ARM_FEATURE_DOTPROD
  (void)lowest;
  return vdotq_s32(acc, a, w);
#else
  const int16x8_t product = vmull_s8(vget_low_s8(a), vget_low_s8(w));
  if (lowest)
    return vpadalq_s16(vpadalq_s16(acc, product), vmull_high_s8(a, w));
  return vpadalq_s16(acc, vmlal_high_s8(product, a, w));
#endif
}

/// Adds 32 values of each of `count` patches by those of 4 rows to acc[p][o]:
/// two vectors of each, as a core loads pairs at once. The empty statement
/// keeps the compiler from loading the next patch too early, which would spill
/// registers.
static inline __attribute__((always_inline)) void
slb_dot_32_neon(int32_t count, int lowest, const int8_t *patch,
                int32_t patch_step, const int8_t *row, int32_t row_step,
                int32x4_t *acc) {
  int8x16_t w[8];
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; ++o) {
    w[o] = vld1q_s8(row + o * row_step);
    w[4 + o] = vld1q_s8(row + o * row_step + 16);
  }
#pragma GCC unroll 4
  for (int32_t p = 0; p < count; ++p, acc += 4) {
    const int8x16_t low = vld1q_s8(patch + p * patch_step);
    const int8x16_t high = vld1q_s8(patch + p * patch_step + 16);
#pragma GCC unroll 4
    for (int32_t o = 0; o < 4; ++o)
      acc[o] = slb_dot_signed_neon(lowest, acc[o], low, w[o]);
#pragma GCC unroll 4
    for (int32_t o = 0; o < 4; ++o)
      acc[o] = slb_dot_signed_neon(lowest, acc[o], high, w[4 + o]);
#ifndef __ARM_FEATURE_DOTPROD
    __asm__ volatile(""
                     : "+w"(acc[0]), "+w"(acc[1]), "+w"(acc[2]),
                       "+w"(acc[3])::"memory");
#endif
  }
}

/// Sets sums[p][o] to what `count` patches and 4 rows give.
static inline __attribute__((always_inline)) void
slb_dot_rows_neon(int32_t count, int lowest, const slb_signed_rows *rows,
                  const int8_t *patch, int32_t patch_step, int32_t *sums) {
  const int32_t whole = rows->length - rows->length % 32;
  const int32x4_t offsets = vld1q_s32(rows->offsets);
  int32x4_t acc[16];
#pragma GCC unroll 16
  for (int32_t t = 0; t < 4 * count; ++t)
    acc[t] = vdupq_n_s32(0);
  for (int32_t r = 0; r < whole; r += 32)
    slb_dot_32_neon(count, lowest, patch + r, patch_step, rows->row + r,
                    rows->row_step, acc);
  if (whole != rows->length)
    slb_dot_32_neon(count, lowest, patch + whole, patch_step, rows->tail, 32,
                    acc);
#pragma GCC unroll 4
  for (int32_t p = 0; p < count; ++p) {
    const int32x4_t low = vpaddq_s32(acc[4 * p], acc[4 * p + 1]);
    const int32x4_t high = vpaddq_s32(acc[4 * p + 2], acc[4 * p + 3]);
    vst1q_s32(sums + 4 * p, vaddq_s32(offsets, vpaddq_s32(low, high)));
  }
}

static void slb_dot_patch_neon(const slb_signed_rows *rows, const int8_t *patch,
                               int32_t *sums) {
  slb_dot_rows_neon(1, 1, rows, patch, 0, sums);
}

static void slb_dot_4_patches_neon(const slb_signed_rows *rows,
                                   const int8_t *patch, int32_t patch_step,
                                   int32_t *sums) {
#ifndef __ARM_FEATURE_DOTPROD
  if (rows->lowest) {
    slb_dot_rows_neon(4, 1, rows, patch, patch_step, sums);
    return;
  }
#endif
  slb_dot_rows_neon(4, 0, rows, patch, patch_step, sums);
}

/// Fills what else belongs to `count` rows from rows->row on.
static void slb_prepare_rows_neon(const slb_signed_patches *x, int32_t count,
                                  slb_signed_rows *rows) {
  const int32_t tail = x->length % 32;
  const int8_t *rest = rows->row + x->length - tail;
  for (int32_t o = 0; o < 4; ++o) {
    rows->offsets[o] = 0;
    memcpy(rows->tail + 32 * o, rest + o * rows->row_step, (size_t)tail);
  }
  rows->lowest =
      x->pixels >= 4 && slb_has_lowest_neon(rows->row, count * x->length);
  if (x->offset == 0)
    return;
  int32_t sums[4];
  slb_dot_patch_neon(rows, x->values + x->pixels * x->padded, sums);
  for (int32_t o = 0; o < 4; ++o)
    rows->offsets[o] = x->offset * sums[o];
}

/// Computes acc [pixels][out_c] of one group, whose rows are `weights`. 4x4
/// sums at a time: the last 4 pixels and rows overlap those before them; where
/// there are less than 4 rows, one stands for 4.
static void slb_dot_signed_group(const slb_signed_patches *x,
                                 const int8_t *weights, int32_t outputs,
                                 int32_t out_c, int32_t maximum, int32_t *acc) {
  const int32_t pixel_count = x->pixels < 4 ? 1 : 4;
  const int32_t output_count = outputs < 4 ? 1 : 4;
  const int32_t last = outputs - output_count;
  slb_signed_rows rows = {0,  outputs < 4 ? 0 : x->length, x->length, 0, {0},
                          {0}};
  for (int32_t next = 0; next < outputs; next += output_count) {
    const int32_t o = next < last ? next : last;
    rows.row = weights + o * x->length;
    slb_prepare_rows_neon(x, output_count, &rows);
    for (int32_t q = 0; q < x->pixels; q += pixel_count) {
      const int32_t p =
          q + pixel_count < x->pixels ? q : x->pixels - pixel_count;
      const int8_t *patch = x->values + p * x->padded;
      int32_t sums[16];
      if (pixel_count == 4)
        slb_dot_4_patches_neon(&rows, patch, x->padded, sums);
      else
        slb_dot_patch_neon(&rows, patch, sums);
      slb_store_4x4(sums, out_c, pixel_count, output_count, maximum,
                    acc + p * out_c + o);
    }
  }
}

/// Computes `pixels` neighbouring outputs, from output `first` in raster order
/// on, of a convolution of bytes with signed bytes:
///   acc[o] = max over the pool window of sum_r w[o][r] * x_r
/// Input bytes are signed, or unsigned.
/// input   [in_h][in_w][in_c]
/// weights [out_c][R]
/// scratch of (pixels + 1) * (R rounded up to 32) bytes
/// acc     [pixels][out_c]
static void slb_conv2d_bytes_s8_neon(const slb_conv2d *g, int32_t is_signed,
                                     const int8_t *weights, const void *input,
                                     int32_t first, int32_t pixels,
                                     void *scratch, int32_t *acc) {
  const int32_t outputs = g->out_c / g->groups;
  const int32_t length = slb_patch_length(g);
  const int32_t padded = (length + 31) / 32 * 32;
  const slb_signed_patches patches = {(int8_t *)scratch, length, padded, pixels,
                                      is_signed ? 0 : 128};
  if (!is_signed)
    memset(patches.values + pixels * padded, 1, (size_t)padded);
  for (int32_t i = 0; i < g->pool_h * g->pool_w * g->groups; ++i) {
    const int32_t group = i % g->groups;
    const int32_t position = i / g->groups;
    for (int32_t p = 0; p < pixels; ++p)
      slb_fill_signed_patch(
          g, input, (first + p) / g->out_w * g->pool_h + position / g->pool_w,
          (first + p) % g->out_w * g->pool_w + position % g->pool_w, group, p,
          &patches);
    slb_dot_signed_group(&patches, weights + group * outputs * length, outputs,
                         g->out_c, position > 0, acc + group * outputs);
  }
}

#endif // SLB_CONV2D_BYTES_S8_NEON_H
