//===- kernels.c - Tile kernels against the plain kernels, random shapes --===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Every tile kernel must give the accumulators of the plain kernel, and every
// tile epilogue its outputs, on random shapes, and must stay inside the scratch
// that its comment states. Runs on the emulated boards and on the host.
//
//===----------------------------------------------------------------------===//

#include "board.h"

#include "c99/slb_conv2d_bits_bits.h"
#include "c99/slb_conv2d_s8_bits.h"
#include "c99/slb_conv2d_s8_s8.h"
#include "c99/slb_conv2d_u8_bits.h"
#include "c99/slb_conv2d_u8_s8.h"
#include "c99/slb_requantize_s8.h"
#include "c99/slb_requantize_u8.h"
#include "c99/slb_threshold_bits.h"
#include "dsp/slb_tile_bytes_nibbles.h"
#include "dsp/slb_tile_bytes_s8.h"
#include "lanes/slb_row_bytes_bits.h"
#include "lanes/slb_tile_bits_bits.h"
#include "lanes/slb_tile_bits_nibbles.h"
#include "lanes/slb_tile_bytes_bits.h"
#include "lanes/slb_tile_depthwise.h"
#include "lanes/slb_tile_pixel.h"
#include "lanes/slb_tile_requantize_s8.h"
#include "lanes/slb_tile_requantize_u8.h"
#include "lanes/slb_tile_requantize_u8_residual.h"
#include "lanes/slb_tile_threshold_bits.h"
#if defined(__ARM_FEATURE_MVE)
#include "helium/slb_tile_bits_bits_mve.h"
#include "helium/slb_tile_bytes_bits_mve.h"
#include "helium/slb_tile_bytes_nibbles_mve.h"
#include "helium/slb_tile_bytes_s8_mve.h"
#include "helium/slb_tile_requantize_u8_mve.h"
#include "helium/slb_tile_threshold_bits_mve.h"
#endif

#include <stddef.h>
#include <string.h>

enum { MAX_SIDE = 8, MAX_C = 64, MAX_OUT = 16, MAX_LANES = 32, MAX_R = 576 };
enum { POINTER = sizeof(void *), GUARD = 64 };

static slb_conv2d geometry;
static slb_planes weight_planes, activation_planes;
static uint32_t input_words[MAX_SIDE * MAX_SIDE * MAX_C];
static uint32_t weight_words[MAX_OUT * 4 * (MAX_R / 32 + 1)];
static uint32_t code_words[MAX_OUT * (MAX_R / 8 + 1)];
static int8_t weight_bytes[MAX_OUT * MAX_R];
static uint64_t scratch[6000];
static uint32_t plain_scratch[4096];
static int32_t plain_acc[MAX_SIDE * MAX_SIDE * MAX_OUT];
static int32_t tile_acc[MAX_OUT * MAX_LANES];

static uint32_t random_state = 7;

/// Returns a number in [0, n).
static int32_t pick(int32_t n) {
  random_state = random_state * 1664525u + 1013904223u;
  return (int32_t)((random_state >> 8) % (uint32_t)n);
}

static uint32_t random_word(void) {
  const uint32_t high = (uint32_t)pick(1 << 16);
  return (high << 16) | (uint32_t)pick(1 << 16);
}

/// Sets the size of one dimension's output; returns whether it is positive.
static int set_output(int32_t in, int32_t kernel, int32_t stride, int32_t pad,
                      int32_t dilation, int32_t pool, int32_t *out) {
  const int32_t span = in + pad + pick(2) - dilation * (kernel - 1) - 1;
  *out = span < 0 ? 0 : (span / stride + 1) / pool;
  return *out > 0 && *out <= MAX_SIDE;
}

/// What slb_row_bytes_bits can compute.
static void make_rows(slb_conv2d *g) {
  g->in_c = 16 << pick(3);
  g->groups = 1;
  g->out_c = 1 + pick(MAX_OUT);
  g->kernel_h = g->in_c == 16 ? 3 : 1 + pick(3);
  g->kernel_w = g->in_c == 16 ? 3 : 2 + pick(2);
  g->stride_w = 1;
  g->dilation_w = 1;
  g->pad_left = pick(g->kernel_w);
  g->pool_h = 1;
  g->pool_w = 1;
}

