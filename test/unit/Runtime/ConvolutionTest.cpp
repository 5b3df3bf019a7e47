//===- ConvolutionTest.cpp - Convolution kernels against a naive one
//-------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "RuntimeTest.h"

extern "C" {
#include "runtime/c99/slb_conv2d_bits_bits.h"
#include "runtime/c99/slb_conv2d_bits_s8.h"
#include "runtime/c99/slb_conv2d_f32_bits.h"
#include "runtime/c99/slb_conv2d_f32_f32.h"
#include "runtime/c99/slb_conv2d_f32_s8.h"
#include "runtime/c99/slb_conv2d_s16_bits.h"
#include "runtime/c99/slb_conv2d_s16_s8.h"
#include "runtime/c99/slb_conv2d_s8_bits.h"
#include "runtime/c99/slb_conv2d_s8_s8.h"
#include "runtime/c99/slb_conv2d_u8_bits.h"
#include "runtime/c99/slb_conv2d_u8_s8.h"
}

using namespace slb;

static constexpr int numShapes = 300;

/// Returns a random shape; every fifth is depthwise.
static slb_conv2d randomShape(Random &random) {
  slb_conv2d g;
  g.pad_value = 0;
  g.kernel_h = 2 * random.size(0, 3) + 1;
  g.kernel_w = 2 * random.size(0, 3) + 1;
  g.stride_h = random.size(1, 3);
  g.stride_w = random.size(1, 3);
  g.dilation_h = random.size(1, 2);
  g.dilation_w = random.size(1, 2);
  g.pool_h = random.size(1, 2);
  g.pool_w = random.size(1, 3);
  const bool depthwise = random.integer(0, 4) == 0;
  g.groups = depthwise ? random.size(1, 70) : random.size(1, 3);
  g.in_c = g.groups * (depthwise ? 1 : random.size(1, 70));
  g.out_c = g.groups * random.size(1, 5);
  const int32_t reachH = (g.kernel_h - 1) * g.dilation_h;
  const int32_t reachW = (g.kernel_w - 1) * g.dilation_w;
  g.pad_top = random.size(0, reachH);
  g.pad_left = random.size(0, reachW);
  g.out_h = random.size(1, 3);
  g.out_w = random.size(1, 3);
  // Up to that many rows and columns of the last window lie in the padding.
  const int32_t lastY = (g.out_h * g.pool_h - 1) * g.stride_h;
  const int32_t lastX = (g.out_w * g.pool_w - 1) * g.stride_w;
  g.in_h = std::max(1, lastY + random.size(1, 1 + reachH) - g.pad_top);
  g.in_w = std::max(1, lastX + random.size(1, 1 + reachW) - g.pad_left);
  return g;
}

static int32_t patchLength(const slb_conv2d &g) {
  return g.kernel_h * g.kernel_w * (g.in_c / g.groups);
}

/// Returns one output value before pooling, by definition.
template <typename T>
static T convolve(const slb_conv2d &g, const std::vector<T> &input,
                  const std::vector<T> &weights, int32_t y, int32_t x,
                  int32_t o) {
  const int32_t channels = g.in_c / g.groups;
  const int32_t group = o / (g.out_c / g.groups);
  T sum = 0;
  for (int32_t ky = 0; ky < g.kernel_h; ++ky)
    for (int32_t kx = 0; kx < g.kernel_w; ++kx)
      for (int32_t c = 0; c < channels; ++c) {
        const int32_t iy = y * g.stride_h - g.pad_top + ky * g.dilation_h;
        const int32_t ix = x * g.stride_w - g.pad_left + kx * g.dilation_w;
        const bool inside = iy >= 0 && iy < g.in_h && ix >= 0 && ix < g.in_w;
        sum +=
            (inside ? input[(iy * g.in_w + ix) * g.in_c + group * channels + c]
                    : T(g.pad_value)) *
            weights[((o * g.kernel_h + ky) * g.kernel_w + kx) * channels + c];
      }
  return sum;
}

