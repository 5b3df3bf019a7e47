//===- ValueSet.h - values as slb IR spells them ----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_KERNELS_VALUESET_H
#define SLB_LIB_KERNELS_VALUESET_H

#include <string>
#include <vector>

namespace slb {

/// Values as slb IR spells them: a set, and an attribute ` scale = ...` if it
/// is not the set's default.
struct SpelledSet {
  std::string set, scale;
};

/// Spells 2 to 16 ascending values that are integer multiples of one scale.
/// False and a message in `error` for others.
bool spellSet(const std::vector<double> &values, SpelledSet &spelled,
              std::string &error);

} // namespace slb

#endif // SLB_LIB_KERNELS_VALUESET_H
