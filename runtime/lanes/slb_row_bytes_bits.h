//===- slb_row_bytes_bits.h - A row of bytes by planes --------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_ROW_BYTES_BITS_H
#define SLB_ROW_BYTES_BITS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "slb_build_quad16.h"
#include "slb_opaque.h"
#include "slb_row_bytes_bits_parts.h"
#include "slb_sign_bits.h"
#include "slb_tile_lookup.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The tables of eight neighbouring input pixels serve all kernel_w taps of a
// row of the kernel: each tap has lanes of its own, one for each input pixel,
// and an output is the sum of neighbouring lanes of neighbouring taps.

/// Lanes of one row of outputs: lanes[1 + kernel_w * rows][step] words, the
/// sums of the inputs and then those of each tap and row of weights. Each
/// begins with `margin` words for the padding at the left, which serve the one
/// before it at the right.
typedef struct slb_row {
  const uint8_t *input, *zeros;
  const uint32_t *weights;
  uint32_t *tables, *lanes;
  int32_t oy, margin, step, rows, words;
  uint32_t sign, bias;
} slb_row;

/// Builds the tables of `channels` inputs of eight pixels, from channel c and
/// pixel (iy, ix) on.
static void slb_row_build(const slb_conv2d *g, const slb_row *row, int32_t iy,
                          int32_t ix, int32_t c, int32_t channels,
                          uint32_t *table) {
  const int32_t end = (uint32_t)iy < (uint32_t)g->in_h ? g->in_w : 0;
  int32_t pixel = (iy * g->in_w + ix) * g->in_c;
  const uint8_t *pixels[SLB_LANES16];
  for (int32_t p = 0; p < SLB_LANES16; ++p, pixel += g->in_c)
    pixels[p] = ix + p < end ? row->input + pixel : row->zeros;
  slb_build_quad16(pixels, c, c + channels, row->sign, table);
  slb_build_quad16(pixels + 4, c, c + channels, row->sign, table + 2);
}

/// Adds what one column of 3x3 taps of 16 channels contributes to the bias, and
/// stores it to lanes[rows][step].
static void slb_row_lookup_halves(const slb_row *row, const uint8_t *weights,
                                  uint32_t *lanes) {
  const uint32_t *at = row->tables;
  const uint32_t bias = row->bias;
  const int32_t weight_step = 4 * row->words;
  const int32_t lane_step = row->step;
  for (int32_t rows = row->rows; rows > 0; --rows) {
    uint32_t s0 = bias, s1 = bias, s2 = bias, s3 = bias;
    uint16_t low, high, last;
    memcpy(&low, weights, sizeof(low));
    memcpy(&high, weights + 6, sizeof(high));
    memcpy(&last, weights + 12, sizeof(last));
    uint32_t w = low | (uint32_t)high << 16;
    SLB_LOOKUP_WORD(w);
    w = last;
    at += 4 * SLB_TABLE_WORDS;
    SLB_LOOKUP_HALF(w);
    at -= 8 * SLB_TABLE_WORDS;
    lanes[0] = s0, lanes[1] = s1, lanes[2] = s2, lanes[3] = s3;
    lanes += lane_step;
    weights += weight_step;
  }
}

/// Computes the lanes of eight input pixels from ix on, where 3x3 taps have 16
/// channels.
static void slb_row_tile_halves(const slb_conv2d *g, const slb_row *row,
                                int32_t ix, uint32_t *lanes) {
  const int32_t iy = row->oy * g->stride_h - g->pad_top;
  const uint8_t *weights = (const uint8_t *)row->weights;
  for (int32_t ky = 0; ky < 3; ++ky)
    slb_row_build(g, row, iy + ky * g->dilation_h, ix, 0, 16,
                  row->tables + 4 * ky * SLB_TABLE_WORDS);
  slb_total_slice(row->tables, 12, lanes);
  lanes += row->step;
  for (int32_t kx = 0; kx < 3; ++kx, weights += 2) {
    slb_row_lookup_halves(row, weights, lanes);
    lanes += row->rows * row->step;
  }
}

/// Computes the lanes of eight input pixels from ix on, in slices of two words
/// of 32 channels of one tap, or of taps above each other.
static void slb_row_tile_words(const slb_conv2d *g, const slb_row *row,
                               int32_t ix, uint32_t *lanes) {
  const int32_t tap_words = g->in_c / 32;
  const int32_t line = tap_words == 1 ? g->kernel_h : tap_words;
  const int32_t next = tap_words == 1 ? g->kernel_w : 1;
  const int32_t iy = row->oy * g->stride_h - g->pad_top;
  for (int32_t k = 0, n; k < g->kernel_h * tap_words; k += n) {
    uint32_t *out = lanes + row->step;
    const int32_t left = line - k % line;
    n = left < SLB_SLICE ? left : (int32_t)SLB_SLICE;
    for (int32_t i = 0; i < n; ++i)
      slb_row_build(g, row, iy + (k + i) / tap_words * g->dilation_h, ix,
                    (k + i) % tap_words * 32, 32,
                    row->tables + 8 * i * SLB_TABLE_WORDS);
    slb_total_slice(row->tables, 8 * n, lanes);
    const int32_t first = k / tap_words * g->kernel_w * tap_words;
    for (int32_t kx = 0; kx < g->kernel_w; ++kx) {
      const slb_slice slice = {row->weights + first + kx * tap_words +
                                   k % tap_words,
                               next, row->words, row->rows, row->step};
      slb_lookup_rows(row->tables, &slice, n, k == 0, row->bias, out);
      out += row->rows * row->step;
    }
  }
}

