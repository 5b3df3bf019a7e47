//===- SearchProgress.h - how far a search is -------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No LibTorch in this header: the report includes it.

#ifndef SLB_LIB_TRAINING_SEARCHPROGRESS_H
#define SLB_LIB_TRAINING_SEARCHPROGRESS_H

#include <cstdint>

namespace slb {

/// How far the search is, over all searched weights.
struct SearchProgress {
  int64_t weights = 0;
  double decided = 1; ///< The share with max p > 0.99.
  double gap = 0;     ///< Mean |expected weight - argmax weight|.
};

} // namespace slb

#endif // SLB_LIB_TRAINING_SEARCHPROGRESS_H
