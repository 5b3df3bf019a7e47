//===- Program.h - kernels of PTX, parsed -----------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_PROGRAM_H
#define SLB_TEST_PTX_PROGRAM_H

#include "Opcodes.h"
#include <map>
#include <string>
#include <vector>

namespace slb::ptx {

/// A register, or a literal: those are registers that nothing writes to.
struct Register {
  std::string name;
  unsigned bits = 0;
};

struct Literal {
  int reg = 0;
  uint64_t value = 0;
};

/// Registers that hold a thread's place. Every kernel has them first.
enum SpecialRegister { kThread, kBlock, kThreads, kBlocks, kSpecialCount };

struct Instruction {
  static constexpr int kNone = -1;

  const Opcode *opcode = nullptr;
  int guard = kNone; ///< A predicate.
  bool isGuardNegated = false;
  std::vector<int> results;  ///< kNone: thrown away, written `_`.
  std::vector<int> operands; ///< The first is the address, if there is one.
  int64_t offset = 0;        ///< Of an address, or of a parameter.
  size_t target = 0;         ///< The instruction a branch goes to.
  int line = 0;
  std::string text;
};

struct Parameter {
  size_t offset = 0, bytes = 0;
};

struct Kernel {
  std::string name;
  std::vector<Parameter> parameters;
  size_t parameterBytes = 0;
  std::vector<Register> registers;
  std::vector<Literal> literals;
  std::vector<Instruction> instructions;
  unsigned maxThreads = 1024; ///< Of a block.
};

struct Program {
  int version = 0; ///< 63 for 6.3.
  int target = 0;  ///< 75 for sm_75.
  std::map<std::string, Kernel> kernels;
};

} // namespace slb::ptx

#endif // SLB_TEST_PTX_PROGRAM_H
