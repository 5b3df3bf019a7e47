//===- slb_load_bits.h - Unpack bit planes to 32-bit integers -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_LOAD_BITS_H
#define SLB_LOAD_BITS_H

#include "slb_get_code.h"

#include <stdint.h>

/// Writes values[c] = lo + step * q_c of the n channels of one pixel, where q_c
/// is the code of channel c. x [planes][ceil(n / 32)].
static void slb_load_bits(const uint32_t *x, int32_t n, int32_t planes,
                          int32_t lo, int32_t step, int32_t *values) {
  const int32_t words = (n + 31) / 32;
  for (int32_t c = 0; c < n; ++c) {
    values[c] = lo + step * slb_get_code(x, planes, words, c);
  }
}

#endif // SLB_LOAD_BITS_H
