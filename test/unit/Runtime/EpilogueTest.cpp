//===- EpilogueTest.cpp - Epilogues against their formulas
//-----------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "RuntimeTest.h"
#include <cmath>

extern "C" {
#include "runtime/c99/slb_affine_f32.h"
#include "runtime/c99/slb_affine_s32_f32.h"
#include "runtime/c99/slb_quantize_bits.h"
#include "runtime/c99/slb_quantize_s16.h"
#include "runtime/c99/slb_quantize_s32.h"
#include "runtime/c99/slb_quantize_s8.h"
#include "runtime/c99/slb_quantize_u8.h"
#include "runtime/c99/slb_requantize_bits.h"
#include "runtime/c99/slb_requantize_s16.h"
#include "runtime/c99/slb_requantize_s32.h"
#include "runtime/c99/slb_requantize_s8.h"
#include "runtime/c99/slb_requantize_u8.h"
#include "runtime/c99/slb_threshold_bits.h"
#include "runtime/c99/slb_threshold_values.h"
}

using namespace slb;

/// Returns floor(value / 2^shift) without a shift.
static int64_t floorDivide(int64_t value, int32_t shift) {
  const int64_t divisor = int64_t(1) << shift;
  const int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

TEST(FloorShift, EveryShift) {
  Random random(1);
  for (int32_t shift = 0; shift <= 62; ++shift) {
    std::vector<int64_t> values = {0, 1, -1, INT64_MIN, INT64_MAX};
    for (int i = 0; i < 100; ++i)
      values.push_back(random.integer(INT64_MIN, INT64_MAX) >>
                       random.integer(0, 63));
    for (int64_t value : values)
      ASSERT_EQ(slb_floor_shift(value, shift), floorDivide(value, shift));
  }
}

TEST(Clamp, Ends) {
  EXPECT_EQ(slb_clamp(INT64_MIN, INT32_MIN, INT32_MAX), INT32_MIN);
  EXPECT_EQ(slb_clamp(INT64_MAX, INT32_MIN, INT32_MAX), INT32_MAX);
  EXPECT_EQ(slb_clamp(-8, -7, 7), -7);
  EXPECT_EQ(slb_clamp(8, -7, 7), 7);
  EXPECT_EQ(slb_clamp(7, -7, 7), 7);
  EXPECT_EQ(slb_clamp(0, -7, 7), 0);
}

TEST(Threshold, BothDirections) {
  Random random(2);
  for (int i = 0; i < 500; ++i) {
    const int32_t n = random.size(1, 100), planes = random.size(1, 4);
    const int32_t levels = random.size((1 << (planes - 1)), (1 << planes) - 1);
    // Few distinct values, so that accumulators meet thresholds.
    const auto acc = random.integers<int32_t>(n, -20, 20);
    const auto thresholds = random.integers<int32_t>(n * levels, -20, 20);
    auto signs = random.integers<int8_t>(n, 0, 1);
    for (int8_t &sign : signs)
      sign = sign ? 1 : -1;
    const bool withSigns = random.integer(0, 1);
    std::vector<uint32_t> y(planes * wordsOf(n), UINT32_MAX);
    slb_threshold_bits(acc.data(), n, levels, thresholds.data(),
                       withSigns ? signs.data() : nullptr, planes, y.data());
    const auto codes = unpackPlanes(y, 1, n, planes);
    for (int32_t c = 0; c < n; ++c) {
      int32_t expected = 0;
      for (int32_t l = 0; l < levels; ++l)
        expected +=
            (withSigns ? signs[c] : 1) * acc[c] >= thresholds[c * levels + l];
      ASSERT_EQ(codes[c], expected);
    }
  }
}

TEST(Threshold, ValuesInPlace) {
  Random random(10);
  for (int i = 0; i < 200; ++i) {
    const int32_t n = random.size(1, 40), levels = random.size(1, 20);
    std::vector<int32_t> acc = random.integers<int32_t>(n, -20, 20);
    const std::vector<int32_t> before = acc;
    const auto thresholds = random.integers<int32_t>(n * levels, -20, 20);
    const auto values = random.integers<int32_t>(levels + 1, -1000, 1000);
    const std::vector<int8_t> signs(n, -1);
    const bool withSigns = random.integer(0, 1);
    slb_threshold_values(acc.data(), n, levels, thresholds.data(),
                         withSigns ? signs.data() : nullptr, values.data(),
                         acc.data());
    for (int32_t c = 0; c < n; ++c) {
      int32_t code = 0;
      for (int32_t l = 0; l < levels; ++l)
        code += (withSigns ? -1 : 1) * before[c] >= thresholds[c * levels + l];
      ASSERT_EQ(acc[c], values[code]);
    }
  }
}

TEST(Threshold, NeverAndAlways) {
  const std::vector<int32_t> acc = {INT32_MIN + 1, INT32_MAX - 1};
  const std::vector<int32_t> thresholds = {INT32_MIN, INT32_MAX, INT32_MIN,
                                           INT32_MAX};
  uint32_t y[2];
  slb_threshold_bits(acc.data(), 2, 2, thresholds.data(), nullptr, 2, y);
  EXPECT_EQ(y[0], 3u);
  EXPECT_EQ(y[1], 0u);
}

namespace {
/// A random rescaling of n channels with its operands.
struct Rescaling {
  Rescaling(Random &random, int32_t lo, int32_t hi)
      : n(random.size(1, 100)), perChannel(random.integer(0, 1)),
        acc(random.integers<int32_t>(n, -100000, 100000)),
        residual(random.integers<int32_t>(n, -255, 255)),
        multiplier(
            random.integers<int32_t>(perChannel ? n : 1, INT32_MIN, INT32_MAX)),
        addend(random.integers<int64_t>(perChannel ? n : 1, -(1LL << 46),
                                        1LL << 46)),
        q() {
    q.multiplier = multiplier.data();
    q.addend = addend.data();
    q.channel_step = perChannel;
    q.residual_multiplier = random.size(INT32_MIN, INT32_MAX);
    q.shift = random.size(0, 45);
    q.lo = lo;
    q.hi = hi;
    withResidual = random.integer(0, 1);
  }

  const int32_t *residualData() const {
    return withResidual ? residual.data() : nullptr;
  }
  /// Returns floor((acc * M + r * R + B) / 2^S).
  int64_t rescaled(int32_t c) const {
    const int32_t i = perChannel ? c : 0;
    return floorDivide(
        int64_t(acc[c]) * multiplier[i] + addend[i] +
            (withResidual ? int64_t(residual[c]) * q.residual_multiplier : 0),
        q.shift);
  }
  int64_t expected(int32_t c) const {
    return std::min<int64_t>(q.hi, std::max<int64_t>(q.lo, rescaled(c)));
  }

  int32_t n;
  bool perChannel, withResidual;
  std::vector<int32_t> acc, residual, multiplier;
  std::vector<int64_t> addend;
  slb_requantize q;
};
} // namespace

template <typename Y, typename Kernel>
static void checkRequantize(unsigned seed, int32_t lo, int32_t hi,
                            Kernel kernel) {
  Random random(seed);
  for (int i = 0; i < 500; ++i) {
    const Rescaling r(random, lo, hi);
    std::vector<Y> y(r.n);
    kernel(&r.q, r.acc.data(), r.residualData(), r.n, y.data());
    for (int32_t c = 0; c < r.n; ++c)
      ASSERT_EQ(y[c], r.expected(c));
  }
}

TEST(Requantize, U8) { checkRequantize<uint8_t>(3, 0, 255, slb_requantize_u8); }
TEST(Requantize, S8) {
  checkRequantize<int8_t>(4, -127, 127, slb_requantize_s8);
}
TEST(Requantize, S16) {
  checkRequantize<int16_t>(7, INT16_MIN, INT16_MAX, slb_requantize_s16);
}
TEST(Requantize, S32) {
  checkRequantize<int32_t>(5, INT32_MIN, INT32_MAX, slb_requantize_s32);
}

TEST(Requantize, Bits) {
  Random random(6);
  for (int i = 0; i < 500; ++i) {
    const int32_t planes = random.size(1, 4), lo = random.size(-8, 8);
    const Rescaling r(random, lo, lo + (1 << planes) - 1);
    std::vector<uint32_t> y(planes * wordsOf(r.n), UINT32_MAX);
    slb_requantize_bits(&r.q, r.acc.data(), r.residualData(), r.n, planes,
                        y.data());
    const auto codes = unpackPlanes(y, 1, r.n, planes);
    for (int32_t c = 0; c < r.n; ++c)
      ASSERT_EQ(codes[c], r.expected(c) - lo);
  }
}

template <typename Acc, typename Kernel>
static void checkAffine(unsigned seed, Kernel kernel) {
  Random random(seed);
  for (int i = 0; i < 200; ++i) {
    const int32_t n = random.size(1, 100);
    const auto acc = random.integers<Acc>(n, -1000, 1000);
    const auto scale = random.reals(n), shift = random.reals(n);
    const auto residual = random.reals(n);
    const bool relu = random.integer(0, 1), add = random.integer(0, 1);
    std::vector<float> y(n);
    kernel(acc.data(), n, scale.data(), shift.data(),
           add ? residual.data() : nullptr, relu, y.data());
    for (int32_t c = 0; c < n; ++c) {
      double expected = double(scale[c]) * acc[c] + shift[c];
      expected += add ? residual[c] : 0;
      ASSERT_NEAR(y[c], relu ? std::max(expected, 0.0) : expected, 1e-3);
    }
  }
}

TEST(Affine, F32) { checkAffine<float>(8, slb_affine_f32); }
TEST(Affine, S32) { checkAffine<int32_t>(9, slb_affine_s32_f32); }

/// Quantizes by each channel's scale to a range of which `offset` is stored as
/// 0, ties up.
template <typename Y, typename Kernel>
static void checkQuantize(unsigned seed, int32_t lo, int32_t hi, int32_t offset,
                          Kernel kernel) {
  Random random(seed);
  const slb_quantizer q = {1, lo, hi, offset, 0, nullptr, nullptr};
  for (int i = 0; i < 200; ++i) {
    const int32_t n = random.size(1, 100);
    std::vector<float> x, scale;
    for (int32_t c = 0; c < n; ++c) {
      scale.push_back(std::ldexp(1.0f, random.size(-3, 3)));
      x.push_back(scale.back() * random.size(2 * lo - 4, 2 * hi + 4) / 2);
    }
    std::vector<Y> y(n);
    kernel(&q, scale.data(), x.data(), n, y.data());
    for (int32_t c = 0; c < n; ++c)
      ASSERT_EQ(y[c],
                std::clamp<double>(std::floor(x[c] / scale[c] + 0.5), lo, hi) -
                    offset);
  }
}

TEST(Quantize, U8) {
  checkQuantize<uint8_t>(11, -200, 55, -200, slb_quantize_u8);
}
TEST(Quantize, S8) { checkQuantize<int8_t>(12, -8, 7, 0, slb_quantize_s8); }
TEST(Quantize, S16) {
  checkQuantize<int16_t>(13, -1000, 1000, 0, slb_quantize_s16);
}
TEST(Quantize, S32) {
  checkQuantize<int32_t>(14, 0, 65535, 0, slb_quantize_s32);
}

TEST(Quantize, ValuesAndWhatIsNoNumber) {
  const float middles[] = {-6, 0.5f, 4};
  const int32_t values[] = {0, 1, 2, 3};
  const slb_quantizer q = {0, -8, 8, 0, 4, middles, values};
  const float scale = 2;
  const float x[] = {-100, -12, -11, 0.5f, 1, 7.5f, 8, 100, NAN};
  uint32_t y[2];
  slb_quantize_bits(&q, &scale, x, 9, 2, y);
  const auto codes = unpackPlanes({y[0], y[1]}, 1, 9, 2);
  EXPECT_EQ(codes, (std::vector<int32_t>{0, 1, 1, 1, 2, 2, 3, 3, 0}));
  const slb_quantizer range = {0, -3, 3, 0, 0, nullptr, nullptr};
  int8_t integer;
  slb_quantize_s8(&range, &scale, x + 8, 1, &integer);
  EXPECT_EQ(integer, -3);
}
