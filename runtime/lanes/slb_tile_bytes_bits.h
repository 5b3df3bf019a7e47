//===- slb_tile_bytes_bits.h - Tile of bytes by bit planes, table lookup --===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_BITS_H
#define SLB_TILE_BYTES_BITS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../c99/slb_planes.h"
#include "slb_build_quad16.h"
#include "slb_opaque.h"
#include "slb_tile_bytes.h"
#include "slb_tile_bytes_bits_parts.h"
#include "slb_tile_lookup.h"
#include "slb_tile_sources.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Words of weights whose sums of bytes fit a lane: 8 * 32 * 255 < 2^16.
enum { SLB_BLOCK16 = 8 };

/// Builds the tables of inputs [r, end) of all lanes, r and end being multiples
/// of 4.
static void slb_build_slice16(const slb_tile_bytes *bytes, int32_t r,
                              int32_t end, uint32_t *tables) {
  while (r < end) {
    const uint8_t *const *pixels =
        (const uint8_t *const *)(const void *)bytes->sources +
        r / bytes->channels * SLB_LANES16;
    const int32_t c = r % bytes->channels;
    const int32_t left = bytes->channels - c;
    const int32_t groups = (left < end - r ? left : end - r) / 4;
    const int32_t from = bytes->first + c;
    slb_build_quad16(pixels, from, from + 4 * groups, bytes->sign, tables);
    slb_build_quad16(pixels + 4, from, from + 4 * groups, bytes->sign,
                     tables + 2);
    tables += groups * SLB_TABLE_WORDS;
    r += 4 * groups;
  }
}

/// Adds to acc[8], or stores there if `first`, what words q of a row's lanes
/// hold: base_p + step * sum_j 2^j * lanes[j]_p for two outputs.
SLB_INLINE void slb_flush_pair16(int32_t planes, int first, int32_t q,
                                 const int32_t *base, int32_t step,
                                 const uint32_t *lanes, int32_t *acc) {
  uint32_t low = 0;
  uint32_t high = 0;
  for (int32_t j = 0; j < planes; ++j) {
    const uint32_t sums = lanes[j * SLB_ENTRY_WORDS + q];
    low += (sums & 0xffffu) << j;
    high += (sums >> 16) << j;
  }
  const int32_t a = base[2 * q] + step * (int32_t)low;
  const int32_t b = base[2 * q + 1] + step * (int32_t)high;
  acc[2 * q] = first ? a : acc[2 * q] + a;
  acc[2 * q + 1] = first ? b : acc[2 * q + 1] + b;
}

/// slb_flush_pair16 of all rows, of one plane.
SLB_INLINE void slb_flush_rows16(int first, const int32_t *base, int32_t step,
                                 const uint32_t *lanes, int32_t rows,
                                 int32_t *acc) {
  for (; rows > 0; --rows, acc += SLB_LANES16, lanes += SLB_ENTRY_WORDS) {
    SLB_OPAQUE(base);
    slb_flush_pair16(1, first, 0, base, step, lanes, acc);
    slb_flush_pair16(1, first, 1, base, step, lanes, acc);
    slb_flush_pair16(1, first, 2, base, step, lanes, acc);
    slb_flush_pair16(1, first, 3, base, step, lanes, acc);
  }
}

/// Adds a block's sums to acc[rows][8], or stores them if the block is the
/// first: sum_j B_j * lanes[row][j]_p, less the bias, and what all rows have in
/// common, B0 * total_p. base is scratch [8].
static void slb_flush_block16(const slb_planes *planes, uint32_t bias,
                              const uint32_t *total, int32_t *base,
                              const uint32_t *lanes, int32_t rows, int first,
                              int32_t *acc) {
  const int32_t step = planes->coefficient[0];
  const int32_t zero = (int32_t)(bias & 0xffffu);
  for (int32_t p = 0; p < SLB_LANES16; ++p) {
    const int32_t lane = (int32_t)((total[p / 2] >> (p % 2 * 16)) & 0xffffu);
    base[p] = planes->offset * (lane - zero) -
              step * ((1 << planes->count) - 1) * zero;
  }
  // With constants for one plane, where they make the difference.
  if (planes->count == 1 && first) {
    slb_flush_rows16(1, base, step, lanes, rows, acc);
  } else if (planes->count == 1) {
    slb_flush_rows16(0, base, step, lanes, rows, acc);
  } else {
    for (; rows > 0; --rows, acc += SLB_LANES16) {
      for (int32_t q = 0; q < SLB_ENTRY_WORDS; ++q)
        slb_flush_pair16(planes->count, first, q, base, step, lanes, acc);
      lanes += planes->count * SLB_ENTRY_WORDS;
    }
  }
}

