//===- SearchOperatorsTest.cpp - kernels against LibTorch's operators -----===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Operators/Backends.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

using namespace slb;
using torch::Tensor;

namespace {

std::vector<double> getUniformValues(int64_t count) {
  std::vector<double> values;
  for (int64_t q = 0; q < count; ++q)
    values.push_back(double(2 * q - (count - 1)) / double(count - 1));
  return values;
}

SearchedLayer getLayer(int64_t count, torch::IntArrayRef shape) {
  std::vector<int64_t> all = shape.vec();
  all.insert(all.begin(), count);
  SearchedLayer layer;
  layer.logits = storeLogits(torch::randn(all));
  layer.momentum = torch::randn_like(layer.logits) * 0.01;
  layer.grad = torch::randn(shape);
  layer.weights = torch::full(shape, NAN);
  layer.planes =
      torch::full(getPlanesShape(count, layer.grad.numel()), -1, torch::kInt);
  return layer;
}

SearchedLayer clone(const SearchedLayer &layer) {
  return {layer.logits.clone(), layer.momentum.clone(), layer.grad.clone(),
          layer.weights.clone(), layer.planes.clone()};
}

class SearchOperatorsTest : public testing::TestWithParam<int> {
protected:
  void SetUp() override { torch::manual_seed(1); }
  /// Equal to a share of the largest, or of 1.
  void expectClose(const Tensor &a, const Tensor &b, double tolerance) {
    double largest = std::max(b.abs().max().item<double>(), 1.0);
    EXPECT_LE((a - b).abs().max().item<double>(), tolerance * largest);
  }
  int64_t count = GetParam();
  std::vector<double> values = getUniformValues(count);
  // A last word of the planes that is not full, and several threads' work.
  Layers layers = {getLayer(count, {5, 3, 3, 7}), getLayer(count, {200, 333})};
};

TEST_P(SearchOperatorsTest, StoredLogitsMeanTheSame) {
  Tensor logits = torch::randn({count, 1000});
  Tensor expanded = expandLogits(storeLogits(logits));
  EXPECT_EQ(expanded.sizes(), logits.sizes());
  expectClose(logits.softmax(0), expanded.softmax(0), 1e-6);
  expectClose(expanded.sum(0), torch::zeros(1000), 1e-5);
}

TEST_P(SearchOperatorsTest, ForwardAndBackwardAreAsByDefinition) {
  Layers defined = {clone(layers[0]), clone(layers[1])};
  searchForward(layers, values, 3);
  getCompositeBackend().forward(defined, values, 3);
  getCompositeBackend().backward(defined, values, 3);
  for (size_t i = 0; i < layers.size(); ++i) {
    expectClose(layers[i].weights, defined[i].weights, 1e-6);
    EXPECT_TRUE(layers[i].planes.equal(defined[i].planes));
    Tensor weights = computeExpectation(layers[i].logits, values, 3);
    EXPECT_TRUE(weights.equal(layers[i].weights));
    Tensor gradient =
        computeExpectationGrad(layers[i].grad, layers[i].logits, values, 3);
    expectClose(gradient, defined[i].momentum, 1e-5);
  }
}

TEST_P(SearchOperatorsTest, StepIsAsByDefinition) {
  Layers defined = {clone(layers[0]), clone(layers[1])};
  SearchStep step{3.0f, 3.5f, 0.5f, 0.01f, 0.9f, 0.01f};
  for (bool nesterov : {false, true}) {
    Tensor flips = searchStep(layers, values, step, nesterov);
    Tensor expected =
        getCompositeBackend().step(defined, values, step, nesterov);
    EXPECT_GT(flips.item<int>(), 0);
    EXPECT_EQ(flips.item<int>(), expected.item<int>());
    for (size_t i = 0; i < layers.size(); ++i) {
      expectClose(layers[i].logits, defined[i].logits, 1e-6);
      expectClose(layers[i].momentum, defined[i].momentum, 1e-6);
      expectClose(layers[i].weights, defined[i].weights, 2e-6);
      EXPECT_TRUE(layers[i].planes.equal(defined[i].planes));
    }
  }
}

TEST_P(SearchOperatorsTest, RowsMayBeApart) {
  SearchStep step{3.0f, 3.5f, 0.5f, 0.01f, 0.9f, 0.01f};
  Layers apart;
  for (const SearchedLayer &layer : layers) {
    apart.push_back(clone(layer));
    for (Tensor *rows : {&apart.back().logits, &apart.back().momentum})
      *rows = allocateRows(rows->sizes(), torch::kFloat).copy_(*rows);
    // A single row has no distance to another.
    if (layer.logits.size(0) > 1)
      EXPECT_EQ(apart.back().logits.stride(0) % 64, 32);
  }
  EXPECT_TRUE(searchStep(apart, values, step, true)
                  .equal(searchStep(layers, values, step, true)));
  for (size_t i = 0; i < layers.size(); ++i) {
    EXPECT_TRUE(apart[i].logits.equal(layers[i].logits));
    EXPECT_TRUE(apart[i].momentum.equal(layers[i].momentum));
    EXPECT_TRUE(apart[i].weights.equal(layers[i].weights));
    EXPECT_TRUE(apart[i].planes.equal(layers[i].planes));
  }
}

/// bfloat16 logits are computed with as float32, then rounded.
TEST_P(SearchOperatorsTest, ShortLogitsAreRoundedFloats) {
  SearchStep step{3.0f, 3.5f, 0.5f, 0.01f, 0.9f, 0.01f};
  Layers wide;
  for (SearchedLayer &layer : layers) {
    layer.logits = layer.logits.to(torch::kBFloat16);
    wide.push_back(clone(layer));
    wide.back().logits = layer.logits.to(torch::kFloat);
  }
  searchForward(layers, values, 3);
  searchForward(wide, values, 3);
  for (size_t i = 0; i < layers.size(); ++i) {
    EXPECT_TRUE(layers[i].weights.equal(wide[i].weights));
    EXPECT_TRUE(layers[i].planes.equal(wide[i].planes));
    EXPECT_TRUE(
        computeExpectationGrad(wide[i].grad, layers[i].logits, values, 3)
            .equal(computeExpectationGrad(wide[i].grad, wide[i].logits, values,
                                          3)));
  }
  searchStep(layers, values, step, true);
  searchStep(wide, values, step, true);
  for (size_t i = 0; i < layers.size(); ++i) {
    EXPECT_TRUE(layers[i].momentum.equal(wide[i].momentum));
    EXPECT_TRUE(layers[i].logits.equal(wide[i].logits.to(torch::kBFloat16)));
    // The weights are those of what was stored.
    wide[i].logits = layers[i].logits.to(torch::kFloat);
  }
  searchForward(wide, values, step.nextTemperature);
  for (size_t i = 0; i < layers.size(); ++i) {
    EXPECT_TRUE(layers[i].weights.equal(wide[i].weights));
    EXPECT_TRUE(layers[i].planes.equal(wide[i].planes));
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, SearchOperatorsTest,
                         testing::Values(2, 3, 4, 8, 16));

TEST(SearchOperators, RefuseWrongTensors) {
  SearchedLayer layer = getLayer(4, {6, 6});
  auto expectError = [&](SearchedLayer wrong, const char *message) {
    try {
      searchStep({wrong}, getUniformValues(4), SearchStep(), true);
      ADD_FAILURE() << "no error, but expected: " << message;
    } catch (const c10::Error &error) {
      EXPECT_EQ(std::string(error.what_without_backtrace()), message);
    }
  };
  SearchedLayer wrong = layer;
  wrong.logits = torch::zeros({4, 6, 6});
  expectError(wrong, "logits: expects 3 rows for 4 values, but got shape "
                     "[4, 6, 6]");
  wrong = layer;
  wrong.grad = torch::zeros({6, 7});
  expectError(wrong, "grad: expects the shape [6, 6], but got [6, 7]");
  wrong = layer;
  wrong.grad = torch::zeros({6, 6}).t();
  expectError(wrong, "grad: expects a contiguous tensor, but got strides "
                     "[1, 6]");
  wrong = layer;
  wrong.momentum = layer.momentum.to(torch::kDouble);
  expectError(wrong, "momentum: expects Float, but got Double");
  wrong = layer;
  wrong.momentum = allocateRows({3, 6, 6}, torch::kFloat);
  expectError(wrong, "momentum: expects the logits' strides [36, 6, 1], but "
                     "got [96, 6, 1]");
  wrong = layer;
  wrong.logits = torch::zeros({3, 6, 6}).transpose(1, 2);
  expectError(wrong, "logits: expects contiguous rows, but got strides "
                     "[36, 1, 6]");
}

} // namespace
