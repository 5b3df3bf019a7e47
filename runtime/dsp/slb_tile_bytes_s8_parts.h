//===- slb_tile_bytes_s8_parts.h - Scratch of slb_tile_bytes_s8 -----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_S8_PARTS_H
#define SLB_TILE_BYTES_S8_PARTS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../lanes/slb_tile_bytes_parts.h"

#include <stdint.h>

/// Work: pairs [R rounded up to 4][4].
static inline slb_tile_parts slb_tile_bytes_s8_parts(const slb_conv2d *g,
                                                     int32_t pointer) {
  return slb_tile_bytes_parts(g, 4, 4, 8 * ((slb_patch_length(g) + 3) / 4 * 4),
                              pointer);
}

#endif // SLB_TILE_BYTES_S8_PARTS_H
