//===- slb_tile_bytes_s8_mve_parts.h - Scratch of slb_tile_bytes_s8_mve ---===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_BYTES_S8_MVE_PARTS_H
#define SLB_TILE_BYTES_S8_MVE_PARTS_H

#include "../c99/slb_conv2d.h"
#include "../c99/slb_patch_length.h"
#include "../lanes/slb_tile_bytes_parts.h"

#include <stdint.h>

/// Work: values [4][R rounded up to 16].
static inline slb_tile_parts slb_tile_bytes_s8_mve_parts(const slb_conv2d *g,
                                                         int32_t pointer) {
  return slb_tile_bytes_parts(
      g, 4, 1, 4 * ((slb_patch_length(g) + 15) / 16 * 16), pointer);
}

#endif // SLB_TILE_BYTES_S8_MVE_PARTS_H
