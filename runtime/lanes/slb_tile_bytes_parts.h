//===- slb_tile_bytes_parts.h - Scratch of tiles of bytes -----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_PARTS_H
#define SLB_TILE_BYTES_PARTS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "slb_tile_parts.h"

#include <stdint.h>

/// Sources are pixels if whole groups of `unit` bytes make a tap, otherwise
/// patches, one a lane.
static inline slb_tile_parts slb_tile_bytes_parts(const slb_conv2d *g,
                                                  int32_t lanes, int32_t unit,
                                                  int32_t work,
                                                  int32_t pointer) {
  const int32_t length = (slb_patch_length(g) + unit - 1) / unit * unit;
  if (g->in_c / g->groups % unit == 0)
    return slb_lay_out_tile(g, lanes, g->kernel_h * g->kernel_w, work, g->in_c,
                            pointer);
  return slb_lay_out_tile(g, lanes, 1, work, lanes * length, pointer);
}

#endif // SLB_TILE_BYTES_PARTS_H
