//===- FuzzNetwork.cpp - networks that bytes describe ---------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compile.h"
#include "NetworkText.h"
#include "slb/Target/Targets.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace slb;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::ArrayRef<bitpack::Target> targets = bitpack::getTargets();
  CompilerOptions options;
  if (size > 0) // Half of them in portable C, which cc checks.
    options.target =
        targets[data[0] % 2 * (data[0] / 2 % targets.size())].name.str();
  std::string text = writeNetworkText({data + (size > 0), data + size});
  // The model of a finding, to be written down.
  static const bool prints = std::getenv("SLB_FUZZ_PRINT") != nullptr;
  if (prints)
    llvm::outs() << "// --target=" << options.target << '\n' << text;
  compileText(text, options);
  return 0;
}
