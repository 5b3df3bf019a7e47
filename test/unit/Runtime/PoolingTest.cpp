//===- PoolingTest.cpp - Poolings against naive ones
//-----------------------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "RuntimeTest.h"

extern "C" {
#include "runtime/c99/slb_average_pool_f32.h"
#include "runtime/c99/slb_max_pool_bits.h"
#include "runtime/c99/slb_max_pool_f32.h"
#include "runtime/c99/slb_max_pool_s16.h"
#include "runtime/c99/slb_max_pool_s32.h"
#include "runtime/c99/slb_max_pool_s8.h"
#include "runtime/c99/slb_max_pool_u8.h"
#include "runtime/c99/slb_sum_pool_bits.h"
#include "runtime/c99/slb_sum_pool_offset.h"
#include "runtime/c99/slb_sum_pool_s16.h"
#include "runtime/c99/slb_sum_pool_s32.h"
#include "runtime/c99/slb_sum_pool_s8.h"
#include "runtime/c99/slb_sum_pool_u8.h"
}

using namespace slb;

static constexpr int numShapes = 300;

namespace {
struct Shape {
  slb_pool2d g;
  int32_t outH, outW;
};
} // namespace

static Shape randomShape(Random &random) {
  Shape shape;
  slb_pool2d &g = shape.g;
  g.channels = random.size(1, 70);
  g.kernel_h = random.size(1, 4);
  g.kernel_w = random.size(1, 4);
  g.stride_h = random.size(1, 3);
  g.stride_w = random.size(1, 3);
  g.pad_top = random.size(0, g.kernel_h - 1);
  g.pad_left = random.size(0, g.kernel_w - 1);
  shape.outH = random.size(1, 4);
  shape.outW = random.size(1, 4);
  // At least the first pixel of the last window is inside the image.
  g.in_h = std::max(1, (shape.outH - 1) * g.stride_h - g.pad_top +
                           random.size(1, g.kernel_h));
  g.in_w = std::max(1, (shape.outW - 1) * g.stride_w - g.pad_left +
                           random.size(1, g.kernel_w));
  return shape;
}

/// Returns the values of channel c that the window of (oy, ox) holds.
template <typename T>
static std::vector<T> window(const slb_pool2d &g, const std::vector<T> &input,
                             int32_t oy, int32_t ox, int32_t c) {
  std::vector<T> values;
  for (int32_t ky = 0; ky < g.kernel_h; ++ky)
    for (int32_t kx = 0; kx < g.kernel_w; ++kx) {
      const int32_t iy = oy * g.stride_h - g.pad_top + ky;
      const int32_t ix = ox * g.stride_w - g.pad_left + kx;
      if (iy >= 0 && iy < g.in_h && ix >= 0 && ix < g.in_w)
        values.push_back(input[(iy * g.in_w + ix) * g.channels + c]);
    }
  return values;
}

/// Calls visit(oy, ox) for each output pixel.
template <typename Visit>
static void forEachPixel(const Shape &shape, Visit visit) {
  for (int32_t oy = 0; oy < shape.outH; ++oy)
    for (int32_t ox = 0; ox < shape.outW; ++ox)
      visit(oy, ox);
}

static size_t inputSize(const slb_pool2d &g) {
  return size_t(g.in_h) * g.in_w * g.channels;
}

template <typename T> static T maximum(const std::vector<T> &values) {
  return *std::max_element(values.begin(), values.end());
}

template <typename T> static T total(const std::vector<T> &values) {
  T sum = 0;
  for (T value : values)
    sum += value;
  return sum;
}

template <typename T, typename Kernel>
static void checkMax(const Shape &shape, const std::vector<T> &x,
                     Kernel kernel) {
  forEachPixel(shape, [&](int32_t oy, int32_t ox) {
    std::vector<T> y(shape.g.channels);
    kernel(&shape.g, x.data(), oy, ox, y.data());
    for (int32_t c = 0; c < shape.g.channels; ++c)
      ASSERT_EQ(y[c], maximum(window(shape.g, x, oy, ox, c)));
  });
}

TEST(MaxPool, U8) {
  Random random(1);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    checkMax(shape, random.integers<uint8_t>(inputSize(shape.g), 0, 255),
             slb_max_pool_u8);
  }
}

// All values are negative: a padding of zeros would win.
TEST(MaxPool, S8) {
  Random random(2);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    checkMax(shape, random.integers<int8_t>(inputSize(shape.g), -128, -1),
             slb_max_pool_s8);
  }
}

TEST(MaxPool, S16) {
  Random random(10);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    checkMax(shape, random.integers<int16_t>(inputSize(shape.g), -128, -1),
             slb_max_pool_s16);
  }
}

