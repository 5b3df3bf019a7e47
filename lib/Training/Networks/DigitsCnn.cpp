//===- DigitsCnn.cpp - three convolutions for 8x8 digits ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Networks.h"

using namespace slb;

Value slb::buildDigitsCnn(NetworkBuilder &b, Value x, int64_t classes) {
  x = b.conv2d("conv1", x, 32, 3, 1, NetworkBuilder::Position::Edge);
  x = b.maxPool(x);
  x = b.batchNorm("conv1", x);
  x = b.activation("conv1", x);

  x = b.conv2d("conv2", x, 56, 3);
  x = b.maxPool(x);
  x = b.batchNorm("conv2", x);
  x = b.activation("conv2", x);

  x = b.conv2d("conv3", x, 64, 3);
  x = b.batchNorm("conv3", x);
  x = b.activation("conv3", x);

  return b.linear("fc", b.globalAveragePool(x), classes);
}
