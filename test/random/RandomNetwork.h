//===- RandomNetwork.h - small random networks for testing ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Draws networks of a few layers from all that the dialect can say, not from
// what the trainer writes: every value set in every place, ports of any rank,
// names that nobody would give. The same seed always gives the same network.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_RANDOM_RANDOMNETWORK_H
#define SLB_TEST_RANDOM_RANDOMNETWORK_H

#include <cstdint>
#include <set>
#include <string>

namespace slb {

struct RandomNetwork {
  std::string text;        ///< The module.
  std::string description; ///< One line that says what was drawn, and in order.
  /// Kinds of what was drawn, for counting: "weight odd<2>", "batch norm".
  std::set<std::string> features;
};

RandomNetwork drawNetwork(uint64_t seed);

} // namespace slb

#endif // SLB_TEST_RANDOM_RANDOMNETWORK_H
