//===- SearchOperators.h - searched weights as tensors ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The kernels of searched weights on LibTorch's tensors. The same functions are
// registered as torch.ops.slb; libslb_torch brings them into Python.
//
// Stored logits are [K-1, ...] of the weights [...], contiguous float32 or
// bfloat16: see slb.search_forward for what they mean. All other tensors are
// float32. On the CPU, and on GPUs that the
// compiler knows, the kernels of slb.search_* do the work; on other devices
// LibTorch's own operators do, with the same results within rounding.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_OPERATORS_SEARCHOPERATORS_H
#define SLB_OPERATORS_SEARCHOPERATORS_H

#include "slb/Kernels/SearchKernels.h"

#include <torch/types.h>

namespace slb {

/// K logits [K, ...] as stored ones: centred, then without the last. The
/// weights they stand for stay the same.
torch::Tensor storeLogits(const torch::Tensor &logits);

/// All K logits of stored ones, float32.
torch::Tensor expandLogits(const torch::Tensor &stored);

/// Zeros as rows for stored logits [K-1, ...] or their momentum, an odd
/// number of 32 weights apart: rows that are a power of two apart would share
/// the few places that a cache has for them, and a step takes up to half as
/// long again.
torch::Tensor allocateRows(c10::IntArrayRef shape,
                           const torch::TensorOptions &options);

/// The shape of `planes`, int32 words, for K values and n weights.
std::vector<int64_t> getPlanesShape(int64_t valueCount, int64_t weightCount);

/// The expected weights, [...]. torch.ops.slb.expectation is differentiable.
torch::Tensor computeExpectation(const torch::Tensor &logits,
                                 c10::ArrayRef<double> values,
                                 double temperature);

/// The gradient of the stored logits, from dL/dw: that of slb.search_backward.
/// Descending along it moves the K - 1 logits as if all K were stored.
torch::Tensor computeExpectationGrad(const torch::Tensor &grad,
                                     const torch::Tensor &logits,
                                     c10::ArrayRef<double> values,
                                     double temperature);

/// One layer's tensors for the functions below, which write `weights` and
/// `planes`. Layers of one call lie on one device and share a value set
/// and the type of logits. All are contiguous, but for the rows of logits and
/// momentum: those of allocateRows are as welcome.
struct SearchedLayer {
  torch::Tensor logits;   ///< [K-1, ...]
  torch::Tensor momentum; ///< [K-1, ...], strides as those of the logits; not
                          ///< used by searchForward.
  torch::Tensor grad;     ///< dL/dw [...]; not used by searchForward.
  torch::Tensor weights;  ///< [...]
  torch::Tensor planes;   ///< Of getPlanesShape.
};

/// Weights and argmax of the logits, in one launch for all layers.
void searchForward(const std::vector<SearchedLayer> &layers,
                   c10::ArrayRef<double> values, double temperature);

/// Gradient, SGD, weights and argmax in one pass, in one launch for all layers.
/// Returns how many weights changed their argmax: an int32 scalar on the
/// layers' device.
torch::Tensor searchStep(const std::vector<SearchedLayer> &layers,
                         c10::ArrayRef<double> values, const SearchStep &step,
                         bool nesterov);

} // namespace slb

#endif // SLB_OPERATORS_SEARCHOPERATORS_H
