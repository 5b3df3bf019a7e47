//===- slb_store_s8.h - Narrow 32-bit integers to signed bytes ------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_STORE_S8_H
#define SLB_STORE_S8_H

#include <stdint.h>

/// Writes y[i] = values[i], which it can hold, i < n.
static void slb_store_s8(const int32_t *values, int32_t n, int8_t *y) {
  for (int32_t i = 0; i < n; ++i) {
    y[i] = (int8_t)values[i];
  }
}

#endif // SLB_STORE_S8_H