TEST(MaxPool, S32) {
  Random random(11);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    checkMax(shape, random.integers<int32_t>(inputSize(shape.g), -128, -1),
             slb_max_pool_s32);
  }
}

TEST(MaxPool, F32) {
  Random random(3);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    auto x = random.reals(inputSize(shape.g));
    for (float &value : x)
      value -= 2;
    checkMax(shape, x, slb_max_pool_f32);
  }
}

TEST(MaxPool, Bits) {
  Random random(4);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    const slb_pool2d &g = shape.g;
    const int32_t planes = random.size(1, 4);
    const auto codes =
        random.integers<int32_t>(inputSize(g), 0, (1 << planes) - 1);
    const auto x = packPlanes(codes, g.in_h * g.in_w, g.channels, planes);
    forEachPixel(shape, [&](int32_t oy, int32_t ox) {
      std::vector<uint32_t> y(planes * wordsOf(g.channels), UINT32_MAX);
      slb_max_pool_bits(&g, planes, x.data(), oy, ox, y.data());
      const auto result = unpackPlanes(y, 1, g.channels, planes);
      for (int32_t c = 0; c < g.channels; ++c)
        ASSERT_EQ(result[c], maximum(window(g, codes, oy, ox, c)));
    });
  }
}

template <typename T, typename Kernel>
static void checkSum(unsigned seed, int64_t lo, int64_t hi, Kernel kernel) {
  Random random(seed);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    const auto x = random.integers<T>(inputSize(shape.g), lo, hi);
    const std::vector<int32_t> wide(x.begin(), x.end());
    forEachPixel(shape, [&](int32_t oy, int32_t ox) {
      std::vector<int32_t> acc(shape.g.channels);
      kernel(&shape.g, x.data(), oy, ox, acc.data());
      for (int32_t c = 0; c < shape.g.channels; ++c)
        ASSERT_EQ(acc[c], total(window(shape.g, wide, oy, ox, c)));
    });
  }
}

TEST(SumPool, U8) { checkSum<uint8_t>(5, 0, 255, slb_sum_pool_u8); }
TEST(SumPool, S8) { checkSum<int8_t>(6, -128, 127, slb_sum_pool_s8); }

TEST(SumPool, S16) { checkSum<int16_t>(8, -32768, 32767, slb_sum_pool_s16); }

TEST(SumPool, S32) { checkSum<int32_t>(12, -100000, 100000, slb_sum_pool_s32); }

TEST(SumPool, Offset) {
  Random random(9);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    const int32_t offset = random.size(-255, 0);
    const auto x = random.integers<uint8_t>(inputSize(shape.g), 0, 255);
    std::vector<int32_t> values;
    for (uint8_t byte : x)
      values.push_back(offset + byte);
    forEachPixel(shape, [&](int32_t oy, int32_t ox) {
      std::vector<int32_t> acc(shape.g.channels);
      slb_sum_pool_u8(&shape.g, x.data(), oy, ox, acc.data());
      slb_sum_pool_offset(&shape.g, offset, oy, ox, acc.data());
      for (int32_t c = 0; c < shape.g.channels; ++c)
        ASSERT_EQ(acc[c], total(window(shape.g, values, oy, ox, c)));
    });
  }
}

TEST(SumPool, Bits) {
  Random random(7);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    const slb_pool2d &g = shape.g;
    const int32_t planes = random.size(1, 4);
    const int32_t lo = random.size(-15, 15), step = random.size(1, 2);
    const auto codes =
        random.integers<int32_t>(inputSize(g), 0, (1 << planes) - 1);
    const auto x = packPlanes(codes, g.in_h * g.in_w, g.channels, planes);
    std::vector<int32_t> values;
    for (int32_t code : codes)
      values.push_back(lo + step * code);
    forEachPixel(shape, [&](int32_t oy, int32_t ox) {
      std::vector<int32_t> acc(g.channels);
      slb_sum_pool_bits(&g, planes, lo, step, x.data(), oy, ox, acc.data());
      for (int32_t c = 0; c < g.channels; ++c)
        ASSERT_EQ(acc[c], total(window(g, values, oy, ox, c)));
    });
  }
}

TEST(AveragePool, F32) {
  Random random(8);
  for (int i = 0; i < numShapes; ++i) {
    const Shape shape = randomShape(random);
    const auto x = random.reals(inputSize(shape.g));
    forEachPixel(shape, [&](int32_t oy, int32_t ox) {
      std::vector<float> y(shape.g.channels);
      slb_average_pool_f32(&shape.g, x.data(), oy, ox, y.data());
      for (int32_t c = 0; c < shape.g.channels; ++c) {
        const auto values = window(shape.g, x, oy, ox, c);
        ASSERT_NEAR(y[c], total(values) / values.size(), 1e-5);
      }
    });
  }
}
