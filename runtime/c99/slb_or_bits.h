//===- slb_or_bits.h - Copy a bit string to any bit offset ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_OR_BITS_H
#define SLB_OR_BITS_H

#include <stdint.h>

/// ORs bits [source_bit, source_bit + count) of the bit string `source` into
/// `target` from bit `target_bit` on. Bit i of a string is bit i % 32 of word
/// i / 32. The target's bits are zero before, so that this copies them.
/// Each step copies as much as one word of either string holds.
static void slb_or_bits(const uint32_t *source, int32_t source_bit,
                        uint32_t *target, int32_t target_bit, int32_t count) {
  uint32_t from = (uint32_t)source_bit;
  uint32_t to = (uint32_t)target_bit;
  uint32_t left = (uint32_t)count;
  while (left > 0u) {
    const uint32_t from_offset = from % 32u;
    const uint32_t to_offset = to % 32u;
    uint32_t step = 32u - (from_offset > to_offset ? from_offset : to_offset);
    if (step > left) {
      step = left;
    }
    // 1 <= step <= 32.
    // cppcheck-suppress misra-c2012-12.2
    const uint32_t mask = 0xffffffffu >> (32u - step);
    target[to / 32u] |= ((source[from / 32u] >> from_offset) & mask)
                        << to_offset;
    from += step;
    to += step;
    left -= step;
  }
}

#endif // SLB_OR_BITS_H
