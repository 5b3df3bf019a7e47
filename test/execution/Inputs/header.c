//===- header.c - reads a network's header --------------------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "net.h"
#include <stdio.h>

int main(void) {
  static const int32_t shape[NET_INPUT_RANK] = NET_INPUT_SHAPE;
  static const float scales[] = NET_OUTPUT1_SCALES;
  int wrong = 0;
  // The floats of the model, bit for bit.
  wrong += NET_INPUT_SCALE != 0x1.948b1p-7f;
  wrong += NET_OUTPUT_SCALE != 1.0f;
  wrong += sizeof(scales) / sizeof(*scales) != 40;
  wrong += scales[0] != 0.1f || scales[39] != 3.0e-30f;
  wrong += NET_OUTPUT1_SCALE_AXIS != 1;
  wrong += shape[0] != 5 || shape[1] != 4 || shape[2] != 3;
  wrong += NET_INPUT_PIXEL_OFFSET != 128 || NET_INPUT_HEIGHT != 5;
  printf("%s %s\n", NET_SLB_VERSION, NET_MODEL_HASH);
  return wrong;
}
