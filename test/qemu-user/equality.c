//===- equality.c - Run random convolutions on this core ------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Usage: equality [cases]. Exit code 0 if the tile kernels of the core equal
// the plain kernels on each of them.
//
//===----------------------------------------------------------------------===//

#include "test/qemu-user/RandomConvolutions.h"

#include <stdio.h>

int main(int argc, char **argv) {
  const int cases = argc > 1 ? atoi(argv[1]) : 300;
  int failures = 0;
  for (int seed = 1; seed <= cases; ++seed) {
    if (!checkBitsBits((uint32_t)seed)) {
      printf("bits by bits: seed %d differs\n", seed);
      ++failures;
    }
#ifdef TILE_U8_BITS
    if (!checkU8Bits((uint32_t)seed)) {
      printf("bytes by bits: seed %d differs\n", seed);
      ++failures;
    }
#endif
    if (!checkThresholds((uint32_t)seed)) {
      printf("thresholds: seed %d differs\n", seed);
      ++failures;
    }
  }
  printf("%s: %d cases, %d failures\n", TILE_CORE, cases, failures);
  return failures != 0;
}
