//===- slb_build_quad16.h - Tables of sums of bytes ---------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_BUILD_QUAD16_H
#define SLB_BUILD_QUAD16_H

#include "slb_opaque.h"
#include "slb_pair_bytes.h"
#include "slb_tile_lookup.h"

#include <stdint.h>

/// Outputs of a tile, in lanes of 16 bits.
enum { SLB_LANES16 = 8 };

/// Returns bytes 0 and 2 in lanes of 16 bits. Signed bytes, whose sign bit is
/// turned, are packed so that a lane's borrow reaches the next one: the sum of
/// the lanes times their weights is right.
static inline uint32_t slb_even_bytes(uint32_t bytes, uint32_t sign) {
  return (bytes & 0x00ff00ffu) - (sign & 0x00ff00ffu);
}

/// Returns bytes 1 and 3 in the same way.
static inline uint32_t slb_odd_bytes(uint32_t bytes, uint32_t sign) {
#if defined(__ARM_FEATURE_SIMD32)
  uint32_t odd; // One instruction, which GCC does not find.
  __asm__("uxtb16 %0, %1, ror #8" : "=r"(odd) : "r"(bytes));
  return odd - (sign & 0x00ff00ffu);
#else
  return slb_even_bytes(bytes >> 8, sign);
#endif
}

/// slb_build_quad16 with a constant sign.
SLB_INLINE void slb_build_entries16(const uint8_t *const *pixels, int32_t first,
                                    int32_t end, uint32_t sign,
                                    uint32_t *table) {
  for (int32_t c = first; c < end; c += 4, table += SLB_TABLE_WORDS) {
    uint32_t x, y, x_back, y_back;
    slb_pair_bytes(pixels[0] + c, pixels[1] + c, sign, &x, &x_back);
    slb_pair_bytes(pixels[2] + c, pixels[3] + c, sign, &y, &y_back);
    slb_store_subsets(slb_even_bytes(x, sign), slb_odd_bytes(x, sign),
                      slb_even_bytes(x_back, sign), slb_odd_bytes(x_back, sign),
                      slb_even_bytes(y, sign), slb_odd_bytes(y, sign),
                      slb_even_bytes(y_back, sign), slb_odd_bytes(y_back, sign),
                      table);
  }
}

/// Builds words 0 and 1 of the tables of inputs [first, end) of four pixels, in
/// groups of four. sign is 0 if bytes are unsigned, 0x80808080 if they are
/// signed.
SLB_NOINLINE static void slb_build_quad16(const uint8_t *const *pixels,
                                          int32_t first, int32_t end,
                                          uint32_t sign, uint32_t *table) {
  if (sign == 0)
    slb_build_entries16(pixels, first, end, 0, table);
  else
    slb_build_entries16(pixels, first, end, sign, table);
}

#endif // SLB_BUILD_QUAD16_H
