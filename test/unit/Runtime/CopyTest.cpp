//===- CopyTest.cpp - Loads, copies and elementwise functions
//--------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "RuntimeTest.h"
#include <limits>

extern "C" {
#include "runtime/c99/slb_add_f32.h"
#include "runtime/c99/slb_copy_channels.h"
#include "runtime/c99/slb_copy_channels_bits.h"
#include "runtime/c99/slb_flatten_bits.h"
#include "runtime/c99/slb_load_bits.h"
#include "runtime/c99/slb_load_s16.h"
#include "runtime/c99/slb_load_s8.h"
#include "runtime/c99/slb_load_u8.h"
#include "runtime/c99/slb_relu_f32.h"
#include "runtime/c99/slb_store_s16.h"
#include "runtime/c99/slb_store_s8.h"
#include "runtime/c99/slb_store_u8.h"
}

using namespace slb;

static constexpr int numShapes = 300;

TEST(Load, Bytes) {
  Random random(1);
  const auto u8 = random.integers<uint8_t>(100, 0, 255);
  const auto s8 = random.integers<int8_t>(100, -128, 127);
  std::vector<int32_t> values(100);
  slb_load_u8(u8.data(), 100, values.data());
  EXPECT_EQ(values, std::vector<int32_t>(u8.begin(), u8.end()));
  slb_load_s8(s8.data(), 100, values.data());
  EXPECT_EQ(values, std::vector<int32_t>(s8.begin(), s8.end()));
}

template <typename T, typename LoadKernel, typename StoreKernel>
static void checkRoundTrip(unsigned seed, LoadKernel load, StoreKernel store) {
  Random random(seed);
  const auto x = random.integers<T>(100, std::numeric_limits<T>::min(),
                                    std::numeric_limits<T>::max());
  std::vector<int32_t> values(100);
  load(x.data(), 100, values.data());
  EXPECT_EQ(values, std::vector<int32_t>(x.begin(), x.end()));
  std::vector<T> y(100);
  store(values.data(), 100, y.data());
  EXPECT_EQ(y, x);
}

TEST(Store, WhatWasLoaded) {
  checkRoundTrip<uint8_t>(3, slb_load_u8, slb_store_u8);
  checkRoundTrip<int8_t>(4, slb_load_s8, slb_store_s8);
  checkRoundTrip<int16_t>(5, slb_load_s16, slb_store_s16);
}

TEST(Load, Bits) {
  Random random(2);
  for (int i = 0; i < numShapes; ++i) {
    const int32_t n = random.size(1, 100), planes = random.size(1, 4);
    const int32_t lo = random.size(-15, 15), step = random.size(1, 2);
    const auto codes = random.integers<int32_t>(n, 0, (1 << planes) - 1);
    const auto x = packPlanes(codes, 1, n, planes);
    std::vector<int32_t> values(n);
    slb_load_bits(x.data(), n, planes, lo, step, values.data());
    for (int32_t c = 0; c < n; ++c)
      ASSERT_EQ(values[c], lo + step * codes[c]);
  }
}

/// Returns the concatenation of a [pixels][channelsA] and b along channels.
template <typename T>
static std::vector<T> concatenate(const std::vector<T> &a, int32_t channelsA,
                                  const std::vector<T> &b, int32_t channelsB,
                                  int32_t pixels) {
  std::vector<T> result;
  for (int32_t i = 0; i < pixels; ++i) {
    result.insert(result.end(), a.begin() + i * channelsA,
                  a.begin() + (i + 1) * channelsA);
    result.insert(result.end(), b.begin() + i * channelsB,
                  b.begin() + (i + 1) * channelsB);
  }
  return result;
}

template <typename T> static void checkConcatenation(Random &random) {
  const int32_t pixels = random.size(1, 6);
  const int32_t na = random.size(1, 70), nb = random.size(1, 70);
  const auto a = random.integers<T>(pixels * na, 0, 100);
  const auto b = random.integers<T>(pixels * nb, 0, 100);
  std::vector<T> y(pixels * (na + nb));
  slb_copy_channels(sizeof(T), a.data(), pixels, na, y.data(), na + nb, 0);
  slb_copy_channels(sizeof(T), b.data(), pixels, nb, y.data(), na + nb, na);
  ASSERT_EQ(y, concatenate(a, na, b, nb, pixels));
}

TEST(CopyChannels, Plain) {
  Random random(3);
  for (int i = 0; i < numShapes; ++i) {
    checkConcatenation<uint8_t>(random);
    checkConcatenation<float>(random);
  }
}

TEST(CopyChannels, Bits) {
  Random random(4);
  for (int i = 0; i < numShapes; ++i) {
    const int32_t pixels = random.size(1, 6), planes = random.size(1, 4);
    const int32_t na = random.size(1, 70), nb = random.size(1, 70);
    const int32_t top = (1 << planes) - 1, n = na + nb;
    const auto a = random.integers<int32_t>(pixels * na, 0, top);
    const auto b = random.integers<int32_t>(pixels * nb, 0, top);
    const auto packedA = packPlanes(a, pixels, na, planes);
    const auto packedB = packPlanes(b, pixels, nb, planes);
    std::vector<uint32_t> y(pixels * planes * wordsOf(n), UINT32_MAX);
    slb_copy_channels_bits(packedA.data(), pixels, planes, na, y.data(), n, 0);
    slb_copy_channels_bits(packedB.data(), pixels, planes, nb, y.data(), n, na);
    ASSERT_EQ(unpackPlanes(y, pixels, n, planes),
              concatenate(a, na, b, nb, pixels));
  }
}

TEST(Flatten, Bits) {
  Random random(5);
  for (int i = 0; i < numShapes; ++i) {
    const int32_t pixels = random.size(1, 10), planes = random.size(1, 4);
    const int32_t n = random.size(1, 70);
    const auto codes =
        random.integers<int32_t>(pixels * n, 0, (1 << planes) - 1);
    const auto x = packPlanes(codes, pixels, n, planes);
    std::vector<uint32_t> y(planes * wordsOf(pixels * n), UINT32_MAX);
    slb_flatten_bits(x.data(), pixels, planes, n, y.data());
    ASSERT_EQ(unpackPlanes(y, 1, pixels * n, planes), codes);
  }
}

TEST(Elementwise, InPlace) {
  Random random(6);
  const auto a = random.reals(100), b = random.reals(100);
  std::vector<float> sum = a, positive = a;
  slb_add_f32(sum.data(), b.data(), 100, sum.data());
  slb_relu_f32(positive.data(), 100, positive.data());
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(sum[i], a[i] + b[i]);
    EXPECT_EQ(positive[i], std::max(a[i], 0.0f));
  }
}
