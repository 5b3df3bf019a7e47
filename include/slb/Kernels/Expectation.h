//===- Expectation.h - host kernels of slb.expectation ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No MLIR and no LibTorch in this header: both sides include it.

#ifndef SLB_KERNELS_EXPECTATION_H
#define SLB_KERNELS_EXPECTATION_H

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace slb {

/// The forward and backward kernels of slb.expectation for one value set,
/// compiled for this host once a set, cached, and safe to call from several
/// threads. A call runs on its thread alone; to use several, give each a range.
///
/// Layout: logits [K][n] candidate-major, weights [n]. `temperature` is the
/// inverse temperature T of p = softmax(T * logits).
class ExpectationKernels {
public:
  /// The kernels of the ascending `values`, which must be integer multiples of
  /// one scale. Null and a message in `error` if they cannot be compiled.
  static std::shared_ptr<const ExpectationKernels>
  get(const std::vector<double> &values, std::string &error);
  ~ExpectationKernels();

  /// weights = sum_k p_k v_k.
  void forward(const float *logits, int64_t n, float temperature,
               float *weights) const;
  void forward(const double *logits, int64_t n, double temperature,
               double *weights) const;

  /// gradLogits_k = T * p_k * (v_k - w) * gradWeights.
  void backward(const float *logits, int64_t n, float temperature,
                const float *gradWeights, float *gradLogits) const;
  void backward(const double *logits, int64_t n, double temperature,
                const double *gradWeights, double *gradLogits) const;

  /// The same for the weights [begin, end) of n; pointers are those of the
  /// whole tensors.
  void forwardRange(const float *logits, int64_t n, int64_t begin, int64_t end,
                    float temperature, float *weights) const;
  void backwardRange(const float *logits, int64_t n, int64_t begin, int64_t end,
                     float temperature, const float *gradWeights,
                     float *gradLogits) const;

private:
  struct Impl;
  explicit ExpectationKernels(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

} // namespace slb

#endif // SLB_KERNELS_EXPECTATION_H