static void pick_geometry(int depthwise, int rows) {
  static const int32_t counts[] = {1, 2, 3, 4, 8, 12, 16, 20, 32, 33, 40, 64};
  slb_conv2d *g = &geometry;
  do {
    g->in_h = 1 + pick(MAX_SIDE);
    g->in_w = 1 + pick(MAX_SIDE);
    g->in_c = counts[pick(12)];
    g->groups = 1;
    g->out_c = 1 + pick(MAX_OUT);
    if (depthwise || pick(4) == 0) {
      g->in_c = depthwise ? 1 + pick(8) : 2 * counts[pick(11)];
      if (!depthwise && g->in_c > MAX_C)
        g->in_c = MAX_C;
      g->groups = depthwise ? g->in_c : 2;
      g->out_c = g->groups * (1 + pick(2));
    }
    g->kernel_h = 1 + pick(3);
    g->kernel_w = 1 + pick(3);
    g->stride_h = 1 + pick(2);
    g->stride_w = 1 + pick(2);
    g->pad_top = pick(g->kernel_h);
    g->pad_left = pick(g->kernel_w);
    g->dilation_h = 1 + pick(2);
    g->dilation_w = 1 + pick(2);
    g->pool_h = pick(4) == 0 ? 2 : 1;
    g->pool_w = g->pool_h;
    if (rows)
      make_rows(g);
  } while (!set_output(g->in_h, g->kernel_h, g->stride_h, g->pad_top,
                       g->dilation_h, g->pool_h, &g->out_h) ||
           !set_output(g->in_w, g->kernel_w, g->stride_w, g->pad_left,
                       g->dilation_w, g->pool_w, &g->out_w));
}

static void pick_planes(slb_planes *planes, int32_t count, int is_odd) {
  const int32_t unit = is_odd ? 2 : 1 + pick(2);
  planes->count = count;
  planes->offset = is_odd ? 1 - (1 << count) : 0;
  for (int32_t i = 0; i < count; ++i)
    planes->coefficient[i] = unit << i;
}

/// Clears the bits from `length` on of bit strings of `words` words.
static void clear_tail(uint32_t *bits, int32_t strings, int32_t length) {
  const int32_t words = (length + 31) / 32;
  for (int32_t i = 0; i < strings; ++i, bits += words)
    if (length % 32 != 0)
      bits[words - 1] &= (1u << (length % 32)) - 1u;
}

/// Fills the inputs, the weights as planes, codes and bytes.
static void fill(int32_t weight_count, int32_t activation_count, int sign) {
  const int32_t length = slb_patch_length(&geometry);
  const int32_t words = (length + 31) / 32;
  pick_planes(&weight_planes, weight_count, pick(2));
  if (pick(2))
    weight_planes.offset = pick(9) - 4;
  pick_planes(&activation_planes, activation_count, sign);
  for (size_t i = 0; i < sizeof(input_words) / sizeof(*input_words); ++i)
    input_words[i] = random_word();
  for (size_t i = 0; i < sizeof(weight_words) / sizeof(*weight_words); ++i)
    weight_words[i] = random_word();
  for (size_t i = 0; i < sizeof(weight_bytes); ++i)
    weight_bytes[i] = (int8_t)(pick(256) - 128);
  clear_tail(weight_words, geometry.out_c * weight_count, length);
  memset(code_words, 0, sizeof(code_words));
  for (int32_t i = 0; i < geometry.out_c * length * weight_count; ++i) {
    const int32_t j = i % weight_count;
    const int32_t r = i / weight_count % length;
    const int32_t o = i / weight_count / length;
    const uint32_t word = weight_words[(o * weight_count + j) * words + r / 32];
    code_words[o * ((length + 7) / 8) + r / 8] |= ((word >> (r % 32)) & 1u)
                                                  << (4 * (r % 8) + j);
  }
}

typedef enum kernel {
  U8_BITS,
  S8_BITS,
  ROW_U8_BITS,
  ROW_S8_BITS,
  BITS_BITS,
  U8_NIBBLES,
  S8_NIBBLES,
  BITS_NIBBLES,
  U8_S8,
  S8_S8,
  DEPTHWISE_U8_BITS,
  DEPTHWISE_S8_BITS,
  DEPTHWISE_U8_S8,
  DEPTHWISE_S8_S8,
#if defined(__ARM_FEATURE_MVE)
  U8_BITS_MVE,
  S8_BITS_MVE,
  BITS_BITS_MVE,
  U8_NIBBLES_MVE,
  S8_NIBBLES_MVE,
  U8_S8_MVE,
  S8_S8_MVE,
#endif
  KERNELS
} kernel;

