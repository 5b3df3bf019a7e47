//===- RuntimeTest.h - What the tests of the runtime share
//-----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_UNIT_RUNTIME_RUNTIMETEST_H
#define SLB_TEST_UNIT_RUNTIME_RUNTIMETEST_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slb {

/// Random numbers with a fixed seed: every run tests the same shapes.
class Random {
public:
  explicit Random(unsigned seed) : engine(seed) {}

  /// Returns an integer of [lo, hi].
  int64_t integer(int64_t lo, int64_t hi) {
    return std::uniform_int_distribution<int64_t>(lo, hi)(engine);
  }
  int32_t size(int64_t lo, int64_t hi) { return int32_t(integer(lo, hi)); }
  float real() { return std::uniform_real_distribution<float>(-1, 1)(engine); }
  template <typename T>
  std::vector<T> integers(size_t n, int64_t lo, int64_t hi) {
    std::vector<T> values(n);
    for (T &value : values)
      value = T(integer(lo, hi));
    return values;
  }
  std::vector<float> reals(size_t n) {
    std::vector<float> values(n);
    for (float &value : values)
      value = real();
    return values;
  }

private:
  std::mt19937 engine;
};

/// Scratch memory of exactly the documented size. The guard behind it must
/// survive the kernel.
class Scratch {
public:
  explicit Scratch(size_t bytes)
      : bytes(bytes), memory(bytes / 8 + 4, guardWord) {}
  ~Scratch() {
    std::vector<uint64_t> guard(2, guardWord);
    EXPECT_EQ(std::memcmp(data() + bytes, guard.data(), 16), 0)
        << "a kernel wrote behind its scratch of " << bytes << " bytes";
  }
  uint8_t *data() { return reinterpret_cast<uint8_t *>(memory.data()); }

private:
  static constexpr uint64_t guardWord = 0xa5a5a5a5a5a5a5a5;
  size_t bytes;
  std::vector<uint64_t> memory;
};

inline int32_t wordsOf(int32_t bits) { return (bits + 31) / 32; }

/// Packs codes [rows][n] to bit planes [rows][planes][ceil(n / 32)].
inline std::vector<uint32_t> packPlanes(const std::vector<int32_t> &codes,
                                        int32_t rows, int32_t n,
                                        int32_t planes) {
  std::vector<uint32_t> result(size_t(rows) * planes * wordsOf(n));
  for (int32_t row = 0; row < rows; ++row)
    for (int32_t j = 0; j < planes; ++j)
      for (int32_t c = 0; c < n; ++c)
        if (codes[row * n + c] >> j & 1)
          result[(row * planes + j) * wordsOf(n) + c / 32] |= 1u << c % 32;
  return result;
}

/// Unpacks bit planes [rows][planes][ceil(n / 32)] to codes [rows][n]. Expects
/// zeros in the unused bits.
inline std::vector<int32_t> unpackPlanes(const std::vector<uint32_t> &words,
                                         int32_t rows, int32_t n,
                                         int32_t planes) {
  std::vector<int32_t> codes(size_t(rows) * n);
  for (int32_t row = 0; row < rows; ++row)
    for (int32_t j = 0; j < planes; ++j)
      for (int32_t c = 0; c < n; ++c) {
        const uint32_t word = words[(row * planes + j) * wordsOf(n) + c / 32];
        codes[row * n + c] |= int32_t(word >> c % 32 & 1) << j;
      }
  EXPECT_EQ(packPlanes(codes, rows, n, planes), words);
  return codes;
}

} // namespace slb

#endif // SLB_TEST_UNIT_RUNTIME_RUNTIMETEST_H
