//===- slb_saturate_u8.h - Nearest unsigned byte ------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_SATURATE_U8_H
#define SLB_SATURATE_U8_H

#include <stdint.h>

// One instruction, which GCC does not find.

/// Returns the number from 0 to 255 that is nearest to value.
static inline uint8_t slb_saturate_u8(int32_t value) {
#if defined(__ARM_FEATURE_SAT)
  uint32_t result;
  __asm__("usat %0, #8, %1" : "=r"(result) : "r"(value));
  return (uint8_t)result;
#else
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
#endif
}

#endif // SLB_SATURATE_U8_H