static const char *const names[KERNELS] = {
    "u8_bits",         "s8_bits",           "row_u8_bits",
    "row_s8_bits",     "bits_bits",         "u8_nibbles",
    "s8_nibbles",      "bits_nibbles",      "u8_s8",
    "s8_s8",           "depthwise_u8_bits", "depthwise_s8_bits",
    "depthwise_u8_s8", "depthwise_s8_s8",
#if defined(__ARM_FEATURE_MVE)
    "u8_bits_mve",     "s8_bits_mve",       "bits_bits_mve",
    "u8_nibbles_mve",  "s8_nibbles_mve",    "u8_s8_mve",
    "s8_s8_mve",
#endif
};

static void run_plain(kernel k, int32_t oy, int32_t ox, int32_t *acc) {
  const slb_conv2d *g = &geometry;
  const uint8_t *u8 = (const uint8_t *)input_words;
  const int8_t *s8 = (const int8_t *)input_words;
  switch (k) {
  case U8_BITS:
  case ROW_U8_BITS:
  case U8_NIBBLES:
  case DEPTHWISE_U8_BITS:
#if defined(__ARM_FEATURE_MVE)
  case U8_BITS_MVE:
  case U8_NIBBLES_MVE:
#endif
    slb_conv2d_u8_bits(g, &weight_planes, weight_words, u8, oy, ox,
                       plain_scratch, acc);
    break;
  case S8_BITS:
  case ROW_S8_BITS:
  case S8_NIBBLES:
  case DEPTHWISE_S8_BITS:
#if defined(__ARM_FEATURE_MVE)
  case S8_BITS_MVE:
  case S8_NIBBLES_MVE:
#endif
    slb_conv2d_s8_bits(g, &weight_planes, weight_words, s8, oy, ox,
                       plain_scratch, acc);
    break;
  case U8_S8:
  case DEPTHWISE_U8_S8:
#if defined(__ARM_FEATURE_MVE)
  case U8_S8_MVE:
#endif
    slb_conv2d_u8_s8(g, weight_bytes, u8, oy, ox, plain_scratch, acc);
    break;
  case S8_S8:
  case DEPTHWISE_S8_S8:
#if defined(__ARM_FEATURE_MVE)
  case S8_S8_MVE:
#endif
    slb_conv2d_s8_s8(g, weight_bytes, s8, oy, ox, plain_scratch, acc);
    break;
  default:
    slb_conv2d_bits_bits(g, &activation_planes, &weight_planes, weight_words,
                         input_words, oy, ox, plain_scratch, acc);
  }
}

static int32_t lanes_of(kernel k) {
  switch (k) {
  case U8_BITS:
  case S8_BITS:
    return SLB_LANES16;
  case ROW_U8_BITS:
  case ROW_S8_BITS:
    return geometry.out_w;
  case BITS_BITS:
    return SLB_LANES8;
  case DEPTHWISE_U8_BITS:
  case DEPTHWISE_S8_BITS:
  case DEPTHWISE_U8_S8:
  case DEPTHWISE_S8_S8:
    return SLB_LANES_DEPTHWISE;
#if defined(__ARM_FEATURE_MVE)
  case U8_BITS_MVE:
  case S8_BITS_MVE:
  case BITS_BITS_MVE:
    return SLB_MVE_LANES;
#endif
  default:
    return SLB_LANES_DUAL;
  }
}

