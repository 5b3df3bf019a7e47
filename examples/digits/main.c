/*===- main.c - classifies one drawn digit ----------------------------------===
 * Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
 * See LICENSE for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *===----------------------------------------------------------------------===
 *
 * All that a program needs to use a network: memory, an input, one call. Change
 * the drawing, compile, and see what the network says.
 */

#include "net.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* 8x8 pixels from paper to ink. */
static const char shades[] = " .:-=+*#@";
static const char drawing[] = "   **   "
                              "  :@=   "
                              "  *@.   "
                              "  #*    "
                              "  #*-.  "
                              "  *@*@. "
                              "  -@+#= "
                              "   =#+. ";

/* The network's memory; uint64_t aligns it for all that it holds. */
static uint64_t arena[(NET_ARENA_BYTES + 7) / 8];

int main(void) {
  uint8_t input[NET_INPUT_SIZE];
  int32_t logits[NET_OUTPUT_SIZE];
  for (int i = 0; i < NET_INPUT_SIZE; ++i) /* 0 to 16 */
    input[i] = (uint8_t)(2 * (strchr(shades, drawing[i]) - shades));
  net_run(input, logits, arena);

  int best = 0;
  for (int digit = 1; digit < NET_OUTPUT_SIZE; ++digit)
    if (logits[digit] > logits[best])
      best = digit;
  for (int y = 0; y < 8; ++y)
    printf("%.8s\n", drawing + 8 * y);
  printf("is a %d\n", best);
  return 0;
}
