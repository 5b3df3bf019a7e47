//===- SearchKernelsTest.cpp - searched weights against float64 -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/SearchKernels.h"
#include "SearchReference.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace slb;
using namespace slb::test;

namespace {

std::shared_ptr<const SearchKernels>
getKernels(const std::vector<double> &values, bool nesterov = true) {
  std::string error;
  auto kernels = SearchKernels::get({values, nesterov}, error);
  EXPECT_TRUE(kernels) << error;
  return kernels;
}

class SearchKernelsTest : public testing::TestWithParam<int> {
protected:
  size_t count = GetParam();
};

/// The magnitudes of logits and the temperatures that training may reach.
constexpr double kMagnitudes[] = {0.01, 1.0, 20.0, 1e4};
constexpr double kTemperatures[] = {1.0, 7.0, 30.0, 1e4, 1e8};

TEST_P(SearchKernelsTest, WeightsAndCodesAreAsInFloat64) {
  // A last word that is full to more than a vector, to less, and full.
  const int64_t sizes[] = {1003, 999, 64, 1};
  for (const std::vector<double> &values : getValueSets(count))
    for (int64_t n : sizes)
      for (double magnitude : kMagnitudes)
        for (double t : kTemperatures) {
          SearchedData data(count, n, magnitude);
          getKernels(values)->forward(data.getTensor(), 0, n, t);
          data.expectForward(values, t);
        }
}

TEST_P(SearchKernelsTest, GradientsAreAsInFloat64) {
  const int64_t n = 1003;
  for (const std::vector<double> &values : getValueSets(count))
    for (double magnitude : kMagnitudes)
      for (double t : kTemperatures) {
        SearchedData data(count, n, magnitude);
        std::vector<float> result(data.logits.size(), NAN);
        getKernels(values)->backward(data.getTensor(), 0, n, t, result.data());
        data.expectGradients(values, t, result);
      }
}

TEST_P(SearchKernelsTest, StepIsBackwardSgdForwardBitForBit) {
  const int64_t n = 997;
  SearchStep step{3.0f, 3.5f, 0.5f, 0.125f, 0.9f, 0.01f};
  for (const std::vector<double> &values : getValueSets(count))
    for (bool nesterov : {false, true}) {
      auto kernels = getKernels(values, nesterov);
      SearchedData fused(count, n, 1.0), plain(count, n, 1.0);
      int64_t flips = kernels->step(fused.getTensor(), 0, n, step);
      EXPECT_EQ(flips, plain.stepUnfused(*kernels, step, nesterov));
      EXPECT_GT(flips, 0);
      EXPECT_EQ(fused.logits, plain.logits);
      EXPECT_EQ(fused.momentum, plain.momentum);
      EXPECT_EQ(fused.weights, plain.weights);
      EXPECT_EQ(fused.planes, plain.planes);
    }
}

TEST_P(SearchKernelsTest, StepStaysFiniteAndSharp) {
  const int64_t n = 640;
  for (double magnitude : kMagnitudes)
    for (double t : kTemperatures) {
      std::vector<double> values = getUniformValues(count);
      SearchedData data(count, n, magnitude);
      // A step as small as the slopes are large.
      SearchStep step{float(t), float(t), 1, float(1e-3 / t), 0.9f, 1e-4f};
      getKernels(values)->step(data.getTensor(), 0, n, step);
      data.expectForward(values, t);
    }
}

TEST_P(SearchKernelsTest, RangesAreIndependent) {
  const int64_t n = 1003;
  std::vector<double> values = getUniformValues(count);
  auto kernels = getKernels(values);
  SearchStep step{3.0f, 3.5f, 0.5f, 0.125f, 0.9f, 0.01f};
  SearchedData whole(count, n, 1.0), parts(count, n, 1.0);
  int64_t flips = kernels->step(whole.getTensor(), 0, n, step);
  for (auto [begin, end] : {std::pair(32, 160), {160, int(n)}, {0, 32}})
    flips -= kernels->step(parts.getTensor(), begin, end, step);
  EXPECT_EQ(flips, 0);
  EXPECT_EQ(whole.logits, parts.logits);
  EXPECT_EQ(whole.weights, parts.weights);
  EXPECT_EQ(whole.planes, parts.planes);
}

/// SGD on all K logits, in float64.
TEST_P(SearchKernelsTest, TrajectoryIsThatOfAllLogits) {
  const int64_t n = 333;
  std::vector<double> values = getUniformValues(count);
  auto kernels = getKernels(values);
  SearchedData stored(count, n, 1.0);
  FullLogits full(stored);
  std::vector<float> targets = getRandom(n, 1.0, 9);
  // Larger rates times T^2 amplify the rounding of float32 itself.
  SearchStep step{1.0f, 1.0f, 1.0f, 0.005f, 0.9f, 1e-3f};
  kernels->forward(stored.getTensor(), 0, n, step.temperature);
  for (int i = 0; i < 200; ++i) {
    full.step(values, targets, step);
    for (int64_t j = 0; j < n; ++j)
      stored.grad[j] = stored.weights[j] - targets[j];
    kernels->step(stored.getTensor(), 0, n, step);
  }
  std::vector<double> weights = full.getWeights(values, step.temperature);
  for (int64_t j = 0; j < n; ++j)
    ASSERT_NEAR(stored.weights[j], weights[j], 1e-6);
}

/// Forward, backward and two steps from logits of bfloat16, by the kernels for
/// a processor.
struct Computed {
  Computed(const char *cpu, size_t count) : data(count, n, 1.0) {
    // Two bytes a logit, the upper ones.
    auto *stored = reinterpret_cast<uint16_t *>(data.logits.data());
    for (size_t i = 0; i < data.logits.size(); ++i)
      stored[i] = stored[2 * i + 1];
    ScopedHostCpu scope(cpu);
    std::string error;
    auto kernels =
        SearchKernels::get({getUniformValues(count), true, true}, error);
    EXPECT_TRUE(kernels) << error;
    if (!kernels)
      return;
    gradients.resize(data.logits.size());
    kernels->backward(data.getTensor(), 0, n, 3.0f, gradients.data());
    kernels->forward(data.getTensor(), 0, n, 3.0f);
    weights = data.weights;
    SearchStep step{3.0f, 3.5f, 0.5f, 0.125f, 0.9f, 0.01f};
    for (int i = 0; i < 2; ++i)
      flips += kernels->step(data.getTensor(), 0, n, step);
  }

