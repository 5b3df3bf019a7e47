//===- ArenaPlanner.h - places buffers in one arena -------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Plain C++. Buffers live over a range of steps; two buffers may share bytes
// only if their ranges do not meet. Optimal placement is NP-hard; a few greedy
// orders come within a few percent, and the best of them is taken.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SCHEDULING_ARENAPLANNER_H
#define SLB_SCHEDULING_ARENAPLANNER_H

#include <cstdint>
#include <vector>

namespace slb::bitpack {

/// A buffer that lives from step `first` to step `last`, both included.
struct ArenaBuffer {
  int64_t bytes = 0;
  int64_t first = 0, last = 0;
};

struct ArenaPlan {
  std::vector<int64_t> offsets; ///< One a buffer.
  int64_t bytes = 0;            ///< Of the arena.
};

/// Places all buffers, each at a multiple of `alignment`.
ArenaPlan planArena(const std::vector<ArenaBuffer> &buffers, int64_t alignment);

/// What no placement can undercut: the most bytes alive at one step.
int64_t getLifetimeLowerBound(const std::vector<ArenaBuffer> &buffers,
                              int64_t alignment);

} // namespace slb::bitpack

#endif // SLB_SCHEDULING_ARENAPLANNER_H
