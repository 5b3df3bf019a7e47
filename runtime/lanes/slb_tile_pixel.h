//===- slb_tile_pixel.h - Accumulators of one pixel of a tile -------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_PIXEL_H
#define SLB_TILE_PIXEL_H

#include <stdint.h>

/// Copies pixel p of a tile's accumulators [n][lanes] to acc[n], where the
/// epilogues of single pixels find it.
static void slb_tile_pixel(const int32_t *tile, int32_t lanes, int32_t p,
                           int32_t n, int32_t *acc) {
  for (int32_t c = 0; c < n; ++c)
    acc[c] = tile[c * lanes + p];
}

#endif // SLB_TILE_PIXEL_H
