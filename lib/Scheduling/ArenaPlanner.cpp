//===- ArenaPlanner.cpp - places buffers in one arena ---------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Scheduling/ArenaPlanner.h"
#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

using namespace slb::bitpack;

static int64_t alignTo(int64_t bytes, int64_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

static bool overlap(const ArenaBuffer &a, const ArenaBuffer &b) {
  return a.first <= b.last && b.first <= a.last;
}

namespace {
struct Placed {
  int64_t begin, end;
};
} // namespace

/// The smallest gap between the sorted neighbours that holds `bytes`; after the
/// last one if there is none.
static int64_t findBestGap(const std::vector<Placed> &neighbours,
                           int64_t bytes) {
  int64_t best = -1, bestSlack = std::numeric_limits<int64_t>::max();
  int64_t end = 0;
  for (const Placed &neighbour : neighbours) {
    int64_t slack = neighbour.begin - end - bytes;
    if (slack >= 0 && slack < bestSlack) {
      best = end;
      bestSlack = slack;
    }
    end = std::max(end, neighbour.end);
  }
  return best >= 0 ? best : end;
}

/// Places the buffers one after another in the given order.
static ArenaPlan placeInOrder(const std::vector<ArenaBuffer> &buffers,
                              const std::vector<size_t> &order,
                              int64_t alignment) {
  ArenaPlan plan;
  plan.offsets.resize(buffers.size());
  std::vector<size_t> done;
  for (size_t index : order) {
    std::vector<Placed> neighbours;
    for (size_t other : done)
      if (overlap(buffers[index], buffers[other])) {
        int64_t begin = plan.offsets[other];
        neighbours.push_back(
            {begin, begin + alignTo(buffers[other].bytes, alignment)});
      }
    std::sort(neighbours.begin(), neighbours.end(),
              [](Placed a, Placed b) { return a.begin < b.begin; });
    int64_t bytes = alignTo(buffers[index].bytes, alignment);
    int64_t offset = findBestGap(neighbours, bytes);
    plan.offsets[index] = offset;
    plan.bytes = std::max(plan.bytes, offset + bytes);
    done.push_back(index);
  }
  return plan;
}

ArenaPlan slb::bitpack::planArena(const std::vector<ArenaBuffer> &buffers,
                                  int64_t alignment) {
  using Key = std::function<int64_t(const ArenaBuffer &)>;
  auto length = [](const ArenaBuffer &b) { return b.last - b.first + 1; };
  // Large first; large for long first; long-lived first; as the network runs.
  const Key keys[] = {
      [](const ArenaBuffer &b) { return -b.bytes; },
      [&](const ArenaBuffer &b) { return -b.bytes * length(b); },
      [&](const ArenaBuffer &b) { return -length(b); },
      [](const ArenaBuffer &b) { return b.first; }};
  ArenaPlan best;
  best.bytes = std::numeric_limits<int64_t>::max();
  for (const Key &key : keys) {
    std::vector<size_t> order(buffers.size());
    std::iota(order.begin(), order.end(), 0);
    // Ties keep the order of the network.
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return std::make_pair(key(buffers[a]), a) <
             std::make_pair(key(buffers[b]), b);
    });
    ArenaPlan plan = placeInOrder(buffers, order, alignment);
    if (plan.bytes < best.bytes)
      best = std::move(plan);
  }
  return best;
}

int64_t
slb::bitpack::getLifetimeLowerBound(const std::vector<ArenaBuffer> &buffers,
                                    int64_t alignment) {
  int64_t bound = 0;
  // The most is alive where some buffer begins.
  for (const ArenaBuffer &start : buffers) {
    int64_t alive = 0;
    for (const ArenaBuffer &buffer : buffers)
      if (buffer.first <= start.first && start.first <= buffer.last)
        alive += alignTo(buffer.bytes, alignment);
    bound = std::max(bound, alive);
  }
  return bound;
}