template <typename T>
static T convolvePooled(const slb_conv2d &g, const std::vector<T> &input,
                        const std::vector<T> &weights, int32_t oy, int32_t ox,
                        int32_t o) {
  T result = convolve(g, input, weights, oy * g.pool_h, ox * g.pool_w, o);
  for (int32_t y = oy * g.pool_h; y < (oy + 1) * g.pool_h; ++y)
    for (int32_t x = ox * g.pool_w; x < (ox + 1) * g.pool_w; ++x)
      result = std::max(result, convolve(g, input, weights, y, x, o));
  return result;
}

/// Runs kernel(oy, ox, patch, acc) on each output pixel and compares.
template <typename Acc, typename T, typename Kernel>
static void check(const slb_conv2d &g, const std::vector<T> &input,
                  const std::vector<T> &weights, size_t patchBytes,
                  Kernel kernel) {
  std::vector<Acc> acc(g.out_c);
  for (int32_t oy = 0; oy < g.out_h; ++oy)
    for (int32_t ox = 0; ox < g.out_w; ++ox) {
      Scratch patch(patchBytes);
      kernel(oy, ox, patch.data(), acc.data());
      for (int32_t o = 0; o < g.out_c; ++o) {
        const T expected = convolvePooled(g, input, weights, oy, ox, o);
        if (std::is_same<Acc, float>::value)
          ASSERT_NEAR(acc[o], expected, 2e-5 * (patchLength(g) + 100))
              << "kernel " << g.kernel_h << "x" << g.kernel_w;
        else
          ASSERT_EQ(acc[o], expected)
              << "kernel " << g.kernel_h << "x" << g.kernel_w << ", groups "
              << g.groups << ", channels " << g.in_c << ", output " << o;
      }
    }
}

namespace {
/// Values with their packed form: value = offset + sum_j coefficient_j * bit_j.
struct Planes {
  slb_planes planes;
  std::vector<int64_t> values;
  std::vector<uint32_t> words;
};
} // namespace

static Planes randomPlanes(Random &random, slb_planes planes, int32_t rows,
                           int32_t n) {
  Planes result;
  result.planes = planes;
  const auto codes =
      random.integers<int32_t>(size_t(rows) * n, 0, (1 << planes.count) - 1);
  for (int32_t code : codes) {
    int64_t value = planes.offset;
    for (int32_t j = 0; j < planes.count; ++j)
      value += (code >> j & 1) * planes.coefficient[j];
    result.values.push_back(value);
  }
  result.words = packPlanes(codes, rows, n, planes.count);
  return result;
}

/// Returns `count` planes of step * 2^j with an offset.
static slb_planes makePlanes(int32_t count, int32_t step, int32_t offset) {
  slb_planes planes = {};
  planes.count = count;
  planes.offset = offset;
  for (int32_t j = 0; j < count; ++j)
    planes.coefficient[j] = step << j;
  return planes;
}

/// Odd integers, or a set with any offset and greatest common divisor.
static Planes randomWeights(Random &random, const slb_conv2d &g) {
  const int32_t count = random.size(1, 4);
  const bool odd = random.integer(0, 1);
  return randomPlanes(
      random,
      odd ? makePlanes(count, 2, 1 - (1 << count))
          : makePlanes(count, random.size(1, 5), random.size(-20, 20)),
      g.out_c, patchLength(g));
}

/// A range from 0, or odd integers.
static Planes randomActivations(Random &random, const slb_conv2d &g) {
  const int32_t count = random.size(1, 4);
  const bool odd = random.integer(0, 1);
  return randomPlanes(random,
                      odd ? makePlanes(count, 2, 1 - (1 << count))
                          : makePlanes(count, 1, 0),
                      g.in_h * g.in_w, g.in_c);
}

template <typename T>
static std::vector<int64_t> widen(const std::vector<T> &values) {
  return {values.begin(), values.end()};
}

static std::vector<double> toDouble(const std::vector<float> &values) {
  return {values.begin(), values.end()};
}

