//===- Coverage.h - what random networks came to ----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_RANDOM_COVERAGE_H
#define SLB_TEST_RANDOM_COVERAGE_H

#include <cstdint>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace slb {

/// Prints how often each feature was drawn and how often each kernel of each
/// target was chosen. Returns 1 if a kernel was never chosen, otherwise 0.
int printCoverage(uint64_t first, uint64_t count, llvm::raw_ostream &os);

} // namespace slb

#endif // SLB_TEST_RANDOM_COVERAGE_H
