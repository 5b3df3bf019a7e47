//===- equality.c - Run random convolutions on this core ------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Exit code 0 if the vector kernels of the core equal the plain kernels on each
// of them.
//
//===----------------------------------------------------------------------===//

#include "test/mcu/board.h"
#include "test/qemu-user/RandomConvolutions.h"

enum { CASES = 300 };

static int report(int equal, const char *what, int32_t seed) {
  if (equal)
    return 0;
  board_print(what);
  board_print(" differ with seed ");
  board_print_number(seed);
  board_print("\n");
  return 1;
}

int main(void) {
  int32_t failures = 0;
  for (int32_t seed = 1; seed <= CASES; ++seed) {
    failures += report(checkBitsBits((uint32_t)seed), "bits by bits", seed);
#ifdef TILE_BITS_BYTES
    failures += report(checkBitsBytes((uint32_t)seed), "bits as bytes", seed);
#endif
#ifdef TILE_U8_BITS
    failures += report(checkU8Bits((uint32_t)seed), "bytes by bits", seed);
#endif
#ifdef TILE_BYTES_S8
    failures += report(checkBytesS8((uint32_t)seed), "bytes by bytes", seed);
#endif
    failures += report(checkThresholds((uint32_t)seed), "thresholds", seed);
  }
  board_print_number(CASES);
  board_print(" cases, failures: ");
  board_print_number(failures);
  board_print("\n");
  return failures != 0;
}
