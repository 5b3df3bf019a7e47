//===- slb_load_s8.h - Widen signed bytes to 32-bit integers --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_LOAD_S8_H
#define SLB_LOAD_S8_H

#include <stdint.h>

/// Writes values[i] = x[i], i < n.
static void slb_load_s8(const int8_t *x, int32_t n, int32_t *values) {
  for (int32_t i = 0; i < n; ++i) {
    values[i] = x[i];
  }
}

#endif // SLB_LOAD_S8_H
