//===- slb_load_s16.h - Widen 16-bit integers to 32 bits ------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_LOAD_S16_H
#define SLB_LOAD_S16_H

#include <stdint.h>

/// Writes values[i] = x[i], i < n.
static void slb_load_s16(const int16_t *x, int32_t n, int32_t *values) {
  for (int32_t i = 0; i < n; ++i) {
    values[i] = x[i];
  }
}

#endif // SLB_LOAD_S16_H