static void run_tile(kernel k, int32_t oy, int32_t ox, int32_t pixels) {
  const slb_conv2d *g = &geometry;
  const slb_planes *w = &weight_planes;
  const uint8_t *u8 = (const uint8_t *)input_words;
  const int8_t *s8 = (const int8_t *)input_words;
  const int32_t step = w->coefficient[0];
  const int32_t offset = w->offset;
  switch (k) {
  case U8_BITS:
    slb_tile_bytes_bits(g, 0, w, weight_words, u8, oy, ox, pixels, scratch,
                        tile_acc);
    break;
  case S8_BITS:
    slb_tile_bytes_bits(g, 1, w, weight_words, s8, oy, ox, pixels, scratch,
                        tile_acc);
    break;
  case ROW_U8_BITS:
  case ROW_S8_BITS:
    for (int32_t y = 0; y <= oy; ++y)
      slb_row_bytes_bits(g, k == ROW_S8_BITS, w, weight_words, u8, y, scratch,
                         tile_acc);
    break;
  case BITS_BITS:
    slb_tile_bits_bits(g, &activation_planes, w, weight_words, input_words, oy,
                       ox, pixels, scratch, tile_acc);
    break;
  case U8_NIBBLES:
    slb_tile_bytes_nibbles(g, 0, step, offset, code_words, u8, oy, ox, pixels,
                           scratch, tile_acc);
    break;
  case S8_NIBBLES:
    slb_tile_bytes_nibbles(g, 1, step, offset, code_words, s8, oy, ox, pixels,
                           scratch, tile_acc);
    break;
  case BITS_NIBBLES:
    slb_tile_bits_nibbles(g, &activation_planes, step, offset, code_words,
                          input_words, oy, ox, pixels, scratch, tile_acc);
    break;
  case U8_S8:
    slb_tile_bytes_s8(g, 0, weight_bytes, u8, oy, ox, pixels, scratch,
                      tile_acc);
    break;
  case S8_S8:
    slb_tile_bytes_s8(g, 1, weight_bytes, s8, oy, ox, pixels, scratch,
                      tile_acc);
    break;
  case DEPTHWISE_U8_BITS:
    slb_tile_depthwise(g, 0, w, weight_words, u8, oy, ox, pixels, scratch,
                       tile_acc);
    break;
  case DEPTHWISE_S8_BITS:
    slb_tile_depthwise(g, 1, w, weight_words, s8, oy, ox, pixels, scratch,
                       tile_acc);
    break;
  case DEPTHWISE_U8_S8:
    slb_tile_depthwise(g, 0, NULL, weight_bytes, u8, oy, ox, pixels, scratch,
                       tile_acc);
    break;
  case DEPTHWISE_S8_S8:
    slb_tile_depthwise(g, 1, NULL, weight_bytes, s8, oy, ox, pixels, scratch,
                       tile_acc);
    break;
#if defined(__ARM_FEATURE_MVE)
  case U8_BITS_MVE:
  case S8_BITS_MVE:
    slb_tile_bytes_bits_mve(g, k == S8_BITS_MVE, w, weight_words, u8, oy, ox,
                            pixels, scratch, tile_acc);
    break;
  case BITS_BITS_MVE:
    slb_tile_bits_bits_mve(g, &activation_planes, w, weight_words, input_words,
                           oy, ox, pixels, scratch, tile_acc);
    break;
  case U8_NIBBLES_MVE:
  case S8_NIBBLES_MVE:
    slb_tile_bytes_nibbles_mve(g, k == S8_NIBBLES_MVE, step, offset, code_words,
                               u8, oy, ox, pixels, scratch, tile_acc);
    break;
  case U8_S8_MVE:
  case S8_S8_MVE:
    slb_tile_bytes_s8_mve(g, k == S8_S8_MVE, weight_bytes, u8, oy, ox, pixels,
                          scratch, tile_acc);
    break;
#endif
  default:
    break;
  }
}

