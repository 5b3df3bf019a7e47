//===- slb_quantize.h - nearest integer of a float ----------------*- C -*-===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_QUANTIZE_H
#define SLB_QUANTIZE_H

#include <stdint.h>

/// Returns floor(x + 0.5), clamped to [lo, hi], without a library's floor.
static int32_t slb_round(float x, int32_t lo, int32_t hi) {
  const float shifted = x + 0.5f;
  int32_t value;
  if (shifted <= (float)lo)
    return lo;
  if (shifted >= (float)hi)
    return hi;
  value = (int32_t)shifted;
  return (float)value > shifted ? value - 1 : value;
}

#endif // SLB_QUANTIZE_H
