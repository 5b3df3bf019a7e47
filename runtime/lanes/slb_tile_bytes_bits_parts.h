//===- slb_tile_bytes_bits_parts.h - Scratch of slb_tile_bytes_bits -------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_BITS_PARTS_H
#define SLB_TILE_BYTES_BITS_PARTS_H

#include "../c99/slb_conv2d.h"
#include "slb_tile_bytes_parts.h"

#include <stdint.h>

/// Work: tables, base [8], total [4], lanes [rows][4].
static inline slb_tile_parts slb_tile_bytes_bits_parts(const slb_conv2d *g,
                                                       int32_t weight_planes,
                                                       int32_t pointer) {
  const int32_t rows = g->out_c / g->groups * weight_planes;
  return slb_tile_bytes_parts(g, 8, 4, 4144 + 16 * rows, pointer);
}

#endif // SLB_TILE_BYTES_BITS_PARTS_H
