//===- layer_bytes.h - Layers of bytes ------------------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_BENCH_EDGE_LAYER_BYTES_H
#define SLB_BENCH_EDGE_LAYER_BYTES_H

#include "slb_requantize_u8.h"
#if defined(__ARM_FEATURE_MVE)
#include "slb_tile_requantize_u8_mve.h"
#else
#include "slb_tile_requantize_u8.h"
#endif

#include <stddef.h>

static uint8_t input[PIXELS][IN_C];
static uint8_t output[PIXELS][OUT_C];
static uint8_t expected[PIXELS][OUT_C];
static int32_t multiplier[OUT_C];
static int64_t addend[OUT_C];
static const slb_requantize requantize = {multiplier, addend, 1, 0, 40, 0, 255};
static void *scratch[8192];

static void fill_channel(int32_t o, uint32_t (*random)(void)) {
  multiplier[o] = (int32_t)(random() >> 4) / (1 << WEIGHT_BITS);
  addend[o] = (int64_t)128 << 40;
}

#if defined(LAYER_DEPTHWISE)
#include "slb_tile_depthwise.h"

enum { LANES = SLB_LANES_DEPTHWISE };
#endif

#if WEIGHT_BITS == 8
#include "slb_conv2d_u8_s8.h"
#if defined(LAYER_DEPTHWISE)
#elif defined(__ARM_FEATURE_MVE)
#include "slb_tile_bytes_s8_mve.h"

enum { LANES = SLB_MVE_BYTE_LANES };
#else
#include "slb_tile_bytes_s8.h"

enum { LANES = SLB_LANES_BYTES };
#endif
static int8_t weights[OUT_C][INPUTS];

static void fill_weights(uint32_t (*random)(void)) {
  for (int32_t i = 0; i < OUT_C * INPUTS; ++i)
    weights[i / INPUTS][i % INPUTS] = (int8_t)((int32_t)(random() >> 24) - 128);
}

static void plain_pixel(int32_t p, int32_t *acc) {
  slb_conv2d_u8_s8(&geometry, &weights[0][0], &input[0][0], p / SIDE, p % SIDE,
                   scratch, acc);
}

static void fast_tile(int32_t p, int32_t *acc) {
#if defined(LAYER_DEPTHWISE)
  slb_tile_depthwise(&geometry, 0, NULL, &weights[0][0], &input[0][0], p / SIDE,
                     p % SIDE, LANES, scratch, acc);
#elif defined(__ARM_FEATURE_MVE)
  slb_tile_bytes_s8_mve(&geometry, 0, &weights[0][0], &input[0][0], p / SIDE,
                        p % SIDE, LANES, scratch, acc);
#else
  slb_tile_bytes_s8(&geometry, 0, &weights[0][0], &input[0][0], p / SIDE,
                    p % SIDE, LANES, scratch, acc);
#endif
}

#else
#include "slb_conv2d_u8_bits.h"

enum { WORDS = (INPUTS + 31) / 32 };
/// Odd integers: 2 * q - (2^b - 1).
static const slb_planes weight_planes = {
    WEIGHT_BITS, {2, 4, 8, 16}, 1 - (1 << WEIGHT_BITS)};
static uint32_t weights[OUT_C][WEIGHT_BITS][WORDS];

static void fill_planes(uint32_t (*random)(void)) {
  uint32_t *word = &weights[0][0][0];
  for (int32_t i = 0; i < OUT_C * WEIGHT_BITS * WORDS; ++i)
    word[i] = random() & (INPUTS < 32 ? (1u << INPUTS % 32) - 1u : ~0u);
}

static void plain_pixel(int32_t p, int32_t *acc) {
  slb_conv2d_u8_bits(&geometry, &weight_planes, &weights[0][0][0], &input[0][0],
                     p / SIDE, p % SIDE, scratch, acc);
}

#if defined(LAYER_DEPTHWISE)

static void fill_weights(uint32_t (*random)(void)) { fill_planes(random); }

static void fast_tile(int32_t p, int32_t *acc) {
  slb_tile_depthwise(&geometry, 0, &weight_planes, &weights[0][0][0],
                     &input[0][0], p / SIDE, p % SIDE, LANES, scratch, acc);
}

#elif WEIGHT_BITS == 4
#if defined(__ARM_FEATURE_MVE)
#include "slb_tile_bytes_nibbles_mve.h"

enum { LANES = SLB_MVE_DOT_LANES };
#else
#include "slb_tile_bytes_nibbles.h"

enum { LANES = SLB_LANES_DUAL };
#endif
static uint32_t codes[OUT_C][(INPUTS + 7) / 8];

static void fill_weights(uint32_t (*random)(void)) {
  fill_planes(random);
  for (int32_t i = 0; i < OUT_C * INPUTS * 4; ++i) {
    const int32_t o = i / 4 / INPUTS;
    const int32_t r = i / 4 % INPUTS;
    const uint32_t bit = (weights[o][i % 4][r / 32] >> (r % 32)) & 1u;
    codes[o][r / 8] |= bit << (4 * (r % 8) + i % 4);
  }
}

static void fast_tile(int32_t p, int32_t *acc) {
#if defined(__ARM_FEATURE_MVE)
  slb_tile_bytes_nibbles_mve(&geometry, 0, weight_planes.coefficient[0],
                             weight_planes.offset, &codes[0][0], &input[0][0],
                             p / SIDE, p % SIDE, LANES, scratch, acc);
#else
  slb_tile_bytes_nibbles(&geometry, 0, weight_planes.coefficient[0],
                         weight_planes.offset, &codes[0][0], &input[0][0],
                         p / SIDE, p % SIDE, LANES, scratch, acc);
#endif
}

#elif defined(__ARM_FEATURE_MVE)
#include "slb_tile_bytes_bits_mve.h"

enum { LANES = SLB_MVE_LANES };

static void fill_weights(uint32_t (*random)(void)) { fill_planes(random); }

static void fast_tile(int32_t p, int32_t *acc) {
  slb_tile_bytes_bits_mve(&geometry, 0, &weight_planes, &weights[0][0][0],
                          &input[0][0], p / SIDE, p % SIDE, LANES, scratch,
                          acc);
}

#else
#include "slb_tile_bytes_bits.h"

enum { LANES = SLB_LANES16 };

static void fill_weights(uint32_t (*random)(void)) { fill_planes(random); }

static void fast_tile(int32_t p, int32_t *acc) {
  slb_tile_bytes_bits(&geometry, 0, &weight_planes, &weights[0][0][0],
                      &input[0][0], p / SIDE, p % SIDE, LANES, scratch, acc);
}
#endif
#endif

static void plain_layer(void) {
  int32_t acc[OUT_C];
  for (int32_t p = 0; p < PIXELS; ++p) {
    plain_pixel(p, acc);
    slb_requantize_u8(&requantize, acc, 0, OUT_C, expected[p]);
  }
}

static void fast_layer(void) {
  static int32_t acc[OUT_C * LANES];
  for (int32_t p = 0; p < PIXELS; p += LANES) {
    fast_tile(p, acc);
#if defined(__ARM_FEATURE_MVE)
    slb_tile_requantize_u8_mve(&requantize, acc, LANES, OUT_C, LANES,
                               output[p]);
#else
    slb_tile_requantize_u8(&requantize, acc, LANES, OUT_C, LANES, output[p]);
#endif
  }
}

#endif // SLB_BENCH_EDGE_LAYER_BYTES_H
