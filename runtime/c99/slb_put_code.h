//===- slb_put_code.h - Store a code into bit planes ----------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_PUT_CODE_H
#define SLB_PUT_CODE_H

#include <stdint.h>

/// Sets the bits of channel c of one pixel y [planes][words], which are 0, to
/// those of `code`.
static void slb_put_code(uint32_t *y, int32_t planes, int32_t words, int32_t c,
                         uint32_t code) {
  const uint32_t bit = (uint32_t)c % 32u;
  for (int32_t j = 0; j < planes; ++j) {
    y[j * words + c / 32] |= ((code >> (uint32_t)j) & 1u) << bit;
  }
}

#endif // SLB_PUT_CODE_H
