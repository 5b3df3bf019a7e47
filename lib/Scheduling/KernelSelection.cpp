//===- KernelSelection.cpp - kernels for a network under a limit ----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Scheduling/KernelSelection.h"
#include <algorithm>
#include <numeric>
#include <queue>
#include <set>

using namespace slb::bitpack;

/// Plans to make before the search gives up being exact: a fraction of a
/// second.
static constexpr int maxPlans = 1000;

Selection slb::bitpack::evaluateChoice(const SelectionProblem &problem,
                                       std::vector<size_t> choice) {
  Selection selection;
  std::vector<ArenaBuffer> buffers = problem.buffers;
  for (size_t i = 0; i < choice.size(); ++i) {
    const SelectionLayer &layer = problem.layers[i];
    const KernelAlternative &kernel = layer.alternatives[choice[i]];
    selection.instructions += kernel.instructions;
    if (kernel.scratchBytes > 0)
      buffers.push_back({kernel.scratchBytes, layer.step, layer.step});
  }
  selection.arenaBytes = planArena(buffers, problem.alignment).bytes;
  selection.choice = std::move(choice);
  return selection;
}

//===----------------------------------------------------------------------===//
// Alternatives worth a thought
//===----------------------------------------------------------------------===//

/// Alternatives of a layer, from the fastest to that of least scratch: each
/// next one has less than all before it.
using Front = std::vector<size_t>;

static Front getFront(const SelectionLayer &layer) {
  const std::vector<KernelAlternative> &kernels = layer.alternatives;
  Front order(kernels.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::make_pair(kernels[a].instructions, a) <
           std::make_pair(kernels[b].instructions, b);
  });
  Front front;
  for (size_t index : order)
    if (front.empty() ||
        kernels[index].scratchBytes < kernels[front.back()].scratchBytes)
      front.push_back(index);
  return front;
}

static std::vector<Front> getFronts(const SelectionProblem &problem) {
  std::vector<Front> fronts;
  for (const SelectionLayer &layer : problem.layers)
    fronts.push_back(getFront(layer));
  return fronts;
}

/// Without alternatives that fit no plan: whose scratch and the buffers alive
/// at the layer's step are together more than `limit`. False if a layer has
/// none.
static bool dropThoseThatCannotFit(const SelectionProblem &problem,
                                   int64_t limit, std::vector<Front> &fronts) {
  for (size_t i = 0; i < fronts.size(); ++i) {
    const SelectionLayer &layer = problem.layers[i];
    auto isTooLarge = [&](size_t index) {
      std::vector<ArenaBuffer> alive;
      for (const ArenaBuffer &buffer : problem.buffers)
        if (buffer.first <= layer.step && layer.step <= buffer.last)
          alive.push_back({buffer.bytes, 0, 0});
      alive.push_back({layer.alternatives[index].scratchBytes, 0, 0});
      return getLifetimeLowerBound(alive, problem.alignment) > limit;
    };
    Front &front = fronts[i];
    front.erase(std::remove_if(front.begin(), front.end(), isTooLarge),
                front.end());
    if (front.empty())
      return false;
  }
  return true;
}

/// The alternatives at the given places of the fronts.
static std::vector<size_t> getChoice(const std::vector<Front> &fronts,
                                     const std::vector<size_t> &places) {
  std::vector<size_t> choice;
  for (size_t i = 0; i < fronts.size(); ++i)
    choice.push_back(fronts[i][places[i]]);
  return choice;
}

static std::vector<size_t> getLastPlaces(const std::vector<Front> &fronts) {
  std::vector<size_t> places;
  for (const Front &front : fronts)
    places.push_back(front.size() - 1);
  return places;
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

static double getCost(const SelectionProblem &problem,
                      const std::vector<size_t> &choice) {
  double cost = 0;
  for (size_t i = 0; i < choice.size(); ++i)
    cost += problem.layers[i].alternatives[choice[i]].instructions;
  return cost;
}

/// Plans choices in the order of their instructions. None if no choice fits, or
/// none of the first `maxPlans`.
static std::optional<Selection> searchInOrder(const SelectionProblem &problem,
                                              const std::vector<Front> &fronts,
                                              int64_t limit) {
  using Places = std::vector<size_t>;
  using State = std::pair<double, Places>;
  std::priority_queue<State, std::vector<State>, std::greater<State>> queue;
  std::set<Places> seen;
  auto push = [&](Places places) {
    if (seen.insert(places).second)
      queue.push({getCost(problem, getChoice(fronts, places)), places});
  };
  push(Places(fronts.size(), 0));
  for (int plans = 0; plans < maxPlans && !queue.empty(); ++plans) {
    Places places = queue.top().second;
    queue.pop();
    Selection selection = evaluateChoice(problem, getChoice(fronts, places));
    if (selection.arenaBytes <= limit)
      return selection;
    for (size_t i = 0; i < fronts.size(); ++i) {
      if (places[i] + 1 == fronts[i].size())
        continue;
      Places next = places;
      ++next[i];
      push(std::move(next));
    }
  }
  return std::nullopt;
}

/// Layers that would gain most from their fastest alternative first.
static std::vector<size_t> orderByGain(const SelectionProblem &problem,
                                       const std::vector<Front> &fronts) {
  std::vector<std::pair<double, size_t>> gains;
  for (size_t i = 0; i < fronts.size(); ++i) {
    const auto &kernels = problem.layers[i].alternatives;
    gains.push_back({kernels[fronts[i].front()].instructions -
                         kernels[fronts[i].back()].instructions,
                     i});
  }
  std::sort(gains.begin(), gains.end());
  std::vector<size_t> order;
  for (auto &[gain, layer] : gains)
    order.push_back(layer);
  return order;
}

/// From the choice of least scratch, gives layer by layer the fastest
/// alternative with which all still fit.
static std::optional<Selection>
improveSmallest(const SelectionProblem &problem,
                const std::vector<Front> &fronts, int64_t limit) {
  std::vector<size_t> places = getLastPlaces(fronts);
  Selection best = evaluateChoice(problem, getChoice(fronts, places));
  if (best.arenaBytes > limit)
    return std::nullopt;
  for (size_t layer : orderByGain(problem, fronts)) {
    size_t smallest = places[layer];
    for (places[layer] = 0; places[layer] < smallest; ++places[layer]) {
      Selection next = evaluateChoice(problem, getChoice(fronts, places));
      if (next.arenaBytes <= limit) {
        best = std::move(next);
        break;
      }
    }
  }
  return best;
}

std::optional<Selection>
slb::bitpack::selectWithin(const SelectionProblem &problem, int64_t limit) {
  std::vector<Front> fronts = getFronts(problem);
  if (!dropThoseThatCannotFit(problem, limit, fronts))
    return std::nullopt;
  if (std::optional<Selection> found = searchInOrder(problem, fronts, limit))
    return found;
  return improveSmallest(problem, fronts, limit);
}

Selection slb::bitpack::selectFastest(const SelectionProblem &problem) {
  std::vector<Front> fronts = getFronts(problem);
  return evaluateChoice(
      problem, getChoice(fronts, std::vector<size_t>(fronts.size(), 0)));
}

Selection slb::bitpack::selectSmallest(const SelectionProblem &problem) {
  std::vector<Front> fronts = getFronts(problem);
  Selection smallest =
      evaluateChoice(problem, getChoice(fronts, getLastPlaces(fronts)));
  // What the planner loses may be less with more scratch.
  while (std::optional<Selection> smaller =
             selectWithin(problem, smallest.arenaBytes - 1))
    smallest = *smaller;
  return selectWithin(problem, smallest.arenaBytes).value_or(smallest);
}
