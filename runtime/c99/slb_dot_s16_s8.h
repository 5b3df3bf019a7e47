//===- slb_dot_s16_s8.h - Dot product of shorts and signed bytes ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_DOT_S16_S8_H
#define SLB_DOT_S16_S8_H

#include <stdint.h>

/// Returns sum_r a[r] * b[r], r < n.
static int32_t slb_dot_s16_s8(const int16_t *a, const int8_t *b, int32_t n) {
  int32_t sum = 0;
  for (int32_t r = 0; r < n; ++r) {
    sum += (int32_t)a[r] * (int32_t)b[r];
  }
  return sum;
}

#endif // SLB_DOT_S16_S8_H
