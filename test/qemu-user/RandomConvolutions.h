//===- RandomConvolutions.h - Tile kernels against the plain ones ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Draws a convolution of a random shape from a seed and computes it twice: one
// pixel at a time by the plain kernel, in tiles by the core's own. C, so that
// it runs where no C++ library does.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_RANDOMCONVOLUTIONS_H
#define SLB_TEST_RANDOMCONVOLUTIONS_H

#include "test/qemu-user/TileKernels.h"

#include "runtime/c99/slb_conv2d_bits_bits.h"
#ifdef TILE_U8_BITS
#include "runtime/c99/slb_conv2d_u8_bits.h"
#endif
#ifdef TILE_BYTES_S8
#include "runtime/c99/slb_conv2d_s8_s8.h"
#include "runtime/c99/slb_conv2d_u8_s8.h"
#endif
#include "runtime/c99/slb_threshold_bits.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uint32_t nextRandom(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

/// Returns a number of [lo, hi].
static int32_t drawInteger(uint32_t *state, int32_t lo, int32_t hi) {
  return lo + (int32_t)(nextRandom(state) % (uint32_t)(hi - lo + 1));
}

static slb_conv2d drawConvolution(uint32_t *state) {
  slb_conv2d g;
  const int32_t group_in = drawInteger(state, 0, 3)
                               ? drawInteger(state, 1, 70)
                               : 32 * drawInteger(state, 1, 16);
  g.pad_value = 0;
  g.groups = drawInteger(state, 0, 3) ? 1 : drawInteger(state, 2, 4);
  g.in_c = group_in * g.groups;
  g.out_c = g.groups * drawInteger(state, 1, 20);
  g.kernel_h = drawInteger(state, 1, 4);
  g.kernel_w = drawInteger(state, 1, 4);
  g.stride_h = drawInteger(state, 1, 2);
  g.stride_w = drawInteger(state, 1, 2);
  g.dilation_h = drawInteger(state, 1, 2);
  g.dilation_w = drawInteger(state, 1, 2);
  g.pad_top = drawInteger(state, 0, g.kernel_h - 1);
  g.pad_left = drawInteger(state, 0, g.kernel_w - 1);
  g.pool_h = drawInteger(state, 0, 2) ? 1 : 2;
  g.pool_w = drawInteger(state, 0, 2) ? 1 : 2;
  g.out_h = drawInteger(state, 1, 4);
  g.out_w = drawInteger(state, 1, 5);
  // Some padding on the far side, too.
  g.in_h = (g.out_h * g.pool_h - 1) * g.stride_h - g.pad_top +
           drawInteger(state, 1, (g.kernel_h - 1) * g.dilation_h + 1);
  g.in_w = (g.out_w * g.pool_w - 1) * g.stride_w - g.pad_left +
           drawInteger(state, 1, (g.kernel_w - 1) * g.dilation_w + 1);
  g.in_h = g.in_h < 1 ? 1 : g.in_h;
  g.in_w = g.in_w < 1 ? 1 : g.in_w;
  return g;
}

/// Returns `bytes` bytes, aligned as kernels want them.
static void *allocate(size_t bytes) {
  return aligned_alloc(64, (bytes + 63) / 64 * 64);
}

/// Fills rows of bits, with zeros after bit `length` of each.
static uint32_t *drawBits(uint32_t *state, int32_t rows, int32_t length) {
  const int32_t words = (length + 31) / 32;
  uint32_t *bits =
      (uint32_t *)malloc(sizeof(uint32_t) * (size_t)(rows * words));
  for (int32_t i = 0; i < rows * words; ++i)
    bits[i] = nextRandom(state);
  for (int32_t row = 0; row < rows && length % 32 != 0; ++row)
    bits[(row + 1) * words - 1] &= 0xffffffffu >> (32 - length % 32);
  return bits;
}

static slb_planes drawActivationPlanes(uint32_t *state) {
  const int32_t is_odd = drawInteger(state, 0, 1);
  slb_planes planes = {0, {0}, 0};
  planes.count = drawInteger(state, 1, 4);
  planes.offset = is_odd ? 1 - (1 << planes.count) : 0;
  for (int32_t i = 0; i < planes.count; ++i)
    planes.coefficient[i] = (1 + is_odd) << i;
  return planes;
}

static slb_planes drawWeightPlanes(uint32_t *state) {
  slb_planes planes = {0, {0}, 0};
  const int32_t step = drawInteger(state, 1, 3);
  planes.count = drawInteger(state, 1, 4);
  planes.offset = drawInteger(state, -15, 3);
  for (int32_t j = 0; j < planes.count; ++j)
    planes.coefficient[j] = step << j;
  return planes;
}