/// The bytes of scratch that the compiler gives the kernel.
static int32_t scratch_size(kernel k) {
  const slb_conv2d *g = &geometry;
  const int32_t rows = weight_planes.count;
  const int32_t planes = activation_planes.count;
  const int32_t mask = activation_planes.offset != 0;
  switch (k) {
  case U8_BITS:
  case S8_BITS:
    return slb_tile_bytes_bits_parts(g, rows, POINTER).bytes;
  case ROW_U8_BITS:
  case ROW_S8_BITS:
    return slb_row_bytes_bits_parts(g, rows).bytes;
  case BITS_BITS:
    return slb_tile_bits_bits_parts(g, planes, mask, rows, POINTER).bytes;
  case U8_NIBBLES:
  case S8_NIBBLES:
    return slb_tile_bytes_nibbles_parts(g, POINTER).bytes;
  case BITS_NIBBLES:
    return slb_tile_bits_nibbles_parts(g, planes, POINTER).bytes;
  case U8_S8:
  case S8_S8:
    return slb_tile_bytes_s8_parts(g, POINTER).bytes;
  case DEPTHWISE_U8_BITS:
  case DEPTHWISE_S8_BITS:
  case DEPTHWISE_U8_S8:
  case DEPTHWISE_S8_S8:
    return slb_tile_depthwise_parts(g, POINTER).bytes;
#if defined(__ARM_FEATURE_MVE)
  case U8_BITS_MVE:
  case S8_BITS_MVE:
    return slb_tile_bytes_bits_mve_parts(g, rows, POINTER).bytes;
  case BITS_BITS_MVE:
    return slb_tile_bits_bits_mve_parts(g, planes, mask, rows, POINTER).bytes;
  case U8_NIBBLES_MVE:
  case S8_NIBBLES_MVE:
    return slb_tile_bytes_nibbles_mve_parts(g, POINTER).bytes;
  case U8_S8_MVE:
  case S8_S8_MVE:
    return slb_tile_bytes_s8_mve_parts(g, POINTER).bytes;
#endif
  default:
    return 0;
  }
}

/// Returns whether a tile's accumulators are those of the plain kernel, and the
/// bytes after the scratch are as before.
static int check_tile(kernel k, int32_t first, int32_t pixels) {
  const int32_t lanes = lanes_of(k);
  const int32_t n = geometry.out_c;
  uint8_t *end = (uint8_t *)scratch + scratch_size(k);
  memset(scratch, 0xa5, sizeof(scratch));
  run_tile(k, first / geometry.out_w, first % geometry.out_w, pixels);
  for (int32_t i = 0; i < GUARD; ++i)
    if (end[i] != 0xa5)
      return 0;
  for (int32_t p = 0; p < pixels; ++p) {
    int32_t acc[MAX_OUT];
    slb_tile_pixel(tile_acc, lanes, p, n, acc);
    if (memcmp(acc, plain_acc + (first + p) * n, sizeof(int32_t) * (size_t)n) !=
        0)
      return 0;
  }
  return 1;
}

/// Returns whether the epilogue with a residual does as the plain one.
static int check_residual(const slb_requantize *requantize, int32_t lanes,
                          int32_t first, int32_t pixels) {
  static uint8_t bytes[MAX_LANES * MAX_OUT], expected[MAX_OUT];
  static uint8_t residual[MAX_LANES * MAX_OUT];
  int32_t values[MAX_OUT];
  slb_requantize q = *requantize;
  const int32_t n = geometry.out_c;
  const int32_t is_signed = pick(2);
  const int32_t sign = is_signed ? 128 : 0;
  q.residual_multiplier = (int32_t)random_word() >> pick(12);
  q.shift = 24 + pick(23);
  for (int32_t i = 0; i < n * pixels; ++i)
    residual[i] = (uint8_t)pick(256);
  slb_tile_requantize_u8_residual(&q, is_signed, tile_acc, lanes, n, pixels,
                                  residual, bytes);
  for (int32_t p = 0; p < pixels; ++p) {
    for (int32_t c = 0; c < n; ++c)
      values[c] = (residual[p * n + c] ^ sign) - sign;
    slb_requantize_u8(&q, plain_acc + (first + p) * n, values, n, expected);
    if (memcmp(bytes + p * n, expected, (size_t)n) != 0)
      return 0;
  }
  return 1;
}

/// Returns whether the epilogue to signed bytes does as the plain one.
static int check_signed(const slb_requantize *requantize, int32_t lanes,
                        int32_t first, int32_t pixels) {
  static int8_t bytes[MAX_LANES * MAX_OUT], expected[MAX_OUT];
  slb_requantize q = *requantize;
  const int32_t n = geometry.out_c;
  q.lo = -128 + pick(128);
  q.hi = 127;
  slb_tile_requantize_s8(&q, tile_acc, lanes, n, pixels, bytes);
  for (int32_t p = 0; p < pixels; ++p) {
    slb_requantize_s8(&q, plain_acc + (first + p) * n, 0, n, expected);
    if (memcmp(bytes + p * n, expected, (size_t)n) != 0)
      return 0;
  }
  return 1;
}

