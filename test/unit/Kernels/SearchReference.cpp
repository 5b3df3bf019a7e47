//===- SearchReference.cpp - searched weights by their definition ---------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SearchReference.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace slb;
using namespace slb::test;

std::vector<double> test::getUniformValues(int count) {
  std::vector<double> values;
  for (int q = 0; q < count; ++q)
    values.push_back(double(2 * q - (count - 1)) / (count - 1));
  return values;
}

std::vector<std::vector<double>> test::getValueSets(int count) {
  std::vector<std::vector<double>> sets = {getUniformValues(count)};
  std::mt19937 random(count);
  for (double scale : {1.0, 0.125}) {
    int integer = -int(random() % 40);
    std::vector<double> values;
    for (int k = 0; k < count; ++k)
      values.push_back(scale * (integer += 1 + random() % 5));
    sets.push_back(values);
  }
  return sets;
}

std::vector<float> test::getRandom(size_t count, double magnitude,
                                   unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-magnitude, magnitude);
  std::vector<float> data(count);
  for (float &x : data)
    x = float(uniform(random));
  return data;
}

test::ScopedHostCpu::ScopedHostCpu(const char *cpu) {
  if (const char *set = std::getenv("SLB_HOST_CPU"))
    before = set;
  set(cpu);
}

test::ScopedHostCpu::~ScopedHostCpu() {
  set(before ? before->c_str() : nullptr);
}

void test::ScopedHostCpu::set(const char *cpu) {
  cpu ? setenv("SLB_HOST_CPU", cpu, 1) : unsetenv("SLB_HOST_CPU");
}

std::vector<const char *> test::getOlderProcessors() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return {"x86-64", "x86-64-v3"};
  return {"x86-64"};
#else
  return {"generic"};
#endif
}

