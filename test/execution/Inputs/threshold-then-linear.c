//===- threshold-then-linear.c - the network of the test, written out
//------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "net.h"
#include <stdio.h>

#ifdef PROFILE
void net_layer_begin(int32_t index, const char *name, const void *output,
                     size_t bytes) {
  (void)output;
  printf("begin %d %s %d\n", (int)index, name, (int)bytes);
}

void net_layer_end(int32_t index, const char *name, const void *output,
                   size_t bytes) {
  (void)output;
  printf("end %d %s %d\n", (int)index, name, (int)bytes);
}
#endif

static const int filter[2][4] = {{1, -1, 1, 1}, {-1, -1, 1, -1}};
static const int thresholds[2] = {5, -3};
static const int weights[2][8] = {{-3, -1, 1, 3, 3, 1, -1, -3},
                                  {3, 3, 3, 3, -3, -3, -3, -3}};
static const int multiplier[2] = {3, 5};
static const int addend[2] = {1, -7};

static void compute(const uint8_t *input, int32_t *output) {
  int codes[8];
  for (int i = 0; i < 8; ++i) {
    int o = i % 2, x = i / 2 % 2, y = i / 4, acc = 0;
    for (int k = 0; k < 4; ++k)
      acc += filter[o][k] * input[(y + k / 2) * 3 + x + k % 2];
    codes[i] = acc >= thresholds[o];
  }
  for (int o = 0; o < 2; ++o) {
    int acc = 0, value;
    for (int i = 0; i < 8; ++i)
      acc += weights[o][i] * codes[i];
    value = acc * multiplier[o] + addend[o];
    output[o] = (value - (value & 1)) / 2;
  }
}

int main(void) {
  int differences = 0;
#ifndef STATIC_ARENA
  static uint64_t arena[(NET_ARENA_BYTES + 7) / 8];
#endif
  unsigned state = 1;
  for (int sample = 0; sample < 100; ++sample) {
    NET_INPUT_TYPE input[NET_INPUT_SIZE];
    NET_OUTPUT_TYPE output[NET_OUTPUT_SIZE], expected[NET_OUTPUT_SIZE];
    for (int i = 0; i < NET_INPUT_SIZE; ++i) {
      state = state * 1664525u + 1013904223u;
      input[i] = (uint8_t)(state >> 24);
    }
#ifdef STATIC_ARENA
    net_run(input, output);
#else
    net_run(input, output, arena);
#endif
    compute(input, expected);
    for (int i = 0; i < NET_OUTPUT_SIZE; ++i)
      differences += output[i] != expected[i];
  }
  if (differences)
    fprintf(stderr, "%d outputs differ\n", differences);
  return differences != 0;
}
