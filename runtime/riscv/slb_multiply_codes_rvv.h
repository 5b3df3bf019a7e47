//===- slb_multiply_codes_rvv.h - Bytes by codes, RISC-V vectors ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_MULTIPLY_CODES_RVV_H
#define SLB_MULTIPLY_CODES_RVV_H

#include "../vectors/slb_conv2d_codes_tile.h"

#include <riscv_vector.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
  /// The largest sum of so many bytes fits 16 bits.
  SLB_RVV_BYTES = 256
};

/// A row of bits is a mask as it is. Returns sum plus those of vl bytes whose
/// bit is set.
static inline __attribute__((always_inline)) vuint16m1_t slb_add_selected_rvv(
    const uint8_t *bits, vuint8m8_t bytes, vuint16m1_t sum, size_t vl) {
  return __riscv_vwredsumu_vs_u8m8_u16m1_m(__riscv_vlm_v_b1(bits, vl), bytes,
                                           sum, vl);
}

/// Adds scale times the products of up to SLB_RVV_BYTES bytes of a patch with
/// the bits of 4 rows, which are row_step bytes apart, to sums[4]. A row fills
/// whole vectors of vlmax bytes but for its last.
static inline __attribute__((always_inline)) void
slb_dot_4_rows_rvv(const uint8_t *patch, const uint8_t *bits, size_t row_step,
                   size_t length, size_t vlmax, int32_t scale, int32_t *sums) {
  const vuint16m1_t zero = __riscv_vmv_v_x_u16m1(0, 1);
  vuint16m1_t sum0 = zero, sum1 = zero, sum2 = zero, sum3 = zero;
  for (size_t r = 0; r < length; r += vlmax) {
    const size_t vl = length - r < vlmax ? length - r : vlmax;
    const vuint8m8_t bytes = __riscv_vle8_v_u8m8(patch + r, vl);
    const uint8_t *row = bits + r / 8;
    sum0 = slb_add_selected_rvv(row, bytes, sum0, vl);
    sum1 = slb_add_selected_rvv(row + row_step, bytes, sum1, vl);
    sum2 = slb_add_selected_rvv(row + 2 * row_step, bytes, sum2, vl);
    sum3 = slb_add_selected_rvv(row + 3 * row_step, bytes, sum3, vl);
  }
  sums[0] += scale * __riscv_vmv_x_s_u16m1_u16(sum0);
  sums[1] += scale * __riscv_vmv_x_s_u16m1_u16(sum1);
  sums[2] += scale * __riscv_vmv_x_s_u16m1_u16(sum2);
  sums[3] += scale * __riscv_vmv_x_s_u16m1_u16(sum3);
}

/// See slb_byte_multiplier::dot.
static void slb_dot_codes_rvv(const slb_byte_operands *x, int32_t *sums) {
  const size_t vectors = __riscv_vsetvlmax_e8m8();
  const size_t vlmax = vectors < SLB_RVV_BYTES ? vectors : SLB_RVV_BYTES;
  const size_t length = 32u * (size_t)x->words;
  memset(sums, 0, 16 * sizeof(int32_t));
  for (size_t r = 0; r < length; r += SLB_RVV_BYTES) {
    const size_t rest = length - r < SLB_RVV_BYTES ? length - r : SLB_RVV_BYTES;
    for (int32_t j = 0; j < x->planes; ++j) {
      const uint8_t *bits = x->row + 4 * j * x->words + r / 8;
      for (int32_t p = 0; p < 4; ++p)
        slb_dot_4_rows_rvv(x->patch + p * x->patch_step + r, bits,
                           (size_t)x->row_step, rest, vlmax, 1 << j,
                           sums + 4 * p);
    }
  }
}

#endif // SLB_MULTIPLY_CODES_RVV_H
