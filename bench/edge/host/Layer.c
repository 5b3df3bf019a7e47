//===- Layer.c - One convolution layer of the host benchmark --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "bench/edge/host/Layer.h"

#include "test/qemu-user/TileKernels.h"

#include "runtime/slb_conv2d_bits_bits.h"
#include "runtime/slb_conv2d_s8_s8.h"
#include "runtime/slb_conv2d_u8_bits.h"
#include "runtime/slb_conv2d_u8_s8.h"
#include "runtime/slb_requantize_u8.h"
#include "runtime/slb_threshold_bits.h"

#include <stdint.h>
#include <string.h>

enum {
  Pixels = LayerSize * LayerSize,
  Channels = LayerChannels,
  Words = Channels / 32,
  Patch = 9 * Channels,
  MaxPlanes = 4,
  Tile = 28 // Two rows of outputs.
};

const char *const layerCore = TILE_CORE;

static const slb_conv2d geometry = {
    LayerSize, LayerSize, Channels, LayerSize, LayerSize, Channels, 3, 3, 1,
    1,         1,         1,        1,         1,         1,        1, 1};
static const slb_planes bit = {1, {1}, 0};
static const slb_planes sign = {1, {2}, -1};

static uint32_t inputBits[Pixels * Words * MaxPlanes];
static uint32_t weightBits[Channels * MaxPlanes * Patch / 32];
static uint32_t outputBits[Pixels * Words * MaxPlanes];
static uint8_t inputBytes[Pixels * Channels];
static int8_t inputSigned[Pixels * Channels];
static int8_t weightBytes[Channels * Patch];
static uint8_t outputBytes[Pixels * Channels];
static int32_t thresholds[Channels];
static int32_t multipliers[Channels];
static int64_t addends[Channels];
static const slb_requantize requantize = {multipliers, addends, 1,  0,
                                          24,          0,       255};
static int32_t acc[Tile * Channels];
static uint8_t scratch[64 * Tile * Patch] __attribute__((aligned(64)));

static uint32_t nextRandom(void) {
  static uint32_t state = 1;
  state = state * 1664525u + 1013904223u;
  return state ^ state >> 15;
}

void initializeLayer(void) {
  for (uint32_t i = 0; i < sizeof inputBits / 4; ++i)
    inputBits[i] = nextRandom();
  for (uint32_t i = 0; i < sizeof weightBits / 4; ++i)
    weightBits[i] = nextRandom();
  for (uint32_t i = 0; i < sizeof inputBytes; ++i)
    inputBytes[i] = (uint8_t)(nextRandom() % 256u);
  memcpy(inputSigned, inputBytes, sizeof inputSigned);
  for (uint32_t i = 0; i < sizeof weightBytes; ++i)
    weightBytes[i] = (int8_t)((int32_t)(nextRandom() % 255u) - 127);
  for (int32_t c = 0; c < Channels; ++c) {
    thresholds[c] = (int32_t)(nextRandom() % 65u) - 32;
    multipliers[c] = (int32_t)(nextRandom() % 65536u);
    addends[c] = 64 << 24;
  }
}

static void storeThresholds(int32_t first, int32_t pixels) {
  for (int32_t p = 0; p < pixels; ++p)
    TILE_THRESHOLD_BITS(acc + p * Channels, Channels, 1, thresholds, 0, 1,
                        outputBits + (first + p) * Words);
}

static void runBitsBits(const slb_planes *activations) {
  for (int32_t i = 0; i < Pixels; i += Tile) {
    TILE_BITS_BITS(&geometry, activations, &sign, weightBits, inputBits, i,
                   Tile, scratch, acc);
    storeThresholds(i, Tile);
  }
}

static void runW1A1(void) { runBitsBits(&bit); }

static void runSigns(void) { runBitsBits(&sign); }

static void runPlainW1A1(void) {
  for (int32_t i = 0; i < Pixels; ++i) {
    slb_conv2d_bits_bits(&geometry, &bit, &sign, weightBits, inputBits,
                         i / LayerSize, i % LayerSize, scratch, acc);
    slb_threshold_bits(acc, Channels, 1, thresholds, 0, 1,
                       outputBits + i * Words);
  }
}

static void storeBytes(int32_t first, int32_t pixels) {
  for (int32_t p = 0; p < pixels; ++p)
    slb_requantize_u8(&requantize, acc + p * Channels, 0, Channels,
                      outputBytes + (first + p) * Channels);
}

#ifdef TILE_U8_BITS
static void runU8Bits(const slb_planes *weights) {
  for (int32_t i = 0; i < Pixels; i += Tile) {
    TILE_U8_BITS(&geometry, weights, weightBits, inputBytes, i, Tile, scratch,
                 acc);
    storeBytes(i, Tile);
  }
}

static void runW1A8(void) { runU8Bits(&sign); }

static void runW2A8(void) {
  static const slb_planes weights = {2, {2, 4}, -3};
  runU8Bits(&weights);
}
#endif

static void runPlainW1A8(void) {
  for (int32_t i = 0; i < Pixels; ++i) {
    slb_conv2d_u8_bits(&geometry, &sign, weightBits, inputBytes, i / LayerSize,
                       i % LayerSize, scratch, acc);
    storeBytes(i, 1);
  }
}

static void runPlainU8S8(void) {
  for (int32_t i = 0; i < Pixels; ++i) {
    slb_conv2d_u8_s8(&geometry, weightBytes, inputBytes, i / LayerSize,
                     i % LayerSize, scratch, acc);
    storeBytes(i, 1);
  }
}

static void runPlainS8S8(void) {
  for (int32_t i = 0; i < Pixels; ++i) {
    slb_conv2d_s8_s8(&geometry, weightBytes, inputSigned, i / LayerSize,
                     i % LayerSize, scratch, acc);
    storeBytes(i, 1);
  }
}

const LayerKind layerKinds[] = {
    {"vector popcount, 0 and 1", 1, 1, runW1A1},
    {"vector popcount, -1 and 1", 1, 1, runSigns},
    {"plain popcount", 1, 1, runPlainW1A1},
#ifdef TILE_U8_BITS
    {"dot product of expanded bits", 1, 8, runW1A8},
    {"dot product of expanded bits", 2, 8, runW2A8},
#endif
    {"plain table lookup", 1, 8, runPlainW1A8},
    {"plain int8, unsigned input", 8, 8, runPlainU8S8},
    {"plain int8, signed input", 8, 8, runPlainS8S8},
};
const int layerKindCount = sizeof layerKinds / sizeof layerKinds[0];
