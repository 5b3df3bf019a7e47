//===- VggSmall.cpp - six convolutions for small images -------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Networks.h"

using namespace slb;

Value slb::buildVggSmall(NetworkBuilder &b, Value x, int64_t classes) {
  const int64_t widths[] = {128, 128, 256, 256, 512, 512};
  for (int64_t i = 0; i < 6; ++i) {
    std::string name = "conv" + std::to_string(i + 1);
    auto position = i == 0 ? NetworkBuilder::Position::Edge
                           : NetworkBuilder::Position::Inner;
    x = b.conv2d(name, x, widths[i], 3, 1, position);
    // The second convolution of each width halves the image.
    if (i % 2 == 1)
      x = b.maxPool(x);
    x = b.batchNorm(name, x);
    x = b.activation(name, x);
  }
  return b.linear("fc", b.flatten(x), classes);
}
