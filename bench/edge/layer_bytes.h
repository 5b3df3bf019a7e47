//===- layer_bytes.h - Layers of bytes by bit planes ---------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_BENCH_EDGE_LAYER_BYTES_H
#define SLB_BENCH_EDGE_LAYER_BYTES_H

#include "slb_conv2d_u8_bits.h"
#include "slb_requantize_u8.h"
#include "slb_tile_requantize_u8.h"
#include "slb_tile_u8_bits.h"

enum { WORDS = (INPUTS + 31) / 32 };

/// Odd integers: 2 * q - (2^b - 1).
static const slb_planes weight_planes = {
    WEIGHT_BITS, {2, 4, 8, 16}, 1 - (1 << WEIGHT_BITS)};
static uint32_t weights[OUT_C][WEIGHT_BITS][WORDS];
static uint8_t input[PIXELS][IN_C];
static uint8_t output[PIXELS][OUT_C];
static uint8_t expected[PIXELS][OUT_C];
static int32_t multiplier[OUT_C];
static int64_t addend[OUT_C];
static const slb_requantize requantize = {multiplier, addend, 1, 0, 40, 0, 255};

static void fill_weights(uint32_t (*random)(void)) {
  uint32_t *word = &weights[0][0][0];
  for (int32_t i = 0; i < OUT_C * WEIGHT_BITS * WORDS; ++i)
    word[i] = random() & (INPUTS < 32 ? (1u << INPUTS % 32) - 1u : ~0u);
}

static void fill_channel(int32_t o, uint32_t (*random)(void)) {
  multiplier[o] = (int32_t)(random() >> 4) / (1 << WEIGHT_BITS);
  addend[o] = (int64_t)128 << 40;
}

static void plain_layer(void) {
  static uint32_t patch[1024];
  int32_t acc[OUT_C];
  for (int32_t p = 0; p < PIXELS; ++p) {
    slb_conv2d_u8_bits(&geometry, &weight_planes, &weights[0][0][0],
                       &input[0][0], p / SIDE, p % SIDE, patch, acc);
    slb_requantize_u8(&requantize, acc, 0, OUT_C, expected[p]);
  }
}

static void fast_layer(void) {
  static void *scratch[8192];
  static int32_t acc[OUT_C * SLB_LANES16];
  for (int32_t p = 0; p < PIXELS; p += SLB_LANES16) {
    slb_tile_u8_bits(&geometry, &weight_planes, &weights[0][0][0], &input[0][0],
                     p / SIDE, p % SIDE, SLB_LANES16, scratch, acc);
    slb_tile_requantize_u8(&requantize, acc, SLB_LANES16, OUT_C, SLB_LANES16,
                           output[p]);
  }
}

#endif // SLB_BENCH_EDGE_LAYER_BYTES_H
