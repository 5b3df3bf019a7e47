//===- SearchReference.h - searched weights by their definition -*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_UNIT_KERNELS_SEARCHREFERENCE_H
#define SLB_TEST_UNIT_KERNELS_SEARCHREFERENCE_H

#include "slb/Kernels/SearchKernels.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace slb::test {

/// SLB's own values, and two random sets with unequal steps.
std::vector<double> getUniformValues(int count);
std::vector<std::vector<double>> getValueSets(int count);
std::vector<float> getRandom(size_t count, double magnitude, unsigned seed);

/// While it lives, code is compiled for a processor; null for this machine's.
class ScopedHostCpu {
public:
  explicit ScopedHostCpu(const char *cpu);
  ~ScopedHostCpu();

private:
  static void set(const char *cpu);
  std::optional<std::string> before;
};

/// Names of processors that this one can do everything of.
std::vector<const char *> getOlderProcessors();
/// Equal, NaN or not.
bool haveSameBits(const std::vector<float> &a, const std::vector<float> &b);

/// Probabilities, weight and code of one weight with all its logits.
struct ReferenceWeight {
  std::vector<double> p;
  double weight = 0;
  int code = 0;
  ReferenceWeight(const std::vector<long double> &logits, double t,
                  const std::vector<double> &values);
};

/// Random stored logits with buffers for whatever the kernels write.
struct SearchedData {
  int64_t count, n, stride, words;
  std::vector<float> logits, momentum, grad, weights;
  std::vector<uint32_t> planes;

  SearchedData(int64_t count, int64_t n, double magnitude);
  SearchedTensor getTensor();
  /// All K logits of weight i, as exact as they come.
  std::vector<long double> getLogits(int64_t i) const;
  int getCode(int64_t i) const;

  /// Weights within 1e-6 of the largest value, and codes, are the reference's.
  void expectForward(const std::vector<double> &values, double t) const;
  void expectGradients(const std::vector<double> &values, double t,
                       const std::vector<float> &gradients) const;
  /// A step of backward, SGD in plain C++ and forward. Returns the flips.
  int64_t stepUnfused(const SearchKernels &kernels, const SearchStep &step,
                      bool nesterov);
};

/// All K logits in float64 under Nesterov's SGD.
struct FullLogits {
  int64_t count, n;
  std::vector<std::vector<long double>> logits, momentum; ///< [n][K]

  explicit FullLogits(const SearchedData &stored);
  /// One step of the loss sum (w - target)^2 / 2.
  void step(const std::vector<double> &values,
            const std::vector<float> &targets, const SearchStep &step);
  std::vector<double> getWeights(const std::vector<double> &values,
                                 double t) const;
};

} // namespace slb::test

#endif // SLB_TEST_UNIT_KERNELS_SEARCHREFERENCE_H