static size_t inputSize(const slb_conv2d &g) {
  return size_t(g.in_h) * g.in_w * g.in_c;
}
static size_t weightsSize(const slb_conv2d &g) {
  return size_t(g.out_c) * patchLength(g);
}

TEST(Convolution, BitsByBits) {
  Random random(1);
  for (int i = 0; i < numShapes; ++i) {
    const slb_conv2d g = randomShape(random);
    const Planes x = randomActivations(random, g);
    const Planes w = randomWeights(random, g);
    const int32_t planes = x.planes.count + (x.planes.offset != 0);
    check<int32_t>(g, x.values, w.values, 4 * wordsOf(patchLength(g)) * planes,
                   [&](int32_t oy, int32_t ox, void *patch, int32_t *acc) {
                     slb_conv2d_bits_bits(&g, &x.planes, &w.planes,
                                          w.words.data(), x.words.data(), oy,
                                          ox, patch, acc);
                   });
  }
}

TEST(Convolution, BitsByS8) {
  Random random(2);
  for (int i = 0; i < numShapes; ++i) {
    const slb_conv2d g = randomShape(random);
    const Planes x = randomActivations(random, g);
    const auto w = random.integers<int8_t>(weightsSize(g), -128, 127);
    check<int32_t>(g, x.values, widen(w), patchLength(g),
                   [&](int32_t oy, int32_t ox, void *patch, int32_t *acc) {
                     slb_conv2d_bits_s8(&g, &x.planes, w.data(), x.words.data(),
                                        oy, ox, patch, acc);
                   });
  }
}

/// Padding is any byte where bytes are unsigned, else 0.
template <typename X> static slb_conv2d randomPadding(Random &random) {
  slb_conv2d g = randomShape(random);
  if (std::is_same<X, uint8_t>::value)
    g.pad_value = random.size(0, 255);
  return g;
}

/// The patch of kernels with tables holds values and sums of `sumBytes`.
template <typename X, typename Kernel>
static void checkBytesByBits(unsigned seed, int64_t lo, int64_t hi,
                             size_t sumBytes, Kernel kernel) {
  Random random(seed);
  for (int i = 0; i < numShapes; ++i) {
    const slb_conv2d g = randomPadding<X>(random);
    const auto x = random.integers<X>(inputSize(g), lo, hi);
    const Planes w = randomWeights(random, g);
    check<int32_t>(g, widen(x), w.values,
                   32 * sizeof(X) * wordsOf(patchLength(g)) + 128 * sumBytes +
                       4 * (g.out_c / g.groups),
                   [&](int32_t oy, int32_t ox, void *patch, int32_t *acc) {
                     kernel(&g, &w.planes, w.words.data(), x.data(), oy, ox,
                            patch, acc);
                   });
  }
}

TEST(Convolution, U8ByBits) {
  checkBytesByBits<uint8_t>(3, 0, 255, 2, slb_conv2d_u8_bits);
}

TEST(Convolution, S8ByBits) {
  checkBytesByBits<int8_t>(4, -128, 127, 2, slb_conv2d_s8_bits);
}

TEST(Convolution, S16ByBits) {
  checkBytesByBits<int16_t>(12, -32768, 32767, 4, slb_conv2d_s16_bits);
}

TEST(Convolution, F32ByBits) {
  Random random(5);
  for (int i = 0; i < numShapes; ++i) {
    const slb_conv2d g = randomShape(random);
    const auto x = random.reals(inputSize(g));
    const Planes w = randomWeights(random, g);
    check<float>(g, toDouble(x),
                 std::vector<double>(w.values.begin(), w.values.end()),
                 128 * wordsOf(patchLength(g)) + 512 + 4 * (g.out_c / g.groups),
                 [&](int32_t oy, int32_t ox, void *patch, float *acc) {
                   slb_conv2d_f32_bits(&g, &w.planes, w.words.data(), x.data(),
                                       oy, ox, patch, acc);
                 });
  }
}

