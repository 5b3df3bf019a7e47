//===- slb_tile_bytes_nibbles.h - Tile of bytes by 4-bit codes ------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_NIBBLES_H
#define SLB_TILE_BYTES_NIBBLES_H

#include "../c99/slb_patch_length.h"
#include "../lanes/slb_opaque.h"
#include "../lanes/slb_pair_bytes.h"
#include "../lanes/slb_tile_bytes.h"
#include "slb_dual.h"
#include "slb_tile_bytes_nibbles_parts.h"

#include <stdint.h>

/// Outputs of a tile, in an accumulator each.
enum { SLB_LANES_DUAL = 4 };

/// Four pairs of 4-bit codes, (w_0, w_4) to (w_3, w_7), in a word.
enum { SLB_NIBBLE_PAIRS = 0x000f000f };

/// Widens the inputs of a tile to pairs[ceil(R / 8)][4][4]: (x_0, x_4) to
/// (x_3, x_7) of each eight inputs of each pixel; and adds them up in total[4].
static void slb_widen_bytes(const slb_tile_bytes *bytes, uint32_t *pairs,
                            int32_t *total) {
  const int32_t taps = (bytes->length + bytes->channels - 1) / bytes->channels;
  for (int32_t p = 0; p < SLB_LANES_DUAL; ++p, pairs += 4) {
    uint32_t *out = pairs;
    int32_t sum = 0;
    for (int32_t tap = 0; tap < taps; ++tap) {
      const uint8_t *x =
          (const uint8_t *)bytes->sources[tap * SLB_LANES_DUAL + p] +
          bytes->first;
      for (int32_t c = 0; c < bytes->channels; c += 8, out += 16) {
        uint32_t front;
        uint32_t back;
        slb_pair_bytes(x + c, x + c + 4, 0, &front, &back);
        out[0] = slb_pair_of_bytes(front, bytes->sign);
        out[1] = slb_pair_of_bytes(front >> 8, bytes->sign);
        out[2] = slb_pair_of_bytes(back, bytes->sign);
        out[3] = slb_pair_of_bytes(back >> 8, bytes->sign);
        for (int32_t i = 0; i < 4; ++i)
          sum = slb_dual(out[i], 0x00010001u, sum);
      }
    }
    total[p] = sum;
  }
}

/// Computes acc[outputs][4] = offset * total_p + step * sum_r q[o][r] * x_r,
/// with weights [outputs][ceil(R / 8)], words of eight codes.
static void slb_dot_nibbles(const uint32_t *pairs, const int32_t *total,
                            int32_t step, int32_t offset,
                            const uint32_t *weights, int32_t words,
                            int32_t outputs, int32_t *acc) {
  for (int32_t o = 0; o < outputs; ++o, acc += SLB_LANES_DUAL) {
    const uint32_t *x = pairs;
    const uint32_t *end = pairs + 16 * words;
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    while (x != end) {
      const uint32_t w = *weights++;
      const uint32_t w0 = w & SLB_NIBBLE_PAIRS;
      const uint32_t w1 = (w >> 4) & SLB_NIBBLE_PAIRS;
      const uint32_t w2 = (w >> 8) & SLB_NIBBLE_PAIRS;
      const uint32_t w3 = (w >> 12) & SLB_NIBBLE_PAIRS;
      s0 = slb_dual(x[1], w1, slb_dual(x[0], w0, s0));
      s1 = slb_dual(x[5], w1, slb_dual(x[4], w0, s1));
      s2 = slb_dual(x[9], w1, slb_dual(x[8], w0, s2));
      s3 = slb_dual(x[13], w1, slb_dual(x[12], w0, s3));
      s0 = slb_dual(x[3], w3, slb_dual(x[2], w2, s0));
      s1 = slb_dual(x[7], w3, slb_dual(x[6], w2, s1));
      s2 = slb_dual(x[11], w3, slb_dual(x[10], w2, s2));
      s3 = slb_dual(x[15], w3, slb_dual(x[14], w2, s3));
      x += 16;
    }
    acc[0] = offset * total[0] + step * s0;
    acc[1] = offset * total[1] + step * s1;
    acc[2] = offset * total[2] + step * s2;
    acc[3] = offset * total[3] + step * s3;
  }
}

/// Computes a tile of up to 4 outputs of a convolution of bytes with 4-bit
/// codes (`pixels` outputs in raster order, see slb_tile):
///   acc[o][p] = max over the pool window of
///               sum_r (offset + step * q[o][r]) * x_r
/// Input bytes are signed, or unsigned.
/// input   [in_h][in_w][in_c]
/// weights [out_c][ceil(R / 8)]: code q[o][r] in bits 4 (r % 8) to 4 (r % 8) +
/// 3
///         of word r / 8
/// scratch slb_tile_bytes_nibbles_parts().bytes, aligned to a pointer
/// acc     [out_c][4]
SLB_NOINLINE static void
slb_tile_bytes_nibbles(const slb_conv2d *g, int32_t is_signed, int32_t step,
                       int32_t offset, const uint32_t *weights,
                       const void *input, int32_t oy, int32_t ox,
                       int32_t pixels, void *scratch, int32_t *acc) {
  const slb_tile tile = {oy, ox, pixels, SLB_LANES_DUAL};
  const int32_t outputs = g->out_c / g->groups;
  const int32_t words = (slb_patch_length(g) + 7) / 8;
  const slb_tile_parts parts =
      slb_tile_bytes_nibbles_parts(g, (int32_t)sizeof(void *));
  uint8_t *start = (uint8_t *)scratch;
  const int32_t positions = g->pool_h * g->pool_w;
  slb_tile_bytes bytes = {(const void **)scratch, 0, 0, 0,
                          slb_sign_bits(is_signed)};
  uint32_t *pairs = (uint32_t *)(void *)(start + parts.work);
  int32_t *total = (int32_t *)(void *)(pairs + 16 * words);
  int32_t *sums = (int32_t *)(void *)(start + parts.sums);
  uint8_t *patch = start + parts.patch;
  for (int32_t position = 0; position < positions; ++position) {
    int32_t *result = position == 0 ? acc : sums;
    for (int32_t group = 0; group < g->groups; ++group) {
      slb_tile_group_bytes(g, &tile, 8, position, input, group, patch, &bytes);
      slb_widen_bytes(&bytes, pairs, total);
      slb_dot_nibbles(pairs, total, step, offset,
                      weights + group * outputs * words, words, outputs,
                      result + group * outputs * SLB_LANES_DUAL);
    }
    if (position > 0)
      slb_tile_max(acc, sums, g->out_c * SLB_LANES_DUAL);
  }
}

#endif // SLB_TILE_BYTES_NIBBLES_H