bool test::haveSameBits(const std::vector<float> &a,
                        const std::vector<float> &b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

static double getLargest(const std::vector<double> &values) {
  return std::max(std::fabs(values.front()), std::fabs(values.back()));
}

//===----------------------------------------------------------------------===//
// ReferenceWeight
//===----------------------------------------------------------------------===//

ReferenceWeight::ReferenceWeight(const std::vector<long double> &logits,
                                 double t, const std::vector<double> &values) {
  auto max = std::max_element(logits.begin(), logits.end());
  code = int(max - logits.begin());
  double sum = 0;
  for (long double logit : logits) {
    p.push_back(double(std::exp(t * (logit - *max))));
    sum += p.back();
  }
  for (size_t k = 0; k < p.size(); ++k) {
    p[k] /= sum;
    weight += p[k] * values[k];
  }
}

//===----------------------------------------------------------------------===//
// SearchedData
//===----------------------------------------------------------------------===//

SearchedData::SearchedData(int64_t count, int64_t n, double magnitude)
    : count(count), n(n), stride((n + 7) / 4 * 4), words((n + 31) / 32),
      logits(getRandom((count - 1) * stride, magnitude, 1)),
      momentum(getRandom((count - 1) * stride, 0.1, 2)),
      grad(getRandom(n, 1.0, 3)), weights(n, NAN) {
  int bits = 1;
  while ((1 << bits) < count)
    ++bits;
  planes.assign(bits * words, 0xdeadbeef);
}

SearchedTensor SearchedData::getTensor() {
  return {n,           stride,         logits.data(), momentum.data(),
          grad.data(), weights.data(), planes.data()};
}

std::vector<long double> SearchedData::getLogits(int64_t i) const {
  if (count == 2)
    return {-0.5L * logits[i], 0.5L * logits[i]};
  std::vector<long double> all;
  long double sum = 0;
  for (int64_t k = 0; k < count - 1; ++k) {
    all.push_back(logits[k * stride + i]);
    sum += all.back();
  }
  all.push_back(-sum);
  return all;
}

int SearchedData::getCode(int64_t i) const {
  int code = 0;
  for (size_t j = 0; j < planes.size() / words; ++j)
    code |= int(planes[j * words + i / 32] >> (i % 32) & 1) << j;
  return code;
}

void SearchedData::expectForward(const std::vector<double> &values,
                                 double t) const {
  double bound = 1e-6 * getLargest(values);
  for (int64_t i = 0; i < n; ++i) {
    ReferenceWeight reference(getLogits(i), float(t), values);
    ASSERT_NEAR(weights[i], reference.weight, bound)
        << "weight " << i << ", T " << t;
    ASSERT_EQ(getCode(i), reference.code) << "weight " << i;
  }
  for (size_t j = 0; n % 32 && j < planes.size() / words; ++j)
    ASSERT_EQ(planes[(j + 1) * words - 1] >> (n % 32), 0u) << "unused bits";
}

void SearchedData::expectGradients(const std::vector<double> &values, double t,
                                   const std::vector<float> &gradients) const {
  double bound = 1e-6 * getLargest(values);
  for (int64_t i = 0; i < n; ++i) {
    ReferenceWeight reference(getLogits(i), float(t), values);
    for (int64_t row = 0; row < count - 1; ++row) {
      int64_t k = count == 2 ? 1 : row;
      double slope = reference.p[k] * (values[k] - reference.weight);
      ASSERT_NEAR(gradients[row * stride + i] / float(t), slope * grad[i],
                  bound)
          << "weight " << i << ", candidate " << k << ", T " << t;
    }
  }
}

int64_t SearchedData::stepUnfused(const SearchKernels &kernels,
                                  const SearchStep &step, bool nesterov) {
  SearchedData before = *this;
  kernels.forward(before.getTensor(), 0, n, step.temperature);
  std::vector<float> gradients(logits.size());
  for (float &g : grad)
    g *= step.gradScale;
  kernels.backward(getTensor(), 0, n, step.temperature, gradients.data());
  bool isTwo = count == 2;
  float rate = isTwo ? 2 * step.learningRate : step.learningRate;
  float decay = isTwo ? step.weightDecay / 2 : step.weightDecay;
  for (int64_t row = 0; row < count - 1; ++row)
    for (int64_t at = row * stride; at < row * stride + n; ++at) {
      float d = std::fma(decay, logits[at], gradients[at]);
      momentum[at] = std::fma(step.momentum, momentum[at], d);
      d = nesterov ? std::fma(step.momentum, momentum[at], d) : momentum[at];
      logits[at] = std::fma(-rate, d, logits[at]);
    }
  kernels.forward(getTensor(), 0, n, step.nextTemperature);
  int64_t flips = 0;
  for (int64_t i = 0; i < n; ++i)
    flips += getCode(i) != before.getCode(i);
  return flips;
}

//===----------------------------------------------------------------------===//
// FullLogits
//===----------------------------------------------------------------------===//

FullLogits::FullLogits(const SearchedData &stored)
    : count(stored.count), n(stored.n) {
  for (int64_t i = 0; i < n; ++i) {
    logits.push_back(stored.getLogits(i));
    momentum.emplace_back();
    for (int64_t k = 0; k < count - 1; ++k)
      momentum[i].push_back(stored.momentum[k * stored.stride + i]);
    // Of two logits the stored momentum is that of the second.
    long double sum = 0;
    for (long double m : momentum[i])
      sum += m;
    momentum[i].insert(count == 2 ? momentum[i].begin() : momentum[i].end(),
                       -sum);
  }
}

void FullLogits::step(const std::vector<double> &values,
                      const std::vector<float> &targets,
                      const SearchStep &step) {
  for (int64_t i = 0; i < n; ++i) {
    ReferenceWeight reference(logits[i], step.temperature, values);
    double g = reference.weight - targets[i];
    for (int64_t k = 0; k < count; ++k) {
      double slope = reference.p[k] * (values[k] - reference.weight);
      long double d = step.temperature * slope * g +
                      (long double)step.weightDecay * logits[i][k];
      momentum[i][k] = step.momentum * momentum[i][k] + d;
      logits[i][k] -= step.learningRate * (d + step.momentum * momentum[i][k]);
    }
  }
}

std::vector<double> FullLogits::getWeights(const std::vector<double> &values,
                                           double t) const {
  std::vector<double> weights;
  for (const std::vector<long double> &all : logits)
    weights.push_back(ReferenceWeight(all, t, values).weight);
  return weights;
}
