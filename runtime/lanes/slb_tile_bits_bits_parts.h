//===- slb_tile_bits_bits_parts.h - Scratch of slb_tile_bits_bits ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_BITS_PARTS_H
#define SLB_TILE_BITS_BITS_PARTS_H

#include "../c99/slb_conv2d.h"
#include "slb_tile_bits_parts.h"

#include <stdint.h>

/// Work: tables, base [16], total [4], lanes [rows][4].
static inline slb_tile_parts
slb_tile_bits_bits_parts(const slb_conv2d *g, int32_t planes, int32_t mask,
                         int32_t weight_planes, int32_t pointer) {
  const int32_t rows = g->out_c / g->groups * weight_planes;
  return slb_tile_bits_parts(g, planes, mask, 16, 4176 + 16 * rows, pointer);
}

#endif // SLB_TILE_BITS_BITS_PARTS_H
