//===- ArenaPlannerTest.cpp - the plan is valid and near its bound --------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Scheduling/ArenaPlanner.h"
#include <gtest/gtest.h>
#include <random>

using namespace slb::bitpack;

static void expectValid(const std::vector<ArenaBuffer> &buffers,
                        const ArenaPlan &plan, int64_t alignment) {
  ASSERT_EQ(plan.offsets.size(), buffers.size());
  for (size_t i = 0; i < buffers.size(); ++i) {
    EXPECT_EQ(plan.offsets[i] % alignment, 0);
    EXPECT_LE(plan.offsets[i] + buffers[i].bytes, plan.bytes);
    for (size_t j = 0; j < i; ++j) {
      bool alive = buffers[i].first <= buffers[j].last &&
                   buffers[j].first <= buffers[i].last;
      bool apart = plan.offsets[i] + buffers[i].bytes <= plan.offsets[j] ||
                   plan.offsets[j] + buffers[j].bytes <= plan.offsets[i];
      EXPECT_TRUE(!alive || apart) << i << " and " << j;
    }
  }
}

TEST(ArenaPlanner, EmptyArena) {
  EXPECT_EQ(planArena({}, 8).bytes, 0);
  EXPECT_EQ(getLifetimeLowerBound({}, 8), 0);
}

TEST(ArenaPlanner, ChainTakesTheTwoLargestNeighbours) {
  std::vector<ArenaBuffer> chain = {{64, 0, 1}, {32, 1, 2}, {128, 2, 3}};
  ArenaPlan plan = planArena(chain, 8);
  expectValid(chain, plan, 8);
  EXPECT_EQ(plan.bytes, 160);
  EXPECT_EQ(getLifetimeLowerBound(chain, 8), 160);
}

TEST(ArenaPlanner, SizesAreRoundedUpToTheAlignment) {
  std::vector<ArenaBuffer> buffers = {{1, 0, 0}, {1, 0, 0}};
  EXPECT_EQ(planArena(buffers, 8).bytes, 16);
  EXPECT_EQ(getLifetimeLowerBound(buffers, 8), 16);
}

TEST(ArenaPlanner, BuffersThatNeverMeetShareBytes) {
  std::vector<ArenaBuffer> buffers = {{100, 0, 1}, {100, 2, 3}, {100, 4, 5}};
  EXPECT_EQ(planArena(buffers, 4).bytes, 100);
}

TEST(ArenaPlanner, RandomPlansAreValid) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<ArenaBuffer> buffers(1 + random() % 20);
    for (ArenaBuffer &buffer : buffers) {
      buffer.bytes = random() % 1000;
      buffer.first = random() % 20;
      buffer.last = buffer.first + random() % 5;
    }
    ArenaPlan plan = planArena(buffers, 8);
    expectValid(buffers, plan, 8);
    EXPECT_GE(plan.bytes, getLifetimeLowerBound(buffers, 8));
  }
}
