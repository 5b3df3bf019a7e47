//===- Execution.cpp - what an instruction does to a warp -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Warp.h"
#include <cstring>

using namespace slb::ptx;

bool Warp::execute(const Instruction &instruction, LaneMask active) {
  switch (instruction.opcode->kind) {
  case Opcode::Compute:
    compute(instruction, active);
    return true;
  case Opcode::Move:
    move(instruction, active);
    return true;
  case Opcode::Parameter:
    loadParameter(instruction, active);
    return true;
  case Opcode::Load:
    return load(instruction, active);
  case Opcode::Store:
    return store(instruction, active);
  case Opcode::AtomicAdd:
    return addAtomically(instruction, active);
  case Opcode::Shuffle:
    return shuffle(instruction, active);
  case Opcode::Branch:
  case Opcode::Return:
    return true;
  }
  return false;
}

void Warp::compute(const Instruction &instruction, LaneMask active) {
  const Lanes *operands[3] = {};
  for (size_t i = 0; i < instruction.operands.size(); ++i)
    operands[i] = &values[instruction.operands[i]];
  Lanes result;
  instruction.opcode->compute(result, operands);
  write(instruction.results[0], active, result);
}

void Warp::move(const Instruction &instruction, LaneMask active) {
  unsigned bits = 8 * instruction.opcode->bytes;
  unsigned part = bits / unsigned(instruction.operands.size());
  Lanes all = {};
  for (size_t i = 0; i < instruction.operands.size(); ++i)
    for (int lane = 0; lane < kWarpLanes; ++lane)
      all[lane] |= getLowBits(values[instruction.operands[i]][lane], part)
                   << (i * part);
  part = bits / unsigned(instruction.results.size());
  for (int reg : instruction.results) {
    Lanes low;
    for (int lane = 0; lane < kWarpLanes; ++lane) {
      low[lane] = getLowBits(all[lane], part);
      all[lane] = part < 64 ? all[lane] >> part : 0;
    }
    write(reg, active, low);
  }
}

void Warp::loadParameter(const Instruction &instruction, LaneMask active) {
  uint64_t value = 0;
  std::memcpy(&value, launch.parameters + instruction.offset,
              instruction.opcode->bytes);
  Lanes lanes;
  lanes.fill(value);
  write(instruction.results[0], active, lanes);
}

//===----------------------------------------------------------------------===//
// Memory and other threads
//===----------------------------------------------------------------------===//

char *Warp::access(const Instruction &instruction, int lane, Access access) {
  const Opcode &opcode = *instruction.opcode;
  uint64_t address =
      values[instruction.operands[0]][lane] + uint64_t(instruction.offset);
  uint32_t thread = block * launch.grid.threads + firstThread + unsigned(lane);
  std::string message;
  if (launch.memory.check(address, opcode.bytes * opcode.vector, access, thread,
                          message))
    return reinterpret_cast<char *>(address);
  failAt(instruction, lane, message);
  return nullptr;
}

bool Warp::load(const Instruction &instruction, LaneMask active) {
  const Opcode &opcode = *instruction.opcode;
  std::array<Lanes, 4> elements = {};
  bool isFine = forEachLane(active, [&](int lane) {
    const char *from = access(instruction, lane, Access::Read);
    for (unsigned i = 0; from && i < opcode.vector; ++i)
      std::memcpy(&elements[i][lane], from + i * opcode.bytes, opcode.bytes);
    return from != nullptr;
  });
  for (unsigned i = 0; isFine && i < opcode.vector; ++i)
    write(instruction.results[i], active, elements[i]);
  return isFine;
}

bool Warp::store(const Instruction &instruction, LaneMask active) {
  const Opcode &opcode = *instruction.opcode;
  return forEachLane(active, [&](int lane) {
    char *to = access(instruction, lane, Access::Write);
    for (unsigned i = 0; to && i < opcode.vector; ++i)
      std::memcpy(to + i * opcode.bytes,
                  &values[instruction.operands[1 + i]][lane], opcode.bytes);
    return to != nullptr;
  });
}

bool Warp::addAtomically(const Instruction &instruction, LaneMask active) {
  Lanes before = {};
  bool isFine = forEachLane(active, [&](int lane) {
    char *at = access(instruction, lane, Access::Atomic);
    if (!at)
      return false;
    uint32_t sum = 0;
    std::memcpy(&sum, at, sizeof(sum));
    before[lane] = sum;
    sum += uint32_t(values[instruction.operands[1]][lane]);
    std::memcpy(at, &sum, sizeof(sum));
    return true;
  });
  if (isFine)
    write(instruction.results[0], active, before);
  return isFine;
}

/// shfl.sync.bfly result, value, distance, clamp, members: from the thread
/// whose number differs in the bits of `distance`, within a segment of the
/// warp.
bool Warp::shuffle(const Instruction &instruction, LaneMask active) {
  const Lanes &value = values[instruction.operands[0]];
  Lanes result = {};
  bool isFine = forEachLane(active, [&](int lane) {
    auto get = [&](int i) {
      return uint32_t(values[instruction.operands[i]][lane]);
    };
    if ((get(3) & running) != active)
      return failAt(instruction, lane, "is run by other threads than it names");
    int clamp = get(2) & 31, segment = get(2) >> 8 & 31;
    int last = (lane & segment) | (clamp & ~segment);
    int source = lane ^ int(get(1) & 31);
    if (source > last)
      source = lane;
    if (!(active >> source & 1))
      return failAt(instruction, lane, "takes from a thread that is not there");
    result[lane] = value[source];
    return true;
  });
  if (isFine)
    write(instruction.results[0], active, result);
  return isFine;
}
