//===- slb_planes.h - Values stored as bit planes -------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_PLANES_H
#define SLB_PLANES_H

#include <stdint.h>

/// Values as sums of bit planes: value = offset + sum_i coefficient[i] * bit_i.
/// Activations: A_i = coefficient[i], A0 = offset; the offset is not added in
/// zero padding. Weights: B_j = coefficient[j], B0 = offset.
typedef struct slb_planes {
  int32_t count;
  int32_t coefficient[8];
  int32_t offset;
} slb_planes;

#endif // SLB_PLANES_H
