//===- slb_load_u8.h - Widen unsigned bytes to 32-bit integers ------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_LOAD_U8_H
#define SLB_LOAD_U8_H

#include <stdint.h>

/// Writes values[i] = x[i], i < n.
static void slb_load_u8(const uint8_t *x, int32_t n, int32_t *values) {
  for (int32_t i = 0; i < n; ++i) {
    values[i] = x[i];
  }
}

#endif // SLB_LOAD_U8_H
