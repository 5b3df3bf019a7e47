//===- Expectation.h - the expectation of searched weights ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_EXPECTATION_H
#define SLB_LIB_TRAINING_EXPECTATION_H

#include <torch/torch.h>

namespace slb {

/// sum_k softmax(T * logits)_k * values_k over dimension 0, differentiable in
/// the logits [K, ...]. On the CPU through slb.expectation compiled by MLIR, on
/// other devices through LibTorch's operators.
torch::Tensor expectation(const torch::Tensor &logits,
                          const std::vector<double> &values, float temperature);

} // namespace slb

#endif // SLB_LIB_TRAINING_EXPECTATION_H