/// Returns whether the epilogues of the tile do as the plain ones.
static int check_epilogues(int32_t lanes, int32_t first, int32_t pixels) {
  static uint8_t bytes[MAX_LANES * MAX_OUT], expected_bytes[MAX_OUT];
  static uint32_t codes[MAX_LANES * 4], expected_codes[4];
  static int32_t multiplier[MAX_OUT], thresholds[MAX_OUT * 15];
  static int64_t addend[MAX_OUT];
  static int8_t signs[MAX_OUT];
  const int32_t n = geometry.out_c;
  const int32_t planes = 1 + pick(4);
  const int32_t levels = (1 << planes) - 1;
  const int8_t *sign = pick(2) ? signs : 0;
  const slb_requantize q = {multiplier, addend, 1, 0, 32 + pick(12), 0, 255};
  for (int32_t o = 0; o < n; ++o) {
    multiplier[o] = (int32_t)random_word() >> pick(12);
    addend[o] =
        (int64_t)(((uint64_t)random_word() << 32) | random_word()) / 512;
    signs[o] = pick(2) ? 1 : -1;
    for (int32_t l = 0, t = -4000; l < levels; ++l, t += pick(1000))
      thresholds[o * levels + l] = t;
  }
#if defined(__ARM_FEATURE_MVE)
  if (lanes % 4 == 0 && pick(2)) {
    slb_tile_requantize_u8_mve(&q, tile_acc, lanes, n, pixels, bytes);
    slb_tile_threshold_bits_mve(tile_acc, lanes, n, thresholds, sign, planes,
                                pixels, codes);
  } else
#endif
  {
    slb_tile_requantize_u8(&q, tile_acc, lanes, n, pixels, bytes);
    slb_tile_threshold_bits(tile_acc, lanes, n, thresholds, sign, planes,
                            pixels, codes);
  }
  for (int32_t p = 0; p < pixels; ++p) {
    const int32_t *acc = plain_acc + (first + p) * n;
    slb_requantize_u8(&q, acc, 0, n, expected_bytes);
    slb_threshold_bits(acc, n, levels, thresholds, sign, planes,
                       expected_codes);
    if (memcmp(bytes + p * n, expected_bytes, (size_t)n) != 0 ||
        memcmp(codes + p * planes, expected_codes,
               sizeof(uint32_t) * (size_t)planes) != 0)
      return 0;
  }
  return check_residual(&q, lanes, first, pixels) &&
         check_signed(&q, lanes, first, pixels);
}

static int check_kernel(kernel k) {
  const int depthwise = k >= DEPTHWISE_U8_BITS && k <= DEPTHWISE_S8_S8;
  const int nibbles = k == BITS_NIBBLES;
  const int rows = k == ROW_U8_BITS || k == ROW_S8_BITS;
  pick_geometry(depthwise, rows);
  geometry.pad_value = rows ? 0 : pick(256);
  const int sign = !nibbles && pick(3) == 0;
  fill(1 + pick(4), sign ? 1 : 1 + pick(nibbles ? 4 : 3), sign);
  const int32_t total = geometry.out_h * geometry.out_w;
  for (int32_t p = 0; p < total; ++p)
    run_plain(k, p / geometry.out_w, p % geometry.out_w,
              plain_acc + p * geometry.out_c);
  const int32_t lanes = lanes_of(k);
  for (int32_t p = 0; p < total; p += lanes) {
    const int32_t pixels = total - p < lanes ? total - p : lanes;
    if (!check_tile(k, p, pixels) || !check_epilogues(lanes, p, pixels))
      return 0;
  }
  return 1;
}

int main(void) {
  int32_t failures = 0;
  for (int32_t k = 0; k < KERNELS; ++k) {
    for (int32_t trial = 0; trial < 60; ++trial) {
      if (check_kernel((kernel)k))
        continue;
      ++failures;
      board_print(names[k]);
      board_print(" differs in trial ");
      board_print_number(trial);
      board_print("\n");
      break;
    }
  }
  board_print_number(KERNELS);
  board_print(" kernels, failures: ");
  board_print_number(failures);
  board_print("\n");
  return failures == 0 ? 0 : 1;
}