  static constexpr int64_t n = 1003;
  SearchedData data;
  std::vector<float> gradients, weights;
  int64_t flips = 0;
};

TEST_P(SearchKernelsTest, EveryProcessorComputesTheSameBits) {
  Computed expected(std::getenv("SLB_HOST_CPU"), count);
  EXPECT_GT(expected.flips, 0);
  for (const char *cpu : getOlderProcessors()) {
    Computed found(cpu, count);
    EXPECT_EQ(found.flips, expected.flips) << cpu;
    EXPECT_TRUE(haveSameBits(found.gradients, expected.gradients)) << cpu;
    EXPECT_TRUE(haveSameBits(found.weights, expected.weights)) << cpu;
    EXPECT_TRUE(haveSameBits(found.data.logits, expected.data.logits)) << cpu;
    EXPECT_TRUE(haveSameBits(found.data.momentum, expected.data.momentum))
        << cpu;
    EXPECT_EQ(found.data.planes, expected.data.planes) << cpu;
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, SearchKernelsTest,
                         testing::Values(2, 3, 4, 8, 16));

TEST(SearchKernels, SayWhatIsWrongWithTheProcessor) {
  std::string error;
  ScopedHostCpu scope("pentium9");
  EXPECT_FALSE(SearchKernels::get({getUniformValues(5)}, error));
  EXPECT_NE(error.find("host compiler: SLB_HOST_CPU: expects a processor of "),
            std::string::npos)
      << error;
  EXPECT_NE(error.find("that LLVM knows, but got 'pentium9'"),
            std::string::npos)
      << error;
}

TEST(SearchKernels, AreCached) {
  std::vector<double> values = getUniformValues(4);
  EXPECT_EQ(getKernels(values), getKernels(values));
  EXPECT_NE(getKernels(values, true), getKernels(values, false));
}

TEST(SearchKernels, ReportsBadValues) {
  std::string error;
  EXPECT_FALSE(SearchKernels::get({{1.0, -1.0}}, error));
  EXPECT_EQ(error, "expects ascending values for searched weights");
  EXPECT_FALSE(SearchKernels::get({getUniformValues(17)}, error));
  EXPECT_EQ(error, "expects 2 to 16 values for searched weights, but got 17");
  EXPECT_FALSE(SearchKernels::get({{1.0, std::sqrt(2.0)}}, error));
  EXPECT_EQ(error,
            "expects searched values that are integer multiples of one scale");
}

} // namespace
