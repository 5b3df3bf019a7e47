//===- SearchedSgdTest.cpp - training with K - 1 logits -------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Training/Optimizer.h"

#include <gtest/gtest.h>

using namespace slb;
using torch::Tensor;

namespace {

// Larger rates times T^2 amplify the rounding of float32 itself.
constexpr float kTemperature = 1;
constexpr double kMomentum = 0.9;

/// Two linear layers of searched weights that learn a random function.
class SearchedSgdTest : public testing::TestWithParam<int> {
protected:
  SearchedSgdTest() {
    torch::manual_seed(1);
    at::set_num_threads(1); // Too small to share.
    images = torch::randn({64, 20});
    targets = torch::randn({64, 5});
    for (int64_t q = 0; q < count; ++q)
      values.push_back(double(2 * q - (count - 1)) / double(count - 1));
    // Zero-sum, as stored ones are.
    for (auto shape : {std::pair<int, int>(33, 20), {5, 33}}) {
      Tensor logits = torch::randn({count, shape.first, shape.second}) * 0.05;
      initial.push_back(expandLogits(storeLogits(logits)));
    }
  }

  Tensor getLoss(const Tensor &first, const Tensor &second) const {
    Tensor hidden = images.matmul(first.t()).div(5).relu();
    return torch::mse_loss(hidden.matmul(second.t()).div(5), targets);
  }

  /// One Nesterov step of `value`, and of its `velocity`, along a gradient.
  static void descend(Tensor value, Tensor velocity, const Tensor &gradient,
                      double by) {
    torch::NoGradGuard noGrad;
    velocity.mul_(kMomentum).add_(gradient);
    value.sub_(gradient + kMomentum * velocity, by);
  }

  /// The weights after `steps` of SearchedSgd.
  std::vector<Tensor> trainFused(int steps, bool isGradientWhole) const {
    NetworkState state;
    for (const Tensor &logits : initial)
      state.searched.push_back(
          std::make_shared<SearchedParameter>("layer", values, logits));
    SearchedSgd optimizer(state, kMomentum, rate, isGradientWhole);
    auto get = [&](int i) {
      return state.searched[i]->getExpected(kTemperature);
    };
    SgdStep step;
    step.temperature = kTemperature;
    for (int i = 0; i < steps; ++i) {
      getLoss(get(0), get(1)).backward();
      optimizer.step(step);
    }
    return {get(0).detach(), get(1).detach()};
  }

  /// The same in parts: forward, autograd, backward, SGD on stored logits.
  std::vector<Tensor> trainUnfused(int steps) const {
    std::vector<Tensor> stored, velocities, weights(2);
    for (const Tensor &logits : initial) {
      stored.push_back(storeLogits(logits));
      velocities.push_back(torch::zeros_like(stored.back()));
    }
    auto forward = [&] {
      for (int layer : {0, 1})
        weights[layer] = computeExpectation(stored[layer], values, kTemperature)
                             .set_requires_grad(true);
    };
    forward();
    for (int i = 0; i < steps; ++i) {
      getLoss(weights[0], weights[1]).backward();
      // The difference of two logits moves twice as far as either.
      for (int layer : {0, 1})
        descend(stored[layer], velocities[layer],
                computeExpectationGrad(weights[layer].grad(), stored[layer],
                                       values, kTemperature),
                count == 2 ? 2 * rate : rate);
      forward();
    }
    return {weights[0].detach(), weights[1].detach()};
  }

  /// All K logits, in LibTorch's operators, in float64 but for the network.
  std::vector<Tensor> trainAllLogits(int steps) const {
    Tensor table = torch::tensor(values, torch::kDouble).view({-1, 1, 1});
    std::vector<Tensor> logits, velocities;
    for (const Tensor &from : initial) {
      logits.push_back(from.to(torch::kDouble).set_requires_grad(true));
      velocities.push_back(torch::zeros_like(logits.back()));
    }
    auto get = [&](int i) {
      Tensor p = (logits[i] * kTemperature).softmax(0);
      return (p * table).sum(0).to(torch::kFloat);
    };
    for (int i = 0; i < steps; ++i) {
      getLoss(get(0), get(1)).backward();
      for (int layer : {0, 1}) {
        descend(logits[layer], velocities[layer], logits[layer].grad(), rate);
        logits[layer].mutable_grad() = Tensor();
      }
    }
    return {get(0).detach(), get(1).detach()};
  }

