//===- slb_row_bytes_bits_parts.h - Scratch of slb_row_bytes_bits ---------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_ROW_BYTES_BITS_PARTS_H
#define SLB_ROW_BYTES_BITS_PARTS_H

#include "../c99/slb_conv2d.h"

#include <stdint.h>

/// Parts of the scratch in bytes from its start, where tables lie.
typedef struct slb_row_parts {
  int32_t step;  ///< Words of lanes of a tap and a row of weights.
  int32_t lanes; ///< Those of the inputs' sum, then of each tap and row.
  int32_t end;   ///< Of all lanes; a margin follows.
  int32_t base;  ///< [out_w + 1].
  int32_t zeros; ///< One pixel.
  int32_t bytes; ///< Of all.
} slb_row_parts;

static inline slb_row_parts slb_row_bytes_bits_parts(const slb_conv2d *g,
                                                     int32_t weight_planes) {
  const int32_t margin = g->kernel_w / 2;
  slb_row_parts parts;
  parts.step = margin + (g->in_w + 7) / 8 * 4;
  parts.lanes = 4096;
  parts.end = parts.lanes +
              4 * (1 + g->kernel_w * g->out_c * weight_planes) * parts.step;
  parts.base = parts.end + 4 * margin;
  parts.zeros = parts.base + 4 * (g->out_w + 1);
  parts.bytes = parts.zeros + g->in_c;
  return parts;
}

#endif // SLB_ROW_BYTES_BITS_PARTS_H
