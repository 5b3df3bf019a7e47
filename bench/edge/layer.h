//===- layer.h - Data and schedules of the measured layers ----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_BENCH_EDGE_LAYER_H
#define SLB_BENCH_EDGE_LAYER_H

#include "slb_conv2d.h"

#include <stdint.h>

#if defined(LAYER_CONV3X3)
enum { IN_C = 32, OUT_C = 64, KERNEL = 3, GROUPS = 1 };
#elif defined(LAYER_CONV1X1)
enum { IN_C = 32, OUT_C = 64, KERNEL = 1, GROUPS = 1 };
#elif defined(LAYER_DEPTHWISE)
enum { IN_C = 64, OUT_C = 64, KERNEL = 3, GROUPS = 64 };
#else
#error "expects a layer"
#endif
enum {
  SIDE = 16,
  PIXELS = SIDE * SIDE,
  INPUTS = KERNEL * KERNEL * IN_C / GROUPS
};

static const slb_conv2d geometry = {
    SIDE, SIDE,       IN_C,       SIDE, SIDE, OUT_C,  KERNEL, KERNEL, 1,
    1,    KERNEL / 2, KERNEL / 2, 1,    1,    GROUPS, 1,      1};

#if ACTIVATION_BITS == 8
#include "layer_bytes.h"
#else
#include "layer_bits.h"
#endif

#endif // SLB_BENCH_EDGE_LAYER_H
