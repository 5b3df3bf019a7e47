//===- PackingTest.cpp - packed words stand for the same values -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/SLBToBitpack/Packing.h"
#include <gtest/gtest.h>

using namespace slb;

using Values = std::vector<int64_t>;

TEST(Packing, PlaneCoefficients) {
  auto odd = getPlaneCoefficients({-3, -1, 1, 3});
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->offset, -3);
  EXPECT_EQ(odd->coefficients, (Values{2, 4}));
  auto ternary = getPlaneCoefficients({-1, 0, 1});
  EXPECT_EQ(ternary->coefficients, (Values{1, 2}));
  auto powers = getPlaneCoefficients({-8, -4, -2, 2, 4, 8});
  EXPECT_EQ(powers->coefficients, (Values{2, 4, 8, 16}));
}

TEST(Packing, TooManyPlanes) {
  EXPECT_TRUE(getPlaneCoefficients({0, 1, 255}));
  EXPECT_FALSE(getPlaneCoefficients({0, 1, 256}));
}

/// Reads weight r of a row back from its words.
static int64_t unpack(const PlaneCoefficients &planes, const int32_t *row,
                      int64_t words, int64_t r) {
  int64_t value = planes.offset;
  for (size_t j = 0; j < planes.coefficients.size(); ++j)
    if ((uint32_t(row[j * words + r / 32]) >> (r % 32)) & 1)
      value += planes.coefficients[j];
  return value;
}

TEST(Packing, FilterRoundTrip) {
  Values integers = {-8, -4, -1, 0, 1, 4, 8};
  auto planes = getPlaneCoefficients(integers);
  for (int64_t length : {1, 31, 32, 33, 70}) {
    int64_t rows = 3, words = (length + 31) / 32;
    std::vector<int8_t> codes(rows * length);
    for (size_t i = 0; i < codes.size(); ++i)
      codes[i] = (i * 5 + i / 7) % integers.size();
    auto packed = packFilter(*planes, integers, codes.data(), rows, length);
    int64_t rowWords = planes->coefficients.size() * words;
    ASSERT_EQ(int64_t(packed.size()), rows * rowWords);
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t r = 0; r < length; ++r)
        EXPECT_EQ(unpack(*planes, packed.data() + row * rowWords, words, r),
                  integers[codes[row * length + r]]);
  }
}

TEST(Packing, UnusedBitsAreZero) {
  auto planes = getPlaneCoefficients({-1, 1});
  std::vector<int8_t> codes(33, 1);
  auto packed = packFilter(*planes, {-1, 1}, codes.data(), 1, 33);
  EXPECT_EQ(packed, (std::vector<int32_t>{-1, 1}));
}

TEST(Packing, Activations) {
  // Two pixels of 33 channels, two planes.
  std::vector<uint8_t> codes(66);
  codes[0] = 3;
  codes[32] = 2;
  codes[33 + 1] = 1;
  EXPECT_EQ(packActivations(codes.data(), 2, 33, 2),
            (std::vector<uint32_t>{1, 0, 1, 1, 2, 0, 0, 0}));
}
