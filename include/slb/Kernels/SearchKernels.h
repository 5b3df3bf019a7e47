//===- SearchKernels.h - host kernels of searched weights -------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No MLIR and no LibTorch in this header: both sides include it.

#ifndef SLB_KERNELS_SEARCHKERNELS_H
#define SLB_KERNELS_SEARCHKERNELS_H

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace slb {

/// The searched weights of one layer, with K - 1 stored logits a weight (see
/// slb.search_forward for their meaning). What a kernel does not use may be
/// null.
struct SearchedTensor {
  int64_t count = 0;           ///< Weights n.
  int64_t rowStride = 0;       ///< From one candidate's row to the next.
  void *logits = nullptr;      ///< [K - 1][rowStride], float or bfloat16
  float *momentum = nullptr;   ///< [K - 1][rowStride]
  const float *grad = nullptr; ///< dL/dw, [n]
  float *weights = nullptr;    ///< [n]
  uint32_t *planes = nullptr;  ///< Bits of the argmax, [bits][ceil(n/32)]
};

/// What kernels are compiled for.
struct SearchVariant {
  std::vector<double> values; ///< 2 to 16, ascending, multiples of one scale.
  bool nesterov = false;
  bool bfloat16Logits = false; ///< Stored in two bytes, all else in float32.

  bool operator<(const SearchVariant &other) const {
    return std::tie(values, nesterov, bfloat16Logits) <
           std::tie(other.values, other.nesterov, other.bfloat16Logits);
  }
};

/// What a fused step is done with. Learning rate and weight decay are those of
/// SGD on all K logits, whatever K is.
struct SearchStep {
  float temperature = 1;     ///< Of the gradient, an inverse temperature.
  float nextTemperature = 1; ///< Of the weights that come out.
  float gradScale = 1;       ///< Multiplies dL/dw: clipping, averaging.
  float learningRate = 0;
  float momentum = 0;
  float weightDecay = 0;
};

/// The forward, the backward and the fused training step of searched weights
/// of one variant, compiled for this host once, cached, and safe to call from
/// several threads. A call runs on its thread alone and does the
/// weights [begin, end); to use several threads, give each a range whose begin
/// is a multiple of 32. The results are the same bits on every processor, and
/// whatever the ranges are.
class SearchKernels {
public:
  /// Null and a message in `error` if they cannot be compiled.
  static std::shared_ptr<const SearchKernels> get(const SearchVariant &variant,
                                                  std::string &error);
  ~SearchKernels();

  /// Weights and planes of the logits.
  void forward(const SearchedTensor &tensor, int64_t begin, int64_t end,
               float temperature) const;
  /// The gradient of slb.search_backward, rows like those of the logits but
  /// always float.
  void backward(const SearchedTensor &tensor, int64_t begin, int64_t end,
                float temperature, float *gradLogits) const;
  /// Gradient, SGD, weights and planes in one pass. Returns how many weights
  /// changed their argmax.
  int64_t step(const SearchedTensor &tensor, int64_t begin, int64_t end,
               const SearchStep &step) const;

private:
  struct Impl;
  explicit SearchKernels(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

/// The same kernels as an object file for a processor that need not be this
/// host's; functions and arguments are those of MLIR's C interface. Empty and a
/// message in `error` if they cannot be compiled.
std::string compileSearchObject(const SearchVariant &variant,
                                const std::string &triple,
                                const std::string &cpu, std::string &error);

} // namespace slb

#endif // SLB_KERNELS_SEARCHKERNELS_H
