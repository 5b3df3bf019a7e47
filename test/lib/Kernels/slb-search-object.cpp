//===- slb-search-object.cpp - writes object files of searched weights ----===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// slb-search-object K TRIPLE CPU f32|bf16: the host kernels for SLB's own set
// of K values, for any processor.

#include "slb/Kernels/SearchKernels.h"
#include <cstdlib>
#include <iostream>

int main(int argc, char **argv) {
  if (argc != 5) {
    std::cerr << "usage: slb-search-object K TRIPLE CPU f32|bf16\n";
    return 2;
  }
  int count = std::atoi(argv[1]);
  slb::SearchVariant variant;
  variant.nesterov = true;
  variant.bfloat16Logits = argv[4] == std::string("bf16");
  for (int q = 0; q < count; ++q)
    variant.values.push_back(double(2 * q - (count - 1)) / (count - 1));
  std::string error;
  std::string object =
      slb::compileSearchObject(variant, argv[2], argv[3], error);
  if (object.empty()) {
    std::cerr << "slb-search-object: " << error << '\n';
    return 1;
  }
  std::cout << object;
}
