//===- slb_conv2d_bits_bits_rvv.h - Bits by bits, RISC-V vectors ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_BITS_BITS_RVV_H
#define SLB_CONV2D_BITS_BITS_RVV_H

#include "../vectors/slb_conv2d_bits_bits_tile.h"

#include <riscv_vector.h>
#include <stddef.h>
#include <stdint.h>

/// Loads bits as a mask.
static inline __attribute__((always_inline)) vbool1_t
slb_load_mask_rvv(const uint32_t *words, size_t bits) {
  return __riscv_vlm_v_b1((const uint8_t *)words, bits);
}

static int32_t slb_ones_rvv(const uint32_t *plane, int32_t stride) {
  const size_t vlmax = __riscv_vsetvlmax_e8m8();
  const size_t length = 32u * (size_t)stride;
  size_t ones = 0;
  for (size_t r = 0; r < length; r += vlmax) {
    const size_t vl = length - r < vlmax ? length - r : vlmax;
    ones += __riscv_vcpop_m_b1(slb_load_mask_rvv(plane + r / 32, vl), vl);
  }
  return (int32_t)ones;
}

/// Returns the ones of one patch's bits by one row's.
static inline __attribute__((always_inline)) size_t
slb_count_bits_rvv(int32_t op, vbool1_t a, vbool1_t m, vbool1_t w, size_t vl) {
  if (op == SLB_COUNT_AND)
    return __riscv_vcpop_m_b1(__riscv_vmand_mm_b1(a, w, vl), vl);
  const vbool1_t differ = __riscv_vmxor_mm_b1(a, w, vl);
  if (op == SLB_COUNT_XOR)
    return __riscv_vcpop_m_b1(differ, vl);
  return __riscv_vcpop_m_b1(__riscv_vmand_mm_b1(differ, m, vl), vl);
}

/// Adds scale * the ones of patch p by 4 rows to sums[p][4].
static inline __attribute__((always_inline)) void
slb_count_4_rows_rvv(int32_t op, const slb_bit_operands *x, int32_t p,
                     size_t vlmax, int32_t *sums) {
  const size_t length = 32u * (size_t)x->words;
  size_t ones[4] = {0, 0, 0, 0};
  for (size_t r = 0; r < length; r += vlmax) {
    const size_t vl = length - r < vlmax ? length - r : vlmax;
    const uint32_t *row = x->row + r / 32;
    const vbool1_t a =
        slb_load_mask_rvv(x->patch + p * x->patch_step + r / 32, vl);
    vbool1_t m = a;
    if (op == SLB_COUNT_XOR_AND)
      m = slb_load_mask_rvv(x->mask + p * x->patch_step + r / 32, vl);
#pragma GCC unroll 4
    for (int32_t o = 0; o < 4; ++o)
      ones[o] += slb_count_bits_rvv(
          op, a, m, slb_load_mask_rvv(row + o * x->row_step, vl), vl);
  }
#pragma GCC unroll 4
  for (int32_t o = 0; o < 4; ++o)
    sums[4 * p + o] += x->scale * (int32_t)ones[o];
}

/// See slb_bit_counter::count.
static void slb_count_rvv(const slb_bit_operands *x, int32_t *sums) {
  const size_t vlmax = __riscv_vsetvlmax_e8m8();
  for (int32_t p = 0; p < 4; ++p) {
    if (x->op == SLB_COUNT_AND)
      slb_count_4_rows_rvv(SLB_COUNT_AND, x, p, vlmax, sums);
    else if (x->op == SLB_COUNT_XOR)
      slb_count_4_rows_rvv(SLB_COUNT_XOR, x, p, vlmax, sums);
    else
      slb_count_4_rows_rvv(SLB_COUNT_XOR_AND, x, p, vlmax, sums);
  }
}

/// See slb_conv2d_bits_bits_tile; vector_words = 1, slots = 1.
static void slb_conv2d_bits_bits_rvv(const slb_conv2d *g,
                                     const slb_planes *activation_planes,
                                     const slb_planes *weight_planes,
                                     const uint32_t *weights,
                                     const uint32_t *input, int32_t first,
                                     int32_t pixels, void *scratch,
                                     int32_t *acc) {
  const slb_bit_counter counter = {1, 1, 0, slb_ones_rvv, slb_count_rvv};
  slb_conv2d_bits_bits_tile(&counter, g, activation_planes, weight_planes,
                            weights, input, first, pixels, scratch, acc);
}

#endif // SLB_CONV2D_BITS_BITS_RVV_H