/// Computes `pixels` outputs from `first` on, see slb_conv2d_bits_bits_avx2.
typedef void (*BitsKernel)(const slb_conv2d *g, const slb_planes *a,
                           const slb_planes *w, const uint32_t *weights,
                           const uint32_t *input, int32_t first, int32_t pixels,
                           void *scratch, int32_t *acc);

/// Returns 1 if bit planes by bit planes are equal, else 0. A kernel for values
/// that are unsigned bytes gets such ones.
static int compareBits(uint32_t seed, BitsKernel kernel, int is_unsigned) {
  uint32_t state = seed * 2654435761u + 1u;
  const slb_conv2d g = drawConvolution(&state);
  slb_planes a = drawActivationPlanes(&state);
  if (is_unsigned) {
    a.offset = 0;
    for (int32_t i = 0; i < a.count; ++i)
      a.coefficient[i] = 3 << i;
  }
  const slb_planes w = drawWeightPlanes(&state);
  const int32_t words = (slb_patch_length(&g) + 31) / 32;
  const int32_t outputs = g.out_h * g.out_w;
  const int32_t tile = drawInteger(&state, 1, 9);
  const int32_t planes = a.count + (a.offset != 0 ? 1 : 0);
  const int32_t stride =
      (words + TILE_VECTOR_WORDS - 1) / TILE_VECTOR_WORDS * TILE_VECTOR_WORDS;
  uint32_t *input = drawBits(&state, g.in_h * g.in_w * a.count, g.in_c);
  uint32_t *weights = drawBits(&state, g.out_c * w.count, slb_patch_length(&g));
  const size_t acc_bytes = sizeof(int32_t) * (size_t)(outputs * g.out_c);
  int32_t *expected = (int32_t *)malloc(acc_bytes);
  int32_t *actual = (int32_t *)malloc(acc_bytes);
  void *patch = malloc(sizeof(uint32_t) * (size_t)(words * planes));
  void *scratch = allocate(sizeof(uint32_t) *
                           (size_t)(tile * (2 + TILE_SLOTS * stride * planes) +
                                    (words + 8) * (16 * tile + 64 + a.count)));
  for (int32_t i = 0; i < outputs; ++i)
    slb_conv2d_bits_bits(&g, &a, &w, weights, input, i / g.out_w, i % g.out_w,
                         patch, expected + i * g.out_c);
  for (int32_t i = 0; i < outputs; i += tile)
    kernel(&g, &a, &w, weights, input, i,
           outputs - i < tile ? outputs - i : tile, scratch,
           actual + i * g.out_c);
  const int equal = memcmp(expected, actual, acc_bytes) == 0;
  free(input);
  free(weights);
  free(expected);
  free(actual);
  free(patch);
  free(scratch);
  return equal;
}

static int checkBitsBits(uint32_t seed) {
  return compareBits(seed, TILE_BITS_BITS, 0);
}

#ifdef TILE_BITS_BYTES
static int checkBitsBytes(uint32_t seed) {
  return compareBits(seed, TILE_BITS_BYTES, 1);
}
#endif

#ifdef TILE_U8_BITS
/// Returns 1 if unsigned bytes by bit planes are equal, else 0.
static int checkU8Bits(uint32_t seed) {
  uint32_t state = seed * 2654435761u + 1u;
  slb_conv2d g = drawConvolution(&state);
  g.pad_value = drawInteger(&state, 0, 255);
  const slb_planes w = drawWeightPlanes(&state);
  const int32_t length = slb_patch_length(&g);
  const int32_t words = (length + 31) / 32;
  const int32_t outputs = g.out_h * g.out_w;
  const int32_t tile = drawInteger(&state, 1, 9);
  const int32_t padded = (length + TILE_GROUP - 1) / TILE_GROUP * TILE_GROUP;
  const int32_t largest = drawInteger(&state, 0, 2) ? 256 : 1;
  uint8_t *input = (uint8_t *)malloc((size_t)(g.in_h * g.in_w * g.in_c));
  uint32_t *weights = drawBits(&state, g.out_c * w.count, length);
  const size_t acc_bytes = sizeof(int32_t) * (size_t)(outputs * g.out_c);
  int32_t *expected = (int32_t *)malloc(acc_bytes);
  int32_t *actual = (int32_t *)malloc(acc_bytes);
  void *patch = malloc((size_t)(32 * words + 256 + 4 * g.out_c / g.groups));
  void *scratch = allocate((size_t)TILE_U8_SCRATCH(tile, padded));
  // Either any values, or the largest alone, which would overflow first.
  for (int32_t i = 0; i < g.in_h * g.in_w * g.in_c; ++i)
    input[i] = largest == 1 ? 255 : (uint8_t)(nextRandom(&state) % 256u);
  for (int32_t i = 0; i < outputs; ++i)
    slb_conv2d_u8_bits(&g, &w, weights, input, i / g.out_w, i % g.out_w, patch,
                       expected + i * g.out_c);
  for (int32_t i = 0; i < outputs; i += tile)
    TILE_U8_BITS(&g, &w, weights, input, i,
                 outputs - i < tile ? outputs - i : tile, scratch,
                 actual + i * g.out_c);
  const int equal = memcmp(expected, actual, acc_bytes) == 0;
  free(input);
  free(weights);
  free(expected);
  free(actual);
  free(patch);
  free(scratch);
  return equal;
}
#endif

