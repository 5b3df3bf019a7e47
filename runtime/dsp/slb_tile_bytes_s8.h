//===- slb_tile_bytes_s8.h - Dot products of a tile with signed bytes -----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_S8_H
#define SLB_TILE_BYTES_S8_H

#include "../c99/slb_patch_length.h"
#include "../lanes/slb_opaque.h"
#include "../lanes/slb_tile_bytes.h"
#include "slb_dual.h"
#include "slb_tile_bytes_s8_parts.h"

#include <stdint.h>
#include <string.h>

/// Outputs of a tile, in an accumulator each.
enum { SLB_LANES_BYTES = 4 };

/// Widens the inputs of a tile to pairs[ceil(R / 4)][4][2]: (x_0, x_2), (x_1,
/// x_3) of each four inputs of each pixel.
static void slb_widen_quads(const slb_tile_bytes *bytes, uint32_t *pairs) {
  const int32_t taps = (bytes->length + bytes->channels - 1) / bytes->channels;
  for (int32_t p = 0; p < SLB_LANES_BYTES; ++p, pairs += 2) {
    uint32_t *out = pairs;
    for (int32_t tap = 0; tap < taps; ++tap) {
      const uint8_t *x =
          (const uint8_t *)bytes->sources[tap * SLB_LANES_BYTES + p] +
          bytes->first;
      for (int32_t c = 0; c < bytes->channels; c += 4, out += 8) {
        uint32_t word;
        memcpy(&word, x + c, sizeof(word));
        out[0] = slb_pair_of_bytes(word, bytes->sign);
        out[1] = slb_pair_of_bytes(word >> 8, bytes->sign);
      }
    }
  }
}

/// Returns signed bytes 1 and 3 of a word as a pair.
static inline uint32_t slb_odd_signed_pair(uint32_t bytes) {
#if defined(__ARM_FEATURE_SIMD32) && !defined(__clang__)
  uint32_t pair; // One instruction, which GCC does not find, and Clang does.
  __asm__("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(bytes));
  return pair;
#else
  return slb_pair_of_bytes(bytes >> 8 | bytes << 24, 1);
#endif
}

/// Adds to `sum` the products of four weights with a pixel's inputs x, one word
/// and the next: bytes 0 and 2 and bytes 1 and 3.
SLB_INLINE int32_t slb_dual_quad(const uint32_t *x, uint32_t even, uint32_t odd,
                                 int32_t sum) {
  uint32_t first = x[0];
  uint32_t second = x[1];
#if defined(__ARM_FEATURE_SIMD32) && !defined(__clang__)
  // One instruction, which GCC does not find, and Clang does. An operand of 64
  // bits has addresses that it can take, with or without optimization.
  typedef uint64_t pair __attribute__((may_alias, aligned(4)));
  __asm__("ldrd %0, %1, %2"
          : "=r"(first), "=r"(second)
          : "m"(*(const pair *)(const void *)x));
#endif
  return slb_dual(second, odd, slb_dual(first, even, sum));
}

/// Adds to sum[4] the products of four weights with four inputs of each pixel.
SLB_INLINE void slb_dual_quads(const uint32_t *x, uint32_t w, int32_t *sum) {
  const uint32_t even = slb_pair_of_bytes(w, 1);
  const uint32_t odd = slb_odd_signed_pair(w);
  sum[0] = slb_dual_quad(x, even, odd, sum[0]);
  sum[1] = slb_dual_quad(x + 2, even, odd, sum[1]);
  sum[2] = slb_dual_quad(x + 4, even, odd, sum[2]);
  sum[3] = slb_dual_quad(x + 6, even, odd, sum[3]);
}

/// Returns the last `count` bytes before `end` of a row of `length`, count < 4,
/// above them zeros.
static inline uint32_t slb_last_bytes(const int8_t *end, int32_t length,
                                      int32_t count) {
  uint32_t word = 0;
  if (length > 4) {
    memcpy(&word, end - 4, sizeof(word));
    return word >> (32 - 8 * count);
  }
  for (int32_t i = 0; i < count; ++i)
    word |= (uint32_t)(uint8_t)end[i - count] << (8 * i);
  return word;
}

/// Computes acc[outputs][4] = sum_r w[o][r] * x_r.
static void slb_dot_quads(const uint32_t *pairs, const int8_t *weights,
                          int32_t length, int32_t outputs, int32_t *acc) {
  for (int32_t o = 0; o < outputs; ++o, acc += SLB_LANES_BYTES) {
    const int8_t *end = weights + length / 4 * 4;
    const uint32_t *x = pairs;
    int32_t sum[SLB_LANES_BYTES] = {0, 0, 0, 0};
    uint32_t w = 0;
    for (; weights != end; weights += 4, x += 8) {
      memcpy(&w, weights, sizeof(w));
      slb_dual_quads(x, w, sum);
    }
    if (length % 4 != 0) {
      weights += length % 4;
      slb_dual_quads(x, slb_last_bytes(weights, length, length % 4), sum);
    }
    // A loop would be a copy of memory, and `sum` never in registers.
    acc[0] = sum[0], acc[1] = sum[1], acc[2] = sum[2], acc[3] = sum[3];
  }
}

/// Computes a tile of up to 4 outputs of a convolution of bytes with signed
/// bytes (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of sum_r w[o][r] * x_r
/// Input bytes are signed, or unsigned.
/// input   [in_h][in_w][in_c]
/// weights [out_c][R]
/// scratch slb_tile_bytes_s8_parts().bytes, aligned to a pointer
/// acc     [out_c][4]
SLB_NOINLINE static void
slb_tile_bytes_s8(const slb_conv2d *g, int32_t is_signed, const int8_t *weights,
                  const void *input, int32_t oy, int32_t ox, int32_t pixels,
                  void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_LANES_BYTES};
  const int32_t outputs = g->out_c / g->groups;
  const int32_t length = slb_patch_length(g);
  const slb_tile_parts parts =
      slb_tile_bytes_s8_parts(g, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const int32_t positions = g->pool_h * g->pool_w;
  slb_tile_bytes bytes = {(const void **)scratch, 0, 0, 0,
                          slb_sign_bits(is_signed)};
  uint32_t *pairs = (uint32_t *)(void *)(start + parts.work);
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint8_t *patch = start + parts.patch;
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_group_bytes(g, &tile, 4, position, input, group, patch, &bytes);
      slb_widen_quads(&bytes, pairs);
      slb_dot_quads(pairs, weights + group * outputs * length, length, outputs,
                    result + group * outputs * SLB_LANES_BYTES);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_LANES_BYTES);
  }
}

#endif // SLB_TILE_BYTES_S8_H
