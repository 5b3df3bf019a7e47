//===- ExpectationTest.cpp - the host kernels against float64 -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/Expectation.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <thread>

using namespace slb;

namespace {

std::vector<double> getUniformValues(int count) {
  std::vector<double> values;
  for (int q = 0; q < count; ++q)
    values.push_back(double(2 * q - (count - 1)) / (count - 1));
  return values;
}

std::shared_ptr<const ExpectationKernels>
getKernels(const std::vector<double> &values) {
  std::string error;
  auto kernels = ExpectationKernels::get(values, error);
  EXPECT_TRUE(kernels) << error;
  return kernels;
}

/// One weight in float64, by the definition.
struct Reference {
  std::vector<double> p;
  double weight = 0;

  template <typename T>
  Reference(const std::vector<T> &logits, size_t n, size_t i, double t,
            const std::vector<double> &values) {
    double max = -INFINITY, sum = 0;
    for (size_t k = 0; k < values.size(); ++k)
      max = std::max(max, double(logits[k * n + i]));
    for (size_t k = 0; k < values.size(); ++k) {
      p.push_back(std::exp(t * (double(logits[k * n + i]) - max)));
      sum += p.back();
    }
    for (size_t k = 0; k < values.size(); ++k) {
      p[k] /= sum;
      weight += p[k] * values[k];
    }
  }
};

template <typename T>
std::vector<T> getRandom(size_t count, double magnitude, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-magnitude, magnitude);
  std::vector<T> data(count);
  for (T &x : data)
    x = uniform(random);
  return data;
}

class ExpectationTest : public testing::TestWithParam<int> {
protected:
  std::vector<double> values = getUniformValues(GetParam());
  std::shared_ptr<const ExpectationKernels> kernels = getKernels(values);
  size_t count = GetParam();
};

TEST_P(ExpectationTest, WeightsAreAsInFloat64) {
  const size_t n = 1003;
  for (double magnitude : {0.01, 1.0, 20.0, 1e4})
    for (double t : {0.01, 1.0, 30.0, 1e4, 1e8}) {
      auto logits = getRandom<float>(count * n, magnitude, 1);
      std::vector<float> weights(n, NAN);
      kernels->forward(logits.data(), n, t, weights.data());
      for (size_t i = 0; i < n; ++i)
        ASSERT_NEAR(weights[i],
                    Reference(logits, n, i, float(t), values).weight, 1e-6)
            << "logits up to " << magnitude << ", T " << t;
    }
}

TEST_P(ExpectationTest, GradientsAreAsInFloat64) {
  const size_t n = 1003;
  for (double magnitude : {0.01, 1.0, 1e4})
    for (double t : {0.01, 1.0, 30.0, 1e8}) {
      auto logits = getRandom<float>(count * n, magnitude, 2);
      auto grad = getRandom<float>(n, 1.0, 3);
      std::vector<float> result(count * n, NAN);
      kernels->backward(logits.data(), n, t, grad.data(), result.data());
      for (size_t i = 0; i < n; ++i) {
        Reference reference(logits, n, i, float(t), values);
        for (size_t k = 0; k < count; ++k)
          ASSERT_NEAR(result[k * n + i] / float(t),
                      reference.p[k] * (values[k] - reference.weight) * grad[i],
                      1e-6)
              << "logits up to " << magnitude << ", T " << t;
      }
    }
}

TEST_P(ExpectationTest, GradientsAreTheSlopesOfTheWeights) {
  const size_t n = 77;
  const double t = 3.0, step = 1e-6;
  auto logits = getRandom<double>(count * n, 1.0, 4);
  auto grad = getRandom<double>(n, 1.0, 5);
  std::vector<double> result(count * n), above(n), below(n);
  kernels->backward(logits.data(), n, t, grad.data(), result.data());
  for (size_t k = 0; k < count; ++k) {
    auto move = [&](double by) {
      for (size_t i = 0; i < n; ++i)
        logits[k * n + i] += by;
    };
    move(step);
    kernels->forward(logits.data(), n, t, above.data());
    move(-2 * step);
    kernels->forward(logits.data(), n, t, below.data());
    move(step);
    for (size_t i = 0; i < n; ++i)
      ASSERT_NEAR(result[k * n + i],
                  grad[i] * (above[i] - below[i]) / (2 * step), 1e-8);
  }
}

TEST_P(ExpectationTest, OneHotWeightsAreExactAndStill) {
  const size_t n = 64;
  std::vector<float> logits(count * n, -1.0f), weights(n), result(count * n);
  std::vector<float> grad(n, 1.0f);
  for (size_t i = 0; i < n; ++i)
    logits[(i % count) * n + i] = 1.0f;
  kernels->forward(logits.data(), n, 1e8f, weights.data());
  kernels->backward(logits.data(), n, 1e8f, grad.data(), result.data());
  for (size_t i = 0; i < n; ++i)
    EXPECT_EQ(weights[i], float(values[i % count]));
  for (float x : result)
    EXPECT_EQ(x, 0.0f);
}

TEST_P(ExpectationTest, RangesMakeTheWhole) {
  const size_t n = 500;
  auto logits = getRandom<float>(count * n, 1.0, 6);
  auto grad = getRandom<float>(n, 1.0, 7);
  std::vector<float> whole(n), parts(n), wholeGrad(count * n),
      partsGrad(count * n);
  kernels->forward(logits.data(), n, 5.0f, whole.data());
  kernels->backward(logits.data(), n, 5.0f, grad.data(), wholeGrad.data());
  std::vector<std::thread> threads;
  for (int64_t begin : {0, 160, 320})
    threads.emplace_back([&, begin] {
      int64_t end = std::min<int64_t>(begin + 160, n);
      if (begin == 320)
        end = n;
      kernels->forwardRange(logits.data(), n, begin, end, 5.0f, parts.data());
      kernels->backwardRange(logits.data(), n, begin, end, 5.0f, grad.data(),
                             partsGrad.data());
    });
  for (std::thread &thread : threads)
    thread.join();
  for (size_t i = 0; i < n; ++i)
    EXPECT_NEAR(whole[i], parts[i], 1e-6);
  for (size_t i = 0; i < count * n; ++i)
    EXPECT_NEAR(wholeGrad[i], partsGrad[i], 1e-5);
}

INSTANTIATE_TEST_SUITE_P(ValueSets, ExpectationTest,
                         testing::Values(2, 3, 4, 8, 16));

TEST(ExpectationKernels, TakesListsOfValues) {
  std::vector<double> values = {-0.5, -0.25, 0, 0.25, 1.0};
  auto kernels = getKernels(values);
  std::vector<float> logits = {0.1f, 0.2f, 0.3f, 0.2f, 0.7f}, weight(1);
  kernels->forward(logits.data(), 1, 2.0f, weight.data());
  EXPECT_NEAR(weight[0], Reference(logits, 1, 0, 2.0, values).weight, 1e-6);
}

TEST(ExpectationKernels, CachesThem) {
  auto values = getUniformValues(4);
  EXPECT_EQ(getKernels(values), getKernels(values));
}

TEST(ExpectationKernels, ReportsBadValues) {
  std::string error;
  EXPECT_FALSE(ExpectationKernels::get({1.0, -1.0}, error));
  EXPECT_EQ(error, "expects 2 to 256 ascending values for searched weights");
  EXPECT_FALSE(ExpectationKernels::get({1.0, std::sqrt(2.0)}, error));
  EXPECT_EQ(error,
            "expects searched values that are integer multiples of one scale");
}

} // namespace
