//===- slb_relu_f32.h - Elementwise rectifier of floats -------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_RELU_F32_H
#define SLB_RELU_F32_H

#include <stdint.h>

/// Writes y[i] = max(x[i], 0), i < n. y may be x.
static void slb_relu_f32(const float *x, int32_t n, float *y) {
  for (int32_t i = 0; i < n; ++i) {
    y[i] = x[i] < 0.0f ? 0.0f : x[i];
  }
}

#endif // SLB_RELU_F32_H