#ifdef TILE_BYTES_S8
/// Returns 1 if unsigned or signed bytes by signed bytes are equal, else 0.
static int checkBytesS8(uint32_t seed) {
  uint32_t state = seed * 2654435761u + 1u;
  slb_conv2d g = drawConvolution(&state);
  g.pad_value = drawInteger(&state, 0, 255);
  const int32_t length = slb_patch_length(&g);
  const int32_t outputs = g.out_h * g.out_w;
  const int32_t tile = drawInteger(&state, 1, 9);
  const int32_t isSigned = drawInteger(&state, 0, 1);
  const int32_t any = drawInteger(&state, 0, 2);
  uint8_t *input = (uint8_t *)malloc((size_t)(g.in_h * g.in_w * g.in_c));
  int8_t *weights = (int8_t *)malloc((size_t)(g.out_c * length));
  const size_t acc_bytes = sizeof(int32_t) * (size_t)(outputs * g.out_c);
  int32_t *expected = (int32_t *)malloc(acc_bytes);
  int32_t *actual = (int32_t *)malloc(acc_bytes);
  void *patch = malloc((size_t)length);
  void *scratch = allocate((size_t)TILE_BYTES_SCRATCH(tile, length));
  // Either any values, or the lowest alone, which would overflow first.
  for (int32_t i = 0; i < g.in_h * g.in_w * g.in_c; ++i)
    input[i] =
        any ? (uint8_t)(nextRandom(&state) % 256u) : (uint8_t)(128 * isSigned);
  for (int32_t i = 0; i < g.out_c * length; ++i)
    weights[i] =
        any ? (int8_t)drawInteger(&state, any == 1 ? -128 : -127, 127) : -128;
  for (int32_t i = 0; i < outputs; ++i) {
    int32_t *acc = expected + i * g.out_c;
    if (isSigned)
      slb_conv2d_s8_s8(&g, weights, (const int8_t *)input, i / g.out_w,
                       i % g.out_w, patch, acc);
    else
      slb_conv2d_u8_s8(&g, weights, input, i / g.out_w, i % g.out_w, patch,
                       acc);
  }
  for (int32_t i = 0; i < outputs; i += tile)
    TILE_BYTES_S8(&g, isSigned, weights, input, i,
                  outputs - i < tile ? outputs - i : tile, scratch,
                  actual + i * g.out_c);
  const int equal = memcmp(expected, actual, acc_bytes) == 0;
  free(input);
  free(weights);
  free(expected);
  free(actual);
  free(patch);
  free(scratch);
  return equal;
}
#endif

/// Returns 1 if the codes of thresholds are equal, else 0.
static int checkThresholds(uint32_t seed) {
  uint32_t state = seed * 2654435761u + 1u;
  enum { MaxChannels = 150, MaxLevels = 3 };
  int32_t acc[MaxChannels], thresholds[MaxChannels * MaxLevels];
  int8_t signs[MaxChannels];
  uint32_t expected[2 * MaxChannels / 32 + 2], actual[2 * MaxChannels / 32 + 2];
  const int32_t n = drawInteger(&state, 1, MaxChannels);
  const int32_t planes = drawInteger(&state, 1, 2);
  const int32_t levels = planes == 1 ? 1 : MaxLevels;
  const int8_t *sign = drawInteger(&state, 0, 1) ? signs : NULL;
  for (int32_t c = 0; c < n; ++c) {
    acc[c] = drawInteger(&state, -20, 20);
    signs[c] = drawInteger(&state, 0, 1) ? 1 : -1;
  }
  for (int32_t i = 0; i < n * levels; ++i)
    thresholds[i] = drawInteger(&state, -20, 20);
  slb_threshold_bits(acc, n, levels, thresholds, sign, planes, expected);
  TILE_THRESHOLD_BITS(acc, n, levels, thresholds, sign, planes, actual);
  return memcmp(expected, actual,
                sizeof(uint32_t) * (size_t)(planes * ((n + 31) / 32))) == 0;
}

#endif // SLB_TEST_RANDOMCONVOLUTIONS_H
