//===- ToolOptions.cpp - a tool's command line ----------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Support/ToolOptions.h"
#include "slb/Support/Version.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

void slb::setToolVersion(const char *program) {
  std::string tool = llvm::sys::path::filename(program).str();
  llvm::cl::SetVersionPrinter([tool](llvm::raw_ostream &os) {
    os << tool << ' ' << getVersion() << '\n';
  });
}

void slb::parseToolOptions(int argc, char **argv, const char *overview) {
  setToolVersion(argv[0]);
  // Some messages go to the stream, in several lines, the others come out at
  // once, in one.
  std::string message;
  llvm::raw_string_ostream os(message);
  if (llvm::cl::ParseCommandLineOptions(argc, argv, overview, &os))
    return;
  if (!message.empty())
    llvm::errs() << llvm::StringRef(message).split('\n').first << '\n';
  std::exit(EXIT_FAILURE);
}
