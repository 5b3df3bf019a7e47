//===- slb_tile_copy_slice.h - Copy some inputs of a tile side by side ----===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_COPY_SLICE_H
#define SLB_TILE_COPY_SLICE_H

#include "slb_tile_sources.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Copies inputs [r, r + count) of each lane of a tile to values[lanes][step],
/// count <= step, and clears the rest: input r is byte first + r % channels of
/// sources[r / channels][p].
static void slb_tile_copy_slice(const void *const *sources, int32_t lanes,
                                int32_t first, int32_t channels, int32_t r,
                                int32_t count, int32_t step, uint8_t *values) {
  const void *const *tap = sources + r / channels * lanes;
  const int32_t start = r % channels;
  for (int32_t p = 0; p < lanes; ++p, values += step) {
    const void *const *source = tap + p;
    int32_t c = start;
    int32_t done = 0;
    while (done < count) {
      const int32_t left = channels - c;
      const int32_t run = left < count - done ? left : count - done;
      memcpy(values + done, (const uint8_t *)*source + first + c, (size_t)run);
      done += run;
      source += lanes;
      c = 0;
    }
    if (count < step)
      memset(values + count, 0, (size_t)(step - count));
  }
}

#endif // SLB_TILE_COPY_SLICE_H