/// Adds up neighbouring lanes, two outputs at a time: out[x] = base[x] + step *
/// sum_j 2^j * sum_kx lane[kx * tap_bytes + j * plane_bytes + 2 * (x + kx)],
/// for n outputs, and one more if n is odd.
SLB_INLINE void slb_row_add_taps(const uint8_t *lane, int32_t kernel_w,
                                 int32_t tap_bytes, int32_t planes,
                                 int32_t plane_bytes, const int32_t *base,
                                 int32_t step, int32_t n, int32_t *out) {
  for (int32_t x = 0; x < n; x += 2, lane += 4) {
    uint32_t low = 0;
    uint32_t high = 0;
    for (int32_t j = 0; j < planes; ++j) {
      const uint8_t *from = lane + j * plane_bytes;
#pragma GCC unroll 3
      for (int32_t kx = 0; kx < kernel_w; ++kx, from += tap_bytes + 2) {
        uint32_t pair;
        memcpy(&pair, from, sizeof(pair));
        low += (pair & 0xffffu) << j;
        high += (pair >> 16) << j;
      }
    }
    out[x] = base[x] + step * (int32_t)low;
    out[x + 1] = base[x + 1] + step * (int32_t)high;
  }
}

/// Computes acc [out_c][out_w] of the lanes. What all rows of weights have in
/// common, B0 times the sum of the inputs, less the bias, goes to base
/// [out_w + 1] before.
static void slb_row_flush(const slb_conv2d *g, const slb_planes *planes,
                          const slb_row *row, int32_t *base, int32_t *acc) {
  const int32_t zero = (int32_t)(row->bias & 0xffffu) * g->kernel_w;
  const int32_t row_bytes = 4 * row->step;
  const uint8_t *lane =
      (const uint8_t *)row->lanes + 4 * row->margin - 2 * g->pad_left;
  int32_t count = 1, tap_bytes = 0, step = planes->offset;
  int32_t *out = base;
  for (int32_t x = 0; x <= g->out_w; ++x)
    base[x] = -zero * (planes->offset +
                       planes->coefficient[0] * ((1 << planes->count) - 1));
  for (int32_t o = 0; o <= g->out_c; ++o, lane += count * row_bytes) {
    if (o > 0) {
      count = planes->count;
      tap_bytes = row->rows * row_bytes;
      step = planes->coefficient[0];
      out = acc + (o - 1) * g->out_w;
    }
    // With constants where they make the difference.
    if (count == 1 && g->kernel_w == 3)
      slb_row_add_taps(lane, 3, tap_bytes, 1, 0, base, step, g->out_w, out);
    else
      slb_row_add_taps(lane, g->kernel_w, tap_bytes, count, row_bytes, base,
                       step, g->out_w, out);
  }
}

/// Sets what no row of outputs changes: pixels of zeros, the sums of no inputs,
/// and the lanes of the padding.
static void slb_row_start(const slb_conv2d *g, const slb_row *row,
                          uint8_t *zeros) {
  uint32_t *lane = row->lanes;
  memset(zeros, 0, (size_t)g->in_c);
  slb_clear_tables(row->tables);
  for (int32_t i = 0; i <= 1 + g->kernel_w * row->rows; ++i, lane += row->step)
    for (int32_t j = 0; j < row->margin; ++j)
      lane[j] = row->bias;
}

/// Computes row oy of the outputs of a convolution of bytes with bit planes, as
/// slb_tile_bytes_bits does a tile, where stride_w = dilation_w = groups = 1,
/// pad_value = 0, there is no pooling, pad_left < kernel_w, as is the padding
/// at the right, kernel_h * in_c <= 256, and 32 divides in_c, or it is 16 and
/// the kernel 3x3. From row 0 on the scratch must stay as it was left.
/// input   [in_h][in_w][in_c]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch slb_row_bytes_bits_parts().bytes, aligned to 4
/// acc     [out_c][out_w], and one more if out_w is odd
SLB_NOINLINE static void
slb_row_bytes_bits(const slb_conv2d *g, int32_t is_signed,
                   const slb_planes *planes, const uint32_t *weights,
                   const void *input, int32_t oy, void *scratch, int32_t *acc) {
  const slb_row_parts parts = slb_row_bytes_bits_parts(g, planes->count);
  uint8_t *start = (uint8_t *)scratch;
  slb_row row;
  row.input = (const uint8_t *)input;
  row.weights = weights;
  row.oy = oy;
  row.margin = g->kernel_w / 2;
  row.step = parts.step;
  row.rows = g->out_c * planes->count;
  row.words = (slb_patch_length(g) + 31) / 32;
  row.sign = slb_sign_bits(is_signed);
  row.bias = row.sign & 0x80008000u;
  row.tables = (uint32_t *)scratch;
  row.lanes = (uint32_t *)(void *)(start + parts.lanes);
  int32_t *base = (int32_t *)(void *)(start + parts.base);
  uint8_t *zeros = start + parts.zeros;
  row.zeros = zeros;
  if (oy == 0)
    slb_row_start(g, &row, zeros);
  uint32_t *lanes = row.lanes + row.margin;
  for (int32_t ix = 0; ix < g->in_w; ix += SLB_LANES16) {
    slb_set_lanes(lanes, row.bias);
    if (g->in_c % 32 == 0)
      slb_row_tile_words(g, &row, ix, lanes);
    else
      slb_row_tile_halves(g, &row, ix, lanes);
    lanes += SLB_ENTRY_WORDS;
  }
  slb_row_flush(g, planes, &row, base, acc);
}

#endif // SLB_ROW_BYTES_BITS_H
