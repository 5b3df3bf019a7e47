//===- slb_store_4x4.h - Store a register tile of accumulators ------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_STORE_4X4_H
#define SLB_STORE_4X4_H

#include <stdint.h>
#include <string.h>

/// Writes sums[p][o], p < pixels <= 4, o < outputs <= 4, to acc[p][out_c], or
/// their maximum with what is there.
static void slb_store_4x4(const int32_t *sums, int32_t out_c, int32_t pixels,
                          int32_t outputs, int32_t maximum, int32_t *acc) {
  for (int32_t p = 0; p < pixels; ++p, acc += out_c, sums += 4) {
    if (outputs == 4 && !maximum) {
      memcpy(acc, sums, 4 * sizeof *sums);
      continue;
    }
    for (int32_t o = 0; o < outputs; ++o)
      if (!maximum || sums[o] > acc[o])
        acc[o] = sums[o];
  }
}

#endif // SLB_STORE_4X4_H
