//===- Warp.h - 32 threads of a kernel --------------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_WARP_H
#define SLB_TEST_PTX_WARP_H

#include "Interpreter.h"
#include <random>

namespace slb::ptx {

/// What all warps of a launch share.
struct Launch {
  const Kernel &kernel;
  Grid grid;
  const char *parameters;
  Memory &memory;
  std::mt19937 *random; ///< Null: the natural order.
};

/// Calls `body(lane)` for the lanes of a mask until it returns false.
template <typename BodyT> bool forEachLane(LaneMask lanes, BodyT body) {
  for (; lanes; lanes &= lanes - 1)
    if (!body(__builtin_ctz(lanes)))
      return false;
  return true;
}

inline uint64_t getLowBits(uint64_t value, unsigned bits) {
  return bits < 64 ? value & ((uint64_t(1) << bits) - 1) : value;
}

/// Threads that go through a kernel together until a branch parts them, and
/// again from where they meet.
class Warp {
public:
  explicit Warp(const Launch &launch);

  /// Runs the threads of a block from `firstThread` on to their end.
  bool run(unsigned block, unsigned firstThread, std::string &error);

private:
  /// Threads that are at the same instruction.
  struct Group {
    size_t at = 0;
    LaneMask lanes = 0;
  };

  void start(unsigned block, unsigned firstThread);
  void setSpecial(SpecialRegister reg, unsigned value);
  bool fail(const Instruction &instruction, const std::string &message);
  bool failAt(const Instruction &instruction, int lane,
              const std::string &message);

  void merge();
  bool isWaiting(const Group &group) const;
  /// The place in `groups` of the one that goes on; -1 if all of them wait.
  int select() const;
  bool step(Group group);

  bool getActive(const Instruction &instruction, LaneMask lanes,
                 LaneMask &active);
  bool checkDefined(const Instruction &instruction, int reg, LaneMask lanes);
  bool execute(const Instruction &instruction, LaneMask active);
  bool branch(const Instruction &instruction, Group group, LaneMask active);
  void write(int reg, LaneMask active, const Lanes &values);

  void compute(const Instruction &instruction, LaneMask active);
  void move(const Instruction &instruction, LaneMask active);
  void loadParameter(const Instruction &instruction, LaneMask active);
  bool load(const Instruction &instruction, LaneMask active);
  bool store(const Instruction &instruction, LaneMask active);
  bool addAtomically(const Instruction &instruction, LaneMask active);
  bool shuffle(const Instruction &instruction, LaneMask active);
  /// Checks the access of a lane, and returns its place in memory.
  char *access(const Instruction &instruction, int lane, Access access);

  const Launch &launch;
  const Kernel &kernel;
  std::vector<Lanes> values;
  std::vector<LaneMask> defined;
  std::vector<Group> groups;
  LaneMask running = 0;
  unsigned block = 0, firstThread = 0;
  std::string error;
};

} // namespace slb::ptx

#endif // SLB_TEST_PTX_WARP_H
