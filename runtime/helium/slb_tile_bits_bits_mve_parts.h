//===- slb_tile_bits_bits_mve_parts.h - Scratch of slb_tile_bits_bits_mve -===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_BITS_MVE_PARTS_H
#define SLB_TILE_BITS_BITS_MVE_PARTS_H

#include "../c99/slb_conv2d.h"
#include "../lanes/slb_tile_bits_parts.h"

#include <stdint.h>

/// Work: tables, values [4][32], base and total [32], lanes [rows][32].
static inline slb_tile_parts
slb_tile_bits_bits_mve_parts(const slb_conv2d *g, int32_t planes, int32_t mask,
                             int32_t weight_planes, int32_t pointer) {
  const int32_t rows = g->out_c / g->groups * weight_planes;
  return slb_tile_bits_parts(g, planes, mask, 32, 4768 + 32 * rows, pointer);
}

#endif // SLB_TILE_BITS_BITS_MVE_PARTS_H
