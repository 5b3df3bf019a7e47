//===- slb_get_code.h - Read a code from bit planes -----------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_GET_CODE_H
#define SLB_GET_CODE_H

#include <stdint.h>

/// Returns the code of channel c of one pixel x [planes][words].
static int32_t slb_get_code(const uint32_t *x, int32_t planes, int32_t words,
                            int32_t c) {
  const uint32_t bit = (uint32_t)c % 32u;
  uint32_t code = 0;
  for (int32_t j = 0; j < planes; ++j) {
    code |= ((x[j * words + c / 32] >> bit) & 1u) << (uint32_t)j;
  }
  return (int32_t)code;
}

#endif // SLB_GET_CODE_H
