//===- Networks.cpp - the networks that can be trained --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Networks.h"

using namespace slb;

BuildNetwork slb::findNetwork(const std::string &name) {
  static const std::map<std::string, BuildNetwork> table = {
      {"digits-cnn", buildDigitsCnn}, {"resnet8", buildResNet8},
      {"resnet20", buildResNet20},    {"resnet18", buildResNet18},
      {"vgg-small", buildVggSmall},
  };
  auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}
