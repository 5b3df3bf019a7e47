//===- slb_saturate.h - Nearest number of few bits ----------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_SATURATE_H
#define SLB_SATURATE_H

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

/// Returns the number from -128 to 127 that is nearest to value.
static inline int8_t slb_saturate_s8(int32_t value) {
#if defined(__ARM_FEATURE_SAT)
  int32_t result;
  __asm__("ssat %0, #8, %1" : "=r"(result) : "r"(value));
  return (int8_t)result;
#else
  return (int8_t)(value < INT8_MIN   ? INT8_MIN
                  : value > INT8_MAX ? INT8_MAX
                                     : value);
#endif
}

/// Returns the number of 24 bits that is nearest to value.
static inline int32_t slb_saturate_s24(int32_t value) {
#if defined(__ARM_FEATURE_SAT)
  int32_t result;
  __asm__("ssat %0, #24, %1" : "=r"(result) : "r"(value));
  return result;
#else
  const int32_t limit = 1 << 23;
  return value < -limit ? -limit : value >= limit ? limit - 1 : value;
#endif
}

#endif // SLB_SATURATE_H
