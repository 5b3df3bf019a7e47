//===- FuzzNetwork.cpp - networks that bytes describe ---------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compile.h"
#include "NetworkText.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace slb;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const targets[] = {
      "c99",        "cortex-m3",  "cortex-m4", "cortex-m7",
      "cortex-m33", "cortex-m55", "aarch64",   "aarch64+dotprod",
      "x86-64-v3",  "x86-64-v4",  "rv32imc",   "rv64gcv_zbb"};
  CompilerOptions options;
  if (size > 0) // Half of them in portable C, which cc checks.
    options.target = targets[data[0] % 2 * (data[0] / 2 % std::size(targets))];
  std::string text = writeNetworkText({data + (size > 0), data + size});
  // The model of a finding, to be written down.
  static const bool prints = std::getenv("SLB_FUZZ_PRINT") != nullptr;
  if (prints)
    llvm::outs() << "// --target=" << options.target << '\n' << text;
  compileText(text, options);
  return 0;
}