/// Computes acc[outputs][8] = sum_r (B0 + sum_j B_j * w_j[o][r]) * x_r.
/// scratch: tables, then base [8], total [4], lanes [outputs][planes][4].
static void slb_dot_bytes16(const slb_tile_bytes *bytes,
                            const slb_planes *planes, const uint32_t *weights,
                            int32_t outputs, uint32_t *scratch, int32_t *acc) {
  const int32_t words = (bytes->length + 31) / 32;
  const int32_t end = (bytes->length + 3) / 4 * 4;
  const int32_t rows = outputs * planes->count;
  const uint32_t bias = bytes->sign & 0x80008000u;
  int32_t *base = (int32_t *)(void *)(scratch + SLB_TABLES_WORDS);
  uint32_t *total = scratch + SLB_TABLES_WORDS + SLB_LANES16;
  uint32_t *lanes = total + SLB_ENTRY_WORDS;
  slb_clear_tables(scratch);
  for (int32_t k = 0; k < words; k += SLB_SLICE) {
    const int32_t slice =
        words - k < SLB_SLICE ? words - k : (int32_t)SLB_SLICE;
    const int32_t next = 32 * (k + slice) < end ? 32 * (k + slice) : end;
    const int start = k % SLB_BLOCK16 == 0;
    if (start)
      slb_set_lanes(total, bias);
    slb_build_slice16(bytes, 32 * k, next, scratch);
    slb_total_slice(scratch, (next - 32 * k) / 4, total);
    const slb_slice rest = {weights + k, 1, words, rows, SLB_ENTRY_WORDS};
    slb_lookup_rows(scratch, &rest, slice, start, bias, lanes);
    if ((k + SLB_SLICE) % SLB_BLOCK16 == 0 || k + slice == words)
      slb_flush_block16(planes, bias, total, base, lanes, outputs,
                        k < SLB_BLOCK16, acc);
  }
}

/// Computes a tile of up to 8 outputs of a convolution of bytes with bit planes
/// (all pixels of the tile in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of
///               sum_r (B0 + sum_j B_j * w_j[o][r]) * x_r,
/// where B_j = 2^j * B_0. Input bytes are signed, or unsigned.
/// input   [in_h][in_w][in_c]
/// weights [out_c][weight planes][ceil(R / 32)]
/// scratch slb_tile_bytes_bits_parts().bytes, aligned to a pointer
/// acc     [out_c][8]
SLB_NOINLINE static void
slb_tile_bytes_bits(const slb_conv2d *g, int32_t is_signed,
                    const slb_planes *planes, const uint32_t *weights,
                    const void *input, int32_t oy, int32_t ox, int32_t pixels,
                    void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_LANES16};
  const int32_t outputs = g->out_c / g->groups;
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  const slb_tile_parts parts =
      slb_tile_bytes_bits_parts(g, planes->count, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const int32_t positions = g->pool_h * g->pool_w;
  slb_tile_bytes bytes = {(const void **)scratch, 0, 0, 0,
                          slb_sign_bits(is_signed)};
  uint32_t *tables = (uint32_t *)(void *)(start + parts.work);
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint8_t *patch = start + parts.patch;
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_group_bytes(g, &tile, 4, position, input, group, patch, &bytes);
      slb_dot_bytes16(&bytes, planes,
                      weights + group * outputs * planes->count * words,
                      outputs, tables, result + group * outputs * SLB_LANES16);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_LANES16);
  }
}

#endif // SLB_TILE_BYTES_BITS_H
