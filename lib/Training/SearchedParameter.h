//===- SearchedParameter.h - a layer's searched weights ---------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_SEARCHEDPARAMETER_H
#define SLB_LIB_TRAINING_SEARCHEDPARAMETER_H

#include "SearchProgress.h"
#include "slb/Operators/SearchOperators.h"

#include <torch/torch.h>

namespace slb {

/// Searched weights as training keeps them: K - 1 stored logits with their
/// momentum, and the real weights that follow from them. Autograd ends at the
/// real weights; SearchedSgd takes their gradient to the logits.
class SearchedParameter {
public:
  /// `logits` are all K, [K, ...]; they are stored as `type`.
  SearchedParameter(const std::string &name, std::vector<double> values,
                    const torch::Tensor &logits,
                    torch::ScalarType type = torch::kFloat);

  /// The expectation at a temperature, a leaf of autograd.
  torch::Tensor getExpected(float temperature);
  /// The argmax; nothing learns from its gradient.
  torch::Tensor getDiscrete();
  /// Says that the logits were changed, and which weights go with them.
  void setExpected(float temperature) { content = temperature; }
  void setUnknown() { content = kUnknown; }

  /// All K logits, [K, ...].
  torch::Tensor getLogits() const { return expandLogits(tensors.logits); }
  /// Adds this layer's weights to `progress`, whose shares are sums until all
  /// layers are added.
  void addProgress(double temperature, SearchProgress &progress) const;

  const std::string name;
  const std::vector<double> values;
  SearchedLayer tensors; ///< `grad` is not used.

private:
  static constexpr float kUnknown = -1, kDiscrete = -2;

  /// What is in tensors.weights: the temperature of an expectation, or one of
  /// the above.
  float content = kUnknown;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_SEARCHEDPARAMETER_H
