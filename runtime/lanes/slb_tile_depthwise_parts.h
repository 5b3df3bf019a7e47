//===- slb_tile_depthwise_parts.h - Scratch of slb_tile_depthwise ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TILE_DEPTHWISE_PARTS_H
#define SLB_TILE_DEPTHWISE_PARTS_H

#include "../c99/slb_conv2d.h"
#include "slb_tile_parts.h"

#include <stdint.h>

/// The patch is a pixel of padding and a row of weights as bytes.
static inline slb_tile_parts slb_tile_depthwise_parts(const slb_conv2d *g,
                                                      int32_t pointer) {
  const int32_t taps = g->kernel_h * g->kernel_w;
  return slb_lay_out_tile(g, 8, taps, 0, g->in_c + taps, pointer);
}

#endif // SLB_TILE_DEPTHWISE_PARTS_H
