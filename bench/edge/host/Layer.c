//===- Layer.c - One convolution layer of the host benchmark --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "bench/edge/host/Layer.h"

#include "test/qemu-user/TileKernels.h"

#include "runtime/slb_conv2d_bits_bits.h"
#include "runtime/slb_threshold_bits.h"

#include <stdint.h>

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
    LayerSize, LayerSize, Channels, LayerSize, LayerSize, Channels, 3, 3, 1, 1,
    1,         1,         1,        1,         1,         1,        1};
static const slb_planes bit = {1, {1}, 0};
static const slb_planes sign = {1, {2}, -1};

static uint32_t inputBits[Pixels * Words * MaxPlanes];
static uint32_t weightBits[Channels * MaxPlanes * Patch / 32];
static uint32_t outputBits[Pixels * Words * MaxPlanes];
static int32_t thresholds[Channels];
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
  for (int32_t c = 0; c < Channels; ++c)
    thresholds[c] = (int32_t)(nextRandom() % 65u) - 32;
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

const LayerKind layerKinds[] = {
    {"vector popcount, 0 and 1", 1, 1, runW1A1},
    {"vector popcount, -1 and 1", 1, 1, runSigns},
    {"plain popcount", 1, 1, runPlainW1A1},
};
const int layerKindCount = sizeof layerKinds / sizeof layerKinds[0];
