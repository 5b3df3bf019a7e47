//===- slb_affine_s32_f32.h - Scale and shift integer accumulators --------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_AFFINE_S32_F32_H
#define SLB_AFFINE_S32_F32_H

#include <stddef.h>
#include <stdint.h>

/// Writes, for n channels,
///   y[c] = scale[c] * acc[c] + shift[c] + residual[c],
/// without the last term if `residual` is null; 0 for a negative y[c] if `relu`
/// is not 0. y may be residual.
static void slb_affine_s32_f32(const int32_t *acc, int32_t n,
                               const float *scale, const float *shift,
                               const float *residual, int32_t relu, float *y) {
  for (int32_t c = 0; c < n; ++c) {
    float value = scale[c] * (float)acc[c] + shift[c];
    if (residual != NULL) {
      value += residual[c];
    }
    y[c] = relu && value < 0.0f ? 0.0f : value;
  }
}

#endif // SLB_AFFINE_S32_F32_H
