//===- slb_dot_f32_s8.h - Dot product of floats and signed bytes ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_DOT_F32_S8_H
#define SLB_DOT_F32_S8_H

#include <stdint.h>

/// Returns sum_r a[r] * b[r], r < n, in eight interleaved partial sums: a
/// compiler may not reorder a float sum, but may keep these in vector lanes.
static float slb_dot_f32_s8(const float *a, const int8_t *b, int32_t n) {
  float lanes[8] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
  int32_t r = 0;
  for (; r + 8 <= n; r += 8) {
    for (int32_t lane = 0; lane < 8; ++lane) {
      lanes[lane] += a[r + lane] * (float)b[r + lane];
    }
  }
  for (; r < n; ++r) {
    lanes[r % 8] += a[r] * (float)b[r];
  }
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
         ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

#endif // SLB_DOT_F32_S8_H
