//===- Opcodes.h - instructions of PTX that slb's kernels use ---*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_OPCODES_H
#define SLB_TEST_PTX_OPCODES_H

#include <array>
#include <cstdint>
#include <string>

namespace slb::ptx {

constexpr int kWarpLanes = 32;
/// A set of a warp's threads.
using LaneMask = uint32_t;
/// A register: its bits in each thread of a warp.
using Lanes = std::array<uint64_t, kWarpLanes>;

struct Opcode {
  enum Kind {
    Compute,   ///< Each thread by itself, from registers to a register.
    Move,      ///< Bits of one or several registers to one or several.
    Parameter, ///< A load from the kernel's parameters.
    Load,      ///< From global memory, and so the next two.
    Store,
    AtomicAdd,
    Shuffle, ///< shfl.sync.bfly
    Branch,
    Return,
  };
  using ComputeFunction = void (*)(Lanes &result, const Lanes *const *operands);

  Kind kind = Compute;
  unsigned operandCount = 0; ///< Of Compute and Shuffle.
  ComputeFunction compute = nullptr;
  unsigned bytes = 0;  ///< Of an element that is moved, loaded or stored.
  unsigned vector = 1; ///< Elements of one access.
  bool isUniform = false;
};

/// The instruction of this name with all its suffixes, or null.
const Opcode *findOpcode(const std::string &name);

/// How far ex2.approx and div.approx are off from the nearest float, in units
/// of the last place. PTX allows 2 either way.
void setApproximationError(int ulps);

} // namespace slb::ptx

#endif // SLB_TEST_PTX_OPCODES_H
