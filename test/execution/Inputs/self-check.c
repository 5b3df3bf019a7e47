//===- self-check.c - runs a network's self-check
//--------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "net.h"
#include <stdio.h>
#include <string.h>

int main(void) {
  static uint64_t arena[NET_ARENA_BYTES / 8 + 1];
  int32_t differences;
  // What the arena holds before must not matter.
  memset(arena, 0xa5, sizeof(arena));
  differences = net_self_check(arena);
  if (differences)
    fprintf(stderr, "%d outputs differ\n", (int)differences);
  return differences != 0;
}
