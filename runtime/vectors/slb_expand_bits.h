//===- slb_expand_bits.h - Bit planes as bytes ----------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_EXPAND_BITS_H
#define SLB_EXPAND_BITS_H

#include "../c99/slb_planes.h"

#include <stdint.h>
#include <string.h>

/// Sets values[0..length), rounded up to a multiple of 32, to those of bit
/// planes [planes][ceil(length / 32)], whose offset is 0. A value fits an
/// unsigned byte; the core is little-endian.
static void slb_expand_bits(const slb_planes *planes, const uint32_t *bits,
                            int32_t length, uint8_t *values) {
  const uint64_t ones = 0x0101010101010101u;
  const int32_t words = (length + 31) / 32;
  for (int32_t k = 0; k < words; ++k) {
    uint64_t sums[4] = {0, 0, 0, 0};
    for (int32_t i = 0; i < planes->count; ++i) {
      const uint64_t value = (uint64_t)planes->coefficient[i];
      uint32_t word = bits[i * words + k];
      for (int32_t t = 0; t < 4; ++t, word >>= 8) {
        // Bit b stays in byte b, which adding 127 then carries to its top bit.
        const uint64_t bytes = (word & 255u) * ones & 0x8040201008040201u;
        sums[t] += ((bytes + 127u * ones) >> 7 & ones) * value;
      }
    }
    memcpy(values + 32 * k, sums, sizeof sums);
  }
}

#endif // SLB_EXPAND_BITS_H
