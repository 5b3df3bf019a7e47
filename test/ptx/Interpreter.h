//===- Interpreter.h - runs kernels of PTX on the host ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_INTERPRETER_H
#define SLB_TEST_PTX_INTERPRETER_H

#include "Memory.h"
#include "Program.h"

namespace slb::ptx {

struct Grid {
  unsigned blocks = 1, threads = 1; ///< Of a block, in one dimension.
};

struct Options {
  /// Threads of a warp that parted, warps and blocks run in an order that
  /// follows from this number; 0 is the natural order.
  unsigned shuffle = 0;
  /// See setApproximationError.
  int approximationUlps = 0;
};

/// Runs a kernel to its end. `arguments` points to one value a parameter. False
/// and a message in `error` at the first access that is out of bounds,
/// misaligned, not allowed or in a race, the first read of a register that
/// nothing has written, the first uniform branch that parts threads, and at
/// shuffles that wait for ever or for a thread that is not there.
bool launch(const Kernel &kernel, Grid grid, void *const *arguments,
            const Options &options, Memory &memory, std::string &error);

} // namespace slb::ptx

#endif // SLB_TEST_PTX_INTERPRETER_H
