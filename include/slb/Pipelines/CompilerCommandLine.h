//===- CompilerCommandLine.h - the options of slb-compile -------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_PIPELINES_COMPILERCOMMANDLINE_H
#define SLB_PIPELINES_COMPILERCOMMANDLINE_H

#include "slb/Pipelines/Compiler.h"

namespace slb {

/// Parses slb-compile's command line. Prints one line and ends the program if
/// it is wrong.
CompilerOptions parseCompilerOptions(int argc, char **argv,
                                     const char *overview);

} // namespace slb

#endif // SLB_PIPELINES_COMPILERCOMMANDLINE_H
