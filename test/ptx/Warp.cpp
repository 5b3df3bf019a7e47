//===- Warp.cpp - 32 threads of a kernel ----------------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Warp.h"
#include <algorithm>

using namespace slb::ptx;

/// More than any kernel takes, unless it does not end.
static constexpr uint64_t kMaxSteps = 50'000'000;

static LaneMask getFirst(unsigned count) {
  return count >= kWarpLanes ? ~LaneMask(0) : (LaneMask(1) << count) - 1;
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

Warp::Warp(const Launch &launch)
    : launch(launch), kernel(launch.kernel),
      values(launch.kernel.registers.size()),
      defined(launch.kernel.registers.size()) {}

void Warp::setSpecial(SpecialRegister reg, unsigned value) {
  values[reg].fill(value);
  defined[reg] = ~LaneMask(0);
}

void Warp::start(unsigned newBlock, unsigned newFirstThread) {
  block = newBlock;
  firstThread = newFirstThread;
  std::fill(defined.begin(), defined.end(), 0);
  setSpecial(kBlock, block);
  setSpecial(kThreads, launch.grid.threads);
  setSpecial(kBlocks, launch.grid.blocks);
  setSpecial(kThread, firstThread);
  for (int lane = 0; lane < kWarpLanes; ++lane)
    values[kThread][lane] += lane;
  for (const Literal &literal : kernel.literals) {
    values[literal.reg].fill(literal.value);
    defined[literal.reg] = ~LaneMask(0);
  }
  running = getFirst(launch.grid.threads - firstThread);
  groups = {{0, running}};
}

bool Warp::run(unsigned newBlock, unsigned newFirstThread,
               std::string &newError) {
  start(newBlock, newFirstThread);
  for (uint64_t steps = 0; !groups.empty(); ++steps) {
    merge();
    int selected = select();
    const Group &first = groups.front();
    const Instruction &instruction =
        kernel.instructions[selected < 0 ? first.at : groups[selected].at];
    bool isFine = steps < kMaxSteps && selected >= 0;
    if (selected < 0)
      fail(instruction, "waits for threads that never come");
    else if (!isFine)
      fail(instruction, "is in a loop that does not end");
    if (isFine) {
      Group group = groups[selected];
      groups.erase(groups.begin() + selected);
      isFine = step(group);
    }
    if (!isFine) {
      newError = error;
      return false;
    }
  }
  return true;
}

void Warp::merge() {
  if (groups.size() < 2)
    return;
  std::sort(groups.begin(), groups.end(),
            [](const Group &a, const Group &b) { return a.at < b.at; });
  size_t kept = 0;
  for (size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].at == groups[kept].at)
      groups[kept].lanes |= groups[i].lanes;
    else
      groups[++kept] = groups[i];
  }
  groups.resize(kept + 1);
}

/// A shuffle begins when all threads of the warp that have not ended are there.
bool Warp::isWaiting(const Group &group) const {
  return kernel.instructions[group.at].opcode->kind == Opcode::Shuffle &&
         group.lanes != running;
}

int Warp::select() const {
  std::vector<int> ready;
  for (size_t i = 0; i < groups.size(); ++i)
    if (!isWaiting(groups[i])) {
      if (!launch.random)
        return int(i);
      ready.push_back(int(i));
    }
  return ready.empty() ? -1 : ready[(*launch.random)() % ready.size()];
}

bool Warp::step(Group group) {
  const Instruction &instruction = kernel.instructions[group.at];
  bool isShuffle = instruction.opcode->kind == Opcode::Shuffle;
  // Threads may run apart at any time.
  if (launch.random && !isShuffle && (*launch.random)() % 8 == 0) {
    LaneMask part = group.lanes & (*launch.random)();
    if (part && part != group.lanes) {
      groups.push_back({group.at, group.lanes & ~part});
      group.lanes = part;
    }
  }
  LaneMask active = group.lanes;
  if (!getActive(instruction, group.lanes, active))
    return false;
  if (instruction.opcode->kind == Opcode::Branch)
    return branch(instruction, group, active);
  if (instruction.opcode->kind == Opcode::Return) {
    running &= ~active;
    group.lanes &= ~active;
  } else if (active && !execute(instruction, active)) {
    return false;
  }
  if (group.lanes)
    groups.push_back({group.at + 1, group.lanes});
  return true;
}

bool Warp::branch(const Instruction &instruction, Group group,
                  LaneMask active) {
  LaneMask rest = group.lanes & ~active;
  if (instruction.opcode->isUniform && active && rest)
    return fail(instruction, "parts the threads of a warp");
  if (active)
    groups.push_back({instruction.target, active});
  if (rest)
    groups.push_back({group.at + 1, rest});
  return true;
}

//===----------------------------------------------------------------------===//
// Registers
//===----------------------------------------------------------------------===//

bool Warp::fail(const Instruction &instruction, const std::string &message) {
  error = kernel.name + ", line " + std::to_string(instruction.line) +
          ", block " + std::to_string(block) + ": '" + instruction.text + "' " +
          message;
  return false;
}

bool Warp::failAt(const Instruction &instruction, int lane,
                  const std::string &message) {
  return fail(instruction,
              message + " (thread " + std::to_string(firstThread + lane) + ")");
}

bool Warp::checkDefined(const Instruction &instruction, int reg,
                        LaneMask lanes) {
  LaneMask missing = lanes & ~defined[reg];
  return !missing || failAt(instruction, __builtin_ctz(missing),
                            "reads " + kernel.registers[reg].name +
                                ", which nothing has written");
}

bool Warp::getActive(const Instruction &instruction, LaneMask lanes,
                     LaneMask &active) {
  active = lanes;
  int guard = instruction.guard;
  if (guard != Instruction::kNone) {
    if (!checkDefined(instruction, guard, lanes))
      return false;
    forEachLane(lanes, [&](int lane) {
      if (bool(values[guard][lane]) == instruction.isGuardNegated)
        active &= ~(LaneMask(1) << lane);
      return true;
    });
  }
  for (int reg : instruction.operands)
    if (!checkDefined(instruction, reg, active))
      return false;
  return true;
}

void Warp::write(int reg, LaneMask active, const Lanes &lanes) {
  if (reg == Instruction::kNone)
    return;
  unsigned bits = kernel.registers[reg].bits;
  for (int lane = 0; lane < kWarpLanes; ++lane)
    if (active >> lane & 1)
      values[reg][lane] = getLowBits(lanes[lane], bits);
  defined[reg] |= active;
}
