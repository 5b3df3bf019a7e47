//===- Random.h - random numbers that are equal everywhere ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_RANDOM_H
#define SLB_LIB_TRAINING_RANDOM_H

#include <cstdint>

namespace slb {

/// SplitMix64. The standard library's distributions differ between
/// implementations; a generator made anew from (seed, epoch, step) needs no
/// place in a checkpoint.
class Random {
public:
  explicit Random(uint64_t seed, uint64_t a = 0, uint64_t b = 0) : state(seed) {
    state = next() ^ a;
    state = next() ^ b;
  }

  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
  }
  /// 0 .. bound - 1.
  int64_t below(int64_t bound) { return next() % uint64_t(bound); }
  /// Uniform in [-limit, limit).
  float symmetric(float limit) {
    return limit * (float(next() >> 40) / float(1 << 23) - 1);
  }

private:
  uint64_t state;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_RANDOM_H
