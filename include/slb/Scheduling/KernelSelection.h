//===- KernelSelection.h - kernels for a network under a limit --*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Plain C++. A kernel's scratch lives for one step only, so that layers hardly
// know of each other: with a perfect plan, each could take the fastest kernel
// whose scratch fits beside the buffers alive at its step. What the planner
// loses between buffers couples them. So choices are planned in the order of
// their cost, from that of a perfect plan on: the first that fits is the
// fastest. After a number of plans, the choice of least scratch is improved
// layer by layer.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SCHEDULING_KERNELSELECTION_H
#define SLB_SCHEDULING_KERNELSELECTION_H

#include "slb/Scheduling/ArenaPlanner.h"
#include <cstddef>
#include <optional>

namespace slb::bitpack {

/// What computing a layer by one of its kernels costs.
struct KernelAlternative {
  double instructions = 0;
  int64_t scratchBytes = 0;
};

struct SelectionLayer {
  int64_t step = 0; ///< At which the layer runs.
  std::vector<KernelAlternative> alternatives;
};

struct SelectionProblem {
  std::vector<ArenaBuffer> buffers; ///< All but scratch.
  std::vector<SelectionLayer> layers;
  int64_t alignment = 8;
};

struct Selection {
  std::vector<size_t> choice; ///< An alternative of each layer.
  double instructions = 0;
  int64_t arenaBytes = 0;
};

/// The cost of choosing one alternative for each layer; the arena is planned.
Selection evaluateChoice(const SelectionProblem &problem,
                         std::vector<size_t> choice);

/// The fewest instructions whatever the arena; of equal alternatives the first.
Selection selectFastest(const SelectionProblem &problem);

/// The smallest arena, and the fewest instructions in it.
Selection selectSmallest(const SelectionProblem &problem);

/// The fewest instructions in an arena of up to `limit` bytes, if any fits.
std::optional<Selection> selectWithin(const SelectionProblem &problem,
                                      int64_t limit);

} // namespace slb::bitpack

#endif // SLB_SCHEDULING_KERNELSELECTION_H
