//===- Loss.h - what training minimises -------------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_LOSS_H
#define SLB_LIB_TRAINING_LOSS_H

#include <functional>
#include <torch/torch.h>

namespace slb {

/// The mean loss of a batch from the network's output and the labels.
using Loss = std::function<torch::Tensor(const torch::Tensor &output,
                                         const torch::Tensor &labels)>;

inline Loss crossEntropy(double labelSmoothing) {
  return [=](const torch::Tensor &output, const torch::Tensor &labels) {
    return torch::cross_entropy_loss(output, labels, /*weight=*/{},
                                     torch::Reduction::Mean,
                                     /*ignore_index=*/-100, labelSmoothing);
  };
}

} // namespace slb

#endif // SLB_LIB_TRAINING_LOSS_H
