//===- Expectation.cpp - plain C++ expectation kernels --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Stands in for lib/Kernels where that room is not part of the build.

#include "slb/Kernels/Expectation.h"

#include <algorithm>
#include <cmath>

using namespace slb;

std::shared_ptr<const ExpectationKernels>
ExpectationKernels::get(const std::vector<double> &values, std::string &) {
  return std::shared_ptr<const ExpectationKernels>(
      new ExpectationKernels(values));
}

static constexpr int64_t kBlock = 256;

/// Unnormalised probabilities of `count` weights, their sums and expectations.
template <typename T>
static void evaluate(const std::vector<double> &values, const T *logits,
                     int64_t n, int64_t count, T temperature, T p[][kBlock],
                     T *sum, T *weights) {
  T largest[kBlock];
  int64_t candidates = values.size();
  std::copy(logits, logits + count, largest);
  for (int64_t k = 1; k < candidates; ++k)
    for (int64_t i = 0; i < count; ++i)
      largest[i] = std::max(largest[i], logits[k * n + i]);
  std::fill(sum, sum + count, T(0));
  std::fill(weights, weights + count, T(0));
  for (int64_t k = 0; k < candidates; ++k)
    for (int64_t i = 0; i < count; ++i) {
      p[k][i] = std::exp(temperature * (logits[k * n + i] - largest[i]));
      sum[i] += p[k][i];
      weights[i] += p[k][i] * T(values[k]);
    }
  for (int64_t i = 0; i < count; ++i)
    weights[i] /= sum[i];
}

template <typename T>
static void forwardBlocks(const std::vector<double> &values, const T *logits,
                          int64_t n, T temperature, T *weights) {
  T p[16][kBlock], sum[kBlock];
  for (int64_t at = 0; at < n; at += kBlock)
    evaluate(values, logits + at, n, std::min(kBlock, n - at), temperature, p,
             sum, weights + at);
}

template <typename T>
static void backwardBlocks(const std::vector<double> &values, const T *logits,
                           int64_t n, T temperature, const T *gradWeights,
                           T *gradLogits) {
  T p[16][kBlock], sum[kBlock], weights[kBlock];
  int64_t candidates = values.size();
  for (int64_t at = 0; at < n; at += kBlock) {
    int64_t count = std::min(kBlock, n - at);
    evaluate(values, logits + at, n, count, temperature, p, sum, weights);
    for (int64_t k = 0; k < candidates; ++k)
      for (int64_t i = 0; i < count; ++i)
        gradLogits[k * n + at + i] = temperature * p[k][i] / sum[i] *
                                     (T(values[k]) - weights[i]) *
                                     gradWeights[at + i];
  }
}

void ExpectationKernels::forward(const float *logits, int64_t n,
                                 float temperature, float *weights) const {
  forwardBlocks(values, logits, n, temperature, weights);
}
void ExpectationKernels::forward(const double *logits, int64_t n,
                                 double temperature, double *weights) const {
  forwardBlocks(values, logits, n, temperature, weights);
}
void ExpectationKernels::backward(const float *logits, int64_t n,
                                  float temperature, const float *gradWeights,
                                  float *gradLogits) const {
  backwardBlocks(values, logits, n, temperature, gradWeights, gradLogits);
}
void ExpectationKernels::backward(const double *logits, int64_t n,
                                  double temperature, const double *gradWeights,
                                  double *gradLogits) const {
  backwardBlocks(values, logits, n, temperature, gradWeights, gradLogits);
}