template <typename X, typename Kernel>
static void checkBytesByS8(unsigned seed, int64_t lo, int64_t hi,
                           Kernel kernel) {
  Random random(seed);
  for (int i = 0; i < numShapes; ++i) {
    const slb_conv2d g = randomPadding<X>(random);
    const auto x = random.integers<X>(inputSize(g), lo, hi);
    const auto w = random.integers<int8_t>(weightsSize(g), -128, 127);
    check<int32_t>(g, widen(x), widen(w), sizeof(X) * patchLength(g),
                   [&](int32_t oy, int32_t ox, void *patch, int32_t *acc) {
                     kernel(&g, w.data(), x.data(), oy, ox, patch, acc);
                   });
  }
}

TEST(Convolution, U8ByS8) {
  checkBytesByS8<uint8_t>(6, 0, 255, slb_conv2d_u8_s8);
}

TEST(Convolution, S8ByS8) {
  checkBytesByS8<int8_t>(7, -128, 127, slb_conv2d_s8_s8);
}

TEST(Convolution, S16ByS8) {
  checkBytesByS8<int16_t>(13, -32768, 32767, slb_conv2d_s16_s8);
}

TEST(Convolution, F32ByS8) {
  Random random(8);
  for (int i = 0; i < numShapes; ++i) {
    const slb_conv2d g = randomShape(random);
    const auto x = random.reals(inputSize(g));
    const auto w = random.integers<int8_t>(weightsSize(g), -128, 127);
    check<float>(g, toDouble(x), std::vector<double>(w.begin(), w.end()),
                 4 * patchLength(g),
                 [&](int32_t oy, int32_t ox, void *patch, float *acc) {
                   slb_conv2d_f32_s8(&g, w.data(), x.data(), oy, ox, patch,
                                     acc);
                 });
  }
}

TEST(Convolution, F32ByF32) {
  Random random(9);
  for (int i = 0; i < numShapes; ++i) {
    const slb_conv2d g = randomShape(random);
    const auto x = random.reals(inputSize(g));
    const auto w = random.reals(weightsSize(g));
    check<float>(g, toDouble(x), toDouble(w), 4 * patchLength(g),
                 [&](int32_t oy, int32_t ox, void *patch, float *acc) {
                   slb_conv2d_f32_f32(&g, w.data(), x.data(), oy, ox, patch,
                                      acc);
                 });
  }
}

TEST(Popcount, EveryLength) {
  Random random(10);
  for (int32_t words = 0; words < 40; ++words) {
    const auto a = random.integers<uint32_t>(words, 0, UINT32_MAX);
    const auto b = random.integers<uint32_t>(words, 0, UINT32_MAX);
    int32_t expected = 0;
    for (int32_t bit = 0; bit < 32 * words; ++bit)
      expected += (a[bit / 32] & b[bit / 32]) >> bit % 32 & 1;
    EXPECT_EQ(slb_popcount_and(a.data(), b.data(), words), expected);
    const std::vector<uint32_t> ones(words, UINT32_MAX);
    EXPECT_EQ(slb_popcount_and(ones.data(), ones.data(), words), 32 * words);
  }
}

TEST(OrBits, EveryOffset) {
  Random random(11);
  for (int i = 0; i < 5000; ++i) {
    const int32_t from = random.size(0, 70), to = random.size(0, 70);
    const int32_t count = random.size(0, 100);
    const auto source =
        random.integers<uint32_t>(wordsOf(from + count), 0, UINT32_MAX);
    std::vector<uint32_t> target(wordsOf(to + count) + 1);
    slb_or_bits(source.data(), from, target.data(), to, count);
    for (int32_t bit = 0; bit < int32_t(32 * target.size()); ++bit) {
      const int32_t origin = bit - to + from;
      const bool copied = bit >= to && bit < to + count;
      ASSERT_EQ(target[bit / 32] >> bit % 32 & 1,
                copied ? source[origin / 32] >> origin % 32 & 1 : 0);
    }
  }
}
