//===- slb_tile_parts.h - Where parts of a tile's scratch lie -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_PARTS_H
#define SLB_TILE_PARTS_H

#include "../c99/slb_conv2d.h"

#include <stdint.h>

/// Parts of a tile kernel's scratch, in bytes from its start, where pointers to
/// the lanes' inputs lie. The compiler reads the same functions as the kernels.
typedef struct slb_tile_parts {
  int32_t work;  ///< What the kernel needs of its own.
  int32_t sums;  ///< [out_c][lanes] of the pool window's other positions.
  int32_t patch; ///< Gathered inputs, or one pixel of padding.
  int32_t bytes; ///< Of all.
} slb_tile_parts;

/// `sources` pointers a lane, of `pointer` bytes each.
static inline slb_tile_parts slb_lay_out_tile(const slb_conv2d *g,
                                              int32_t lanes, int32_t sources,
                                              int32_t work, int32_t patch,
                                              int32_t pointer) {
  slb_tile_parts parts;
  parts.work = lanes * sources * pointer;
  parts.sums = parts.work + work;
  parts.patch =
      parts.sums + (g->pool_h * g->pool_w > 1 ? 4 * lanes * g->out_c : 0);
  parts.bytes = parts.patch + patch;
  return parts;
}

#endif // SLB_TILE_PARTS_H