  static double getDistance(const std::vector<Tensor> &a,
                            const std::vector<Tensor> &b) {
    double distance = 0;
    for (size_t i = 0; i < a.size(); ++i)
      distance = std::max(distance, (a[i] - b[i]).abs().max().item<double>());
    return distance;
  }

  int64_t count = int64_t(1) << GetParam();
  double rate = 0.01 * count; // Many candidates share one gradient.
  std::vector<double> values;
  Tensor images, targets;
  std::vector<Tensor> initial; ///< All K logits.
};

/// The kernels multiply and add in the same order as the parts do, but LibTorch
/// may contract both to one rounding.
TEST_P(SearchedSgdTest, FusedIsUnfused) {
  std::vector<Tensor> before = trainFused(0, true);
  std::vector<Tensor> after = trainFused(200, true);
  EXPECT_GT(getDistance(before, after), 1e-3);
  EXPECT_LE(getDistance(after, trainUnfused(200)), 1e-6);
}

TEST_P(SearchedSgdTest, WeightsMayGiveUpTheirMemory) {
  EXPECT_EQ(getDistance(trainFused(20, true), trainFused(20, false)), 0);
}

TEST(SearchedSgd, WeightsTakeTheMemoryOfTheirGradient) {
  NetworkState state;
  state.searched.push_back(std::make_shared<SearchedParameter>(
      "s", std::vector<double>{-1, 1}, torch::zeros({2, 3})));
  SearchedSgd optimizer(state, 0.9, 1, /*isGradientWhole=*/true);
  Tensor weights = state.searched[0]->getExpected(1);
  weights.sum().backward();
  void *gradient = weights.grad().data_ptr();
  EXPECT_EQ(weights.data_ptr(), gradient);
  optimizer.step(SgdStep());
  EXPECT_EQ(state.searched[0]->getExpected(1).data_ptr(), gradient);
  EXPECT_LT(weights.max().item<float>(), 0);
}

TEST_P(SearchedSgdTest, StoredLogitsAreAllLogits) {
  std::vector<Tensor> stored = trainFused(200, true);
  EXPECT_LE(getDistance(stored, trainAllLogits(200)), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Bits, SearchedSgdTest, testing::Values(1, 2, 3, 4));

TEST(SearchedParameter, ForgetsWhatItHeld) {
  SearchedParameter parameter("layer", {-1, 1},
                              torch::tensor({{0.0f}, {1.0f}}));
  EXPECT_NEAR(parameter.getExpected(1).item<float>(), std::tanh(0.5), 1e-6);
  EXPECT_EQ(parameter.getDiscrete().item<float>(), 1);
  EXPECT_FALSE(parameter.getDiscrete().requires_grad());
  EXPECT_NEAR(parameter.getExpected(3).item<float>(), std::tanh(1.5), 1e-6);
  parameter.tensors.logits.neg_();
  parameter.setUnknown();
  EXPECT_EQ(parameter.getDiscrete().item<float>(), -1);
  EXPECT_TRUE(parameter.getExpected(3).requires_grad());
}

TEST(GetClipScale, CountsWeightsAndSearchedWeights) {
  NetworkState state;
  Tensor value =
      state.addParameter("w", ParameterKind::Weight, torch::zeros({4}));
  state.searched.push_back(std::make_shared<SearchedParameter>(
      "s", std::vector<double>{-1, 1}, torch::zeros({2, 3})));
  EXPECT_EQ(getClipScale(state, 1), 1);
  value.mutable_grad() = torch::full({4}, 2.0f);
  state.searched[0]->tensors.weights.mutable_grad() =
      torch::tensor({0.0f, 0.0f, 3.0f});
  EXPECT_NEAR(getClipScale(state, 1), 0.2, 1e-6);
  EXPECT_EQ(getClipScale(state, 6), 1);
}

} // namespace
