//===- slb-search-ptx.cpp - prints the PTX of searched weights ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// slb-search-ptx K CHIP: the kernels for SLB's own set of K values.

#include "slb/Kernels/DeviceCompiler.h"
#include <cstdlib>
#include <iostream>

int main(int argc, char **argv) {
  if (argc != 4) {
    std::cerr << "usage: slb-search-ptx K CHIP f32|bf16\n";
    return 2;
  }
  int count = std::atoi(argv[1]);
  slb::SearchVariant variant;
  variant.nesterov = true;
  variant.bfloat16Logits = argv[3] == std::string("bf16");
  for (int q = 0; q < count; ++q)
    variant.values.push_back(double(2 * q - (count - 1)) / (count - 1));
  std::string error;
  std::string ptx = slb::compileSearchPtx(variant, argv[2], error);
  if (ptx.empty()) {
    std::cerr << "slb-search-ptx: " << error << '\n';
    return 1;
  }
  std::cout << ptx;
}
