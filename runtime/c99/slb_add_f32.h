//===- slb_add_f32.h - Elementwise sum of floats --------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_ADD_F32_H
#define SLB_ADD_F32_H

#include <stdint.h>

/// Writes y[i] = a[i] + b[i], i < n. y may be a or b.
static void slb_add_f32(const float *a, const float *b, int32_t n, float *y) {
  for (int32_t i = 0; i < n; ++i) {
    y[i] = a[i] + b[i];
  }
}

#endif // SLB_ADD_F32_H
