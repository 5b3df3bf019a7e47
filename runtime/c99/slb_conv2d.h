//===- slb_conv2d.h - Geometry of a convolution with max pooling ----------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_CONV2D_H
#define SLB_CONV2D_H

#include <stdint.h>

/// A convolution, followed by a max pooling of non-overlapping windows that
/// drops what does not fill a window. out_h and out_w are the sizes after the
/// pooling; pool_h = pool_w = 1 where there is none. Activations are [H][W][C];
/// a filter row is [kernel_h][kernel_w][in_c / groups]. Where activations are
/// bytes, padding is bytes of pad_value; it is 0 where they are not.
typedef struct slb_conv2d {
  int32_t in_h, in_w, in_c;
  int32_t out_h, out_w, out_c;
  int32_t kernel_h, kernel_w;
  int32_t stride_h, stride_w;
  int32_t pad_top, pad_left;
  int32_t dilation_h, dilation_w;
  int32_t groups;
  int32_t pool_h, pool_w;
  int32_t pad_value;
} slb_conv2d;

#endif // SLB_CONV2D_H
