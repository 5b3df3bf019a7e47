//===- slb_tile_bytes_bits_mve_parts.h - Scratch of slb_tile_bytes_bits_mve
//===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_BITS_MVE_PARTS_H
#define SLB_TILE_BYTES_BITS_MVE_PARTS_H

#include "../c99/slb_conv2d.h"
#include "../lanes/slb_tile_bytes_parts.h"

#include <stdint.h>

/// Work: tables, values [32][32], base and total [32], lanes [rows][32].
static inline slb_tile_parts
slb_tile_bytes_bits_mve_parts(const slb_conv2d *g, int32_t weight_planes,
                              int32_t pointer) {
  const int32_t rows = g->out_c / g->groups * weight_planes;
  return slb_tile_bytes_parts(g, 32, 1, 9408 + 64 * rows, pointer);
}

#endif // SLB_TILE_BYTES_BITS_MVE_PARTS_H
