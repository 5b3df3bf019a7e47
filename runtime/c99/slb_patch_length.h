//===- slb_patch_length.h - Inputs of one output of a layer --------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_PATCH_LENGTH_H
#define SLB_PATCH_LENGTH_H

#include "slb_conv2d.h"

#include <stdint.h>

/// Returns R, the number of input values that one output value depends on:
/// R = kernel_h * kernel_w * (in_c / groups).
static int32_t slb_patch_length(const slb_conv2d *g) {
  return g->kernel_h * g->kernel_w * (g->in_c / g->groups);
}

#endif // SLB_PATCH_LENGTH_H
