//===- ToolOptions.h - a tool's command line --------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SUPPORT_TOOLOPTIONS_H
#define SLB_SUPPORT_TOOLOPTIONS_H

namespace slb {

/// Makes --version say slb's, for tools that parse their options elsewhere.
/// `program` is argv[0].
void setToolVersion(const char *program);

/// Parses the options that the tool declared with llvm::cl. Prints one line and
/// ends the program if they are wrong.
void parseToolOptions(int argc, char **argv, const char *overview);

} // namespace slb

#endif // SLB_SUPPORT_TOOLOPTIONS_H
