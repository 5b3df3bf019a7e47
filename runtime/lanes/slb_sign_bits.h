//===- slb_sign_bits.h - Signed or unsigned bytes -------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_SIGN_BITS_H
#define SLB_SIGN_BITS_H

#include <stdint.h>

/// Returns the sign bits of four signed bytes, which kernels turn; of unsigned
/// ones there are none.
static inline uint32_t slb_sign_bits(int32_t is_signed) {
  return is_signed ? 0x80808080u : 0;
}

#endif // SLB_SIGN_BITS_H
