//===- slb_tile_bits_parts.h - Scratch of tiles of bit planes -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_PARTS_H
#define SLB_TILE_BITS_PARTS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "slb_tile_parts.h"

#include <stdint.h>

/// Sources are pixels if whole words make a tap, otherwise patches, one a lane.
/// `planes` and `mask` are those of the inputs: an offset needs a mask.
static inline slb_tile_parts slb_tile_bits_parts(const slb_conv2d *g,
                                                 int32_t planes, int32_t mask,
                                                 int32_t lanes, int32_t work,
                                                 int32_t pointer) {
  const int32_t words = (slb_patch_length(g) + 31) / 32;
  if (g->in_c / g->groups % 32 == 0)
    return slb_lay_out_tile(g, lanes, g->kernel_h * g->kernel_w, work,
                            4 * planes * (g->in_c / 32), pointer);
  return slb_lay_out_tile(g, lanes, 1, work,
                          4 * lanes * words * (planes + mask), pointer);
}

#endif // SLB_TILE_BITS_PARTS_H
