//===- ports.c - calls a network of many ports ---------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "net.h"
#include <stdio.h>
#include <string.h>

enum { GUARD = 16 };

// Outputs between bytes that a run must leave alone.
static struct {
  unsigned char before[GUARD];
  NET_OUTPUT_TYPE used[NET_OUTPUT_SIZE];
  unsigned char guard0[GUARD];
  NET_OUTPUT1_TYPE again[NET_OUTPUT1_SIZE];
  unsigned char guard1[GUARD];
  NET_OUTPUT2_TYPE constant[NET_OUTPUT2_SIZE];
  unsigned char guard2[GUARD];
  NET_OUTPUT3_TYPE argument[NET_OUTPUT3_SIZE];
  unsigned char guard3[GUARD];
  NET_OUTPUT4_TYPE last[NET_OUTPUT4_SIZE];
  unsigned char guard4[GUARD];
  NET_OUTPUT5_TYPE codes[NET_OUTPUT5_SIZE];
  unsigned char guard5[GUARD];
} out;

static int isGuard(const unsigned char *bytes) {
  for (int i = 0; i < GUARD; ++i)
    if (bytes[i] != 0x5a)
      return 0;
  return 1;
}

int main(void) {
  static uint64_t arena[NET_ARENA_BYTES / 8 + 1];
  static const int32_t shape[NET_INPUT_RANK] = NET_INPUT_SHAPE;
  NET_INPUT_TYPE x[NET_INPUT_SIZE];
  NET_INPUT1_TYPE unused[NET_INPUT1_SIZE] = {0};
  NET_INPUT2_TYPE reals[NET_INPUT2_SIZE];
  int differences = shape[0] != 2 || shape[1] != 3;
  for (int i = 0; i < NET_INPUT_SIZE; ++i)
    x[i] = (uint8_t)(40 * i + 3);
  for (int i = 0; i < NET_INPUT2_SIZE; ++i)
    reals[i] = (float)i - 0.5f;
  memset(arena, 0xa5, sizeof(arena));
  memset(&out, 0x5a, sizeof(out));
  net_run(x, unused, reals, out.used, out.again, out.constant, out.argument,
          out.last, out.codes, arena);
  for (int i = 0; i < NET_INPUT_SIZE; ++i) {
    int used = x[i] * 3 / 2 > 255 ? 255 : x[i] * 3 / 2;
    differences += out.used[i] != used || out.again[i] != used;
    differences += out.last[i] != used * 1000;
  }
  differences += out.constant[0] != 1.5f || out.constant[1] != -2.25f;
  for (int i = 0; i < NET_INPUT2_SIZE; ++i)
    differences += out.argument[i] != reals[i];
  // Codes 3, 0, 1 in two planes.
  differences += out.codes[0] != 5u || out.codes[1] != 1u;
  if (!isGuard(out.before) || !isGuard(out.guard0) || !isGuard(out.guard1) ||
      !isGuard(out.guard2) || !isGuard(out.guard3) || !isGuard(out.guard4) ||
      !isGuard(out.guard5))
    fprintf(stderr, "written past an output\n"), ++differences;
  differences += (int)net_self_check(arena);
  if (differences)
    fprintf(stderr, "%d values differ\n", differences);
  return differences != 0;
}
