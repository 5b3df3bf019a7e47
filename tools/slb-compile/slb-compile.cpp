//===- slb-compile.cpp - compiles a network to C --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Pipelines/Compiler.h"
#include "slb/Pipelines/CompilerCommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include <cstdlib>

static const char overview[] =
    "slb-compile: compiles a network to C99\n\n"
    "  slb-compile model.mlir -o net.c      writes net.c and net.h\n"
    "  cc -std=c99 -O2 -c net.c             the object for your program\n\n"
    "and in your program, for a network named net:\n\n"
    "  #include \"net.h\"\n"
    "  static uint64_t arena[(NET_ARENA_BYTES + 7) / 8];\n"
    "  NET_INPUT_TYPE input[NET_INPUT_SIZE];\n"
    "  NET_OUTPUT_TYPE output[NET_OUTPUT_SIZE];\n"
    "  net_run(input, output, arena);\n\n"
    "To look into the compilation: --dump-phases-to=phases, or\n"
    "--compile-to=integer to stop at a phase; an edited dump compiles on.\n";

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  slb::CompilerOptions options =
      slb::parseCompilerOptions(argc, argv, overview);
  return mlir::failed(slb::compileModel(options)) ? EXIT_FAILURE : EXIT_SUCCESS;
}
