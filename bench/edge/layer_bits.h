//===- layer_bits.h - Layers of bit planes by bit planes ------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_BENCH_EDGE_LAYER_BITS_H
#define SLB_BENCH_EDGE_LAYER_BITS_H

#include "slb_conv2d_bits_bits.h"
#include "slb_threshold_bits.h"
#if defined(__ARM_FEATURE_MVE)
#include "slb_tile_threshold_bits_mve.h"
#else
#include "slb_tile_threshold_bits.h"
#endif

enum {
  WORDS = (INPUTS + 31) / 32,
  IN_WORDS = ACTIVATION_BITS * (IN_C / 32),
  OUT_WORDS = ACTIVATION_BITS * (OUT_C / 32),
  LEVELS = (1 << ACTIVATION_BITS) - 1
};

/// Odd integers: 2 * q - (2^b - 1).
static const slb_planes weight_planes = {
    WEIGHT_BITS, {2, 4, 8, 16}, 1 - (1 << WEIGHT_BITS)};
static const slb_planes activation_planes = {ACTIVATION_BITS, {1, 2, 4, 8}, 0};
static uint32_t weights[OUT_C][WEIGHT_BITS][WORDS];
static uint32_t input[PIXELS][IN_WORDS];
static uint32_t output[PIXELS][OUT_WORDS];
static uint32_t expected[PIXELS][OUT_WORDS];
static int32_t thresholds[OUT_C][LEVELS];

static void fill_channel(int32_t o, uint32_t (*random)(void)) {
  const int32_t range = 8 << (WEIGHT_BITS + ACTIVATION_BITS);
  for (int32_t l = 0; l < LEVELS; ++l)
    thresholds[o][l] = (2 * l - LEVELS + 1) * range / LEVELS +
                       (int32_t)(random() >> 24) * range / 1024 / LEVELS;
}

static void plain_layer(void) {
  static uint32_t patch[1024];
  int32_t acc[OUT_C];
  for (int32_t p = 0; p < PIXELS; ++p) {
    slb_conv2d_bits_bits(&geometry, &activation_planes, &weight_planes,
                         &weights[0][0][0], &input[0][0], p / SIDE, p % SIDE,
                         patch, acc);
    slb_threshold_bits(acc, OUT_C, LEVELS, &thresholds[0][0], 0,
                       ACTIVATION_BITS, expected[p]);
  }
}

static void fill_planes(uint32_t (*random)(void)) {
  uint32_t *word = &weights[0][0][0];
  for (int32_t i = 0; i < OUT_C * WEIGHT_BITS * WORDS; ++i)
    word[i] = random();
}

static void *scratch[8192];

#if WEIGHT_BITS == 4
#include "slb_tile_bits_nibbles.h"

enum { LANES = SLB_LANES_QUAD };
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
  slb_tile_bits_nibbles(&geometry, &activation_planes,
                        weight_planes.coefficient[0], weight_planes.offset,
                        &codes[0][0], &input[0][0], p / SIDE, p % SIDE, LANES,
                        scratch, acc);
}

#elif defined(__ARM_FEATURE_MVE)
#include "slb_tile_bits_bits_mve.h"

enum { LANES = SLB_MVE_BIT_LANES };

static void fill_weights(uint32_t (*random)(void)) { fill_planes(random); }

static void fast_tile(int32_t p, int32_t *acc) {
  slb_tile_bits_bits_mve(&geometry, &activation_planes, &weight_planes,
                         &weights[0][0][0], &input[0][0], p / SIDE, p % SIDE,
                         LANES, scratch, acc);
}

#else
#include "slb_tile_bits_bits.h"

enum { LANES = SLB_LANES8 };

static void fill_weights(uint32_t (*random)(void)) { fill_planes(random); }

static void fast_tile(int32_t p, int32_t *acc) {
  slb_tile_bits_bits(&geometry, &activation_planes, &weight_planes,
                     &weights[0][0][0], &input[0][0], p / SIDE, p % SIDE, LANES,
                     scratch, acc);
}
#endif

static void fast_layer(void) {
  static int32_t acc[OUT_C * LANES];
  for (int32_t p = 0; p < PIXELS; p += LANES) {
    fast_tile(p, acc);
#if defined(__ARM_FEATURE_MVE)
    slb_tile_threshold_bits_mve(acc, LANES, OUT_C, &thresholds[0][0], 0,
                                ACTIVATION_BITS, LANES, output[p]);
#else
    slb_tile_threshold_bits(acc, LANES, OUT_C, &thresholds[0][0], 0,
                            ACTIVATION_BITS, LANES, output[p]);
#endif
  }
}

#endif // SLB_BENCH_EDGE_LAYER_BITS_H
