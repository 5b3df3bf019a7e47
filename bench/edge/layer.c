//===- layer.c - One layer, measured between markers and checked ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Built by bench/edge/run with
//   WEIGHT_BITS 1, 2, 4 (odd integers) or 8, ACTIVATION_BITS 1, 2, 4 or 8
//   LAYER_CONV3X3, LAYER_CONV1X1 or LAYER_DEPTHWISE
// and calls mark() before the fast layer, after it, and after the layer of the
// plain kernels. The exit status is 0 if both wrote the same output.
//
//===----------------------------------------------------------------------===//

#include "layer.h"
#include "../../test/mcu/board.h"

#include <string.h>

static uint32_t random_state = 1;

static uint32_t random_word(void) {
  random_state = random_state * 1664525u + 1013904223u;
  return random_state ^ (random_state >> 15);
}

/// The emulator counts the instructions before each call.
__attribute__((noinline)) void mark(void) { __asm__ volatile("nop"); }

static void fill(void) {
  uint8_t *bytes = (uint8_t *)input;
  for (uint32_t i = 0; i < sizeof(input); ++i)
    bytes[i] = (uint8_t)(random_word() >> 24);
  fill_weights(random_word);
  for (int32_t o = 0; o < OUT_C; ++o)
    fill_channel(o, random_word);
}

int main(void) {
  fill();
  mark();
  fast_layer();
  mark();
  plain_layer();
  mark();
  const int equal = memcmp(output, expected, sizeof(output)) == 0;
  board_print(equal ? "equal\n" : "different\n");
  return equal ? 0 : 1;
}
