//===- KernelSelectionTest.cpp - against every choice there is ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Scheduling/KernelSelection.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <random>

using namespace slb::bitpack;

/// A chain: layer i reads buffer i - 1 and writes buffer i. What is slower
/// takes less scratch: a kernel that is worse in both could gain only by what
/// the planner loses.
static SelectionProblem drawChain(std::mt19937 &random, size_t layers) {
  auto draw = [&](int64_t lo, int64_t hi) {
    return std::uniform_int_distribution<int64_t>(lo, hi)(random);
  };
  SelectionProblem problem;
  for (size_t i = 0; i < layers; ++i) {
    int64_t step = i;
    // Some live on, as what a residual adds.
    problem.buffers.push_back({8 * draw(1, 100), step, step + draw(1, 3)});
    SelectionLayer layer = {step, {}};
    double instructions = 0;
    int64_t scratch = 1000;
    for (int64_t kernels = draw(1, 4); kernels > 0; --kernels) {
      instructions += draw(1, 50);
      scratch -= draw(1, 240);
      layer.alternatives.push_back({instructions, scratch});
    }
    std::shuffle(layer.alternatives.begin(), layer.alternatives.end(), random);
    problem.layers.push_back(layer);
  }
  return problem;
}

/// Calls visit for every choice.
template <typename Visit>
static void forEachChoice(const SelectionProblem &problem, Visit visit) {
  std::vector<size_t> choice(problem.layers.size(), 0);
  while (true) {
    visit(evaluateChoice(problem, choice));
    size_t i = 0;
    while (i < choice.size() &&
           ++choice[i] == problem.layers[i].alternatives.size())
      choice[i++] = 0;
    if (i == choice.size())
      return;
  }
}

TEST(KernelSelection, FastestIsTheFirstOfEqualOnes) {
  SelectionProblem problem;
  problem.layers = {{0, {{3, 0}, {2, 64}, {2, 8}, {4, 0}}}};
  EXPECT_EQ(selectFastest(problem).choice, std::vector<size_t>({1}));
}

TEST(KernelSelection, LimitsAreKept) {
  SelectionProblem problem;
  problem.buffers = {{100, 0, 1}, {40, 1, 2}};
  problem.layers = {{0, {{1, 1000}, {5, 10}}}, {1, {{1, 500}, {2, 16}}}};
  EXPECT_EQ(selectFastest(problem).arenaBytes, 1104);
  std::optional<Selection> some = selectWithin(problem, 700);
  ASSERT_TRUE(some);
  EXPECT_EQ(some->choice, std::vector<size_t>({1, 0}));
  EXPECT_EQ(some->arenaBytes, 648);
  EXPECT_EQ(selectSmallest(problem).arenaBytes, 160);
  EXPECT_FALSE(selectWithin(problem, 159));
}

TEST(KernelSelection, EqualsAnExhaustiveSearch) {
  std::mt19937 random(1);
  for (int trial = 0; trial < 300; ++trial) {
    SelectionProblem problem = drawChain(random, 1 + trial % 5);
    std::vector<Selection> all;
    int64_t least = INT64_MAX, most = 0;
    forEachChoice(problem, [&](Selection selection) {
      least = std::min(least, selection.arenaBytes);
      most = std::max(most, selection.arenaBytes);
      all.push_back(std::move(selection));
    });
    EXPECT_EQ(selectSmallest(problem).arenaBytes, least);
    for (int64_t limit : {least - 1, least, (least + most) / 2, most}) {
      std::optional<double> best;
      for (const Selection &selection : all)
        if (selection.arenaBytes <= limit &&
            (!best || selection.instructions < *best))
          best = selection.instructions;
      std::optional<Selection> found = selectWithin(problem, limit);
      ASSERT_EQ(found.has_value(), best.has_value()) << trial;
      if (!found)
        continue;
      EXPECT_LE(found->arenaBytes, limit);
      EXPECT_EQ(found->instructions, *best) << trial << " within " << limit;
    }
  }
}

/// Too many choices to plan them all.
TEST(KernelSelection, FindsAChoiceInLargeNetworks) {
  std::mt19937 random(2);
  for (int trial = 0; trial < 5; ++trial) {
    SelectionProblem problem = drawChain(random, 40);
    Selection fastest = selectFastest(problem);
    Selection smallest = selectSmallest(problem);
    EXPECT_LE(smallest.arenaBytes, fastest.arenaBytes);
    int64_t limit = (smallest.arenaBytes + fastest.arenaBytes) / 2;
    std::optional<Selection> found = selectWithin(problem, limit);
    ASSERT_TRUE(found);
    EXPECT_LE(found->arenaBytes, limit);
    EXPECT_LE(found->instructions, smallest.instructions);
  }
}
