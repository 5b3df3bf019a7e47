//===- ResNet.cpp - residual networks for small images --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Networks.h"

using namespace slb;

/// Two 3x3 convolutions beside a shortcut, which is a 1x1 convolution where
/// the shape changes.
static Value buildBlock(NetworkBuilder &b, const std::string &name, Value x,
                        int64_t channels, int64_t stride) {
  Value y = b.conv2d(name + "_conv1", x, channels, 3, stride);
  y = b.batchNorm(name + "_conv1", y);
  y = b.activation(name + "_conv1", y);
  y = b.conv2d(name + "_conv2", y, channels, 3);
  y = b.batchNorm(name + "_conv2", y);

  Value shortcut = x;
  if (stride != 1 || x.channels != channels) {
    shortcut = b.conv2d(name + "_shortcut", x, channels, 1, stride);
    shortcut = b.batchNorm(name + "_shortcut", shortcut);
    shortcut = b.shortcutQuantizer(name + "_shortcut", shortcut);
  }
  return b.activation(name, b.add(y, shortcut));
}

/// A 3x3 stem without pooling, then stacks of `depth` blocks; every stack but
/// the first halves the image.
static Value buildResNet(NetworkBuilder &b, Value x, int64_t classes,
                         const std::vector<int64_t> &widths, int64_t depth) {
  x = b.conv2d("stem", x, widths[0], 3, 1, NetworkBuilder::Position::Edge);
  x = b.batchNorm("stem", x);
  x = b.activation("stem", x);
  for (size_t stack = 0; stack < widths.size(); ++stack)
    for (int64_t block = 0; block < depth; ++block) {
      std::string name = "stack" + std::to_string(stack + 1) + "_block" +
                         std::to_string(block + 1);
      int64_t stride = stack > 0 && block == 0 ? 2 : 1;
      x = buildBlock(b, name, x, widths[stack], stride);
    }
  return b.linear("fc", b.globalAveragePool(x), classes);
}

/// The shape of MLPerf Tiny's image classification network.
Value slb::buildResNet8(NetworkBuilder &b, Value x, int64_t classes) {
  return buildResNet(b, x, classes, {16, 32, 64}, 1);
}

Value slb::buildResNet20(NetworkBuilder &b, Value x, int64_t classes) {
  return buildResNet(b, x, classes, {16, 32, 64}, 3);
}

Value slb::buildResNet18(NetworkBuilder &b, Value x, int64_t classes) {
  return buildResNet(b, x, classes, {64, 128, 256, 512}, 2);
}
