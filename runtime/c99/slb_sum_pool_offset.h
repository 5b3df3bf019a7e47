//===- slb_sum_pool_offset.h - Sum pooling of bytes with an offset --------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_SUM_POOL_OFFSET_H
#define SLB_SUM_POOL_OFFSET_H

#include "slb_pool2d.h"

#include <stdint.h>

/// Adds to one pixel of a sum pooling, acc[c], what its bytes leave out:
/// `offset` for each element of the window that is inside the image.
/// acc [channels].
static void slb_sum_pool_offset(const slb_pool2d *g, int32_t offset, int32_t oy,
                                int32_t ox, int32_t *acc) {
  const slb_window window = slb_pool_window(g, oy, ox);
  const int32_t sum =
      offset * (window.y1 - window.y0) * (window.x1 - window.x0);
  for (int32_t c = 0; c < g->channels; ++c) {
    acc[c] += sum;
  }
}

#endif // SLB_SUM_POOL_OFFSET_H
