//===- slb_tile_bits_nibbles_parts.h - Scratch of slb_tile_bits_nibbles ---===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BITS_NIBBLES_PARTS_H
#define SLB_TILE_BITS_NIBBLES_PARTS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "slb_tile_bits_parts.h"

#include <stdint.h>

/// Work: packed inputs [R rounded up to 32], total [4].
static inline slb_tile_parts slb_tile_bits_nibbles_parts(const slb_conv2d *g,
                                                         int32_t planes,
                                                         int32_t pointer) {
  return slb_tile_bits_parts(g, planes, 0, 4,
                             4 * ((slb_patch_length(g) + 31) / 32 * 32) + 16,
                             pointer);
}

#endif // SLB_TILE_BITS_NIBBLES_PARTS_H
