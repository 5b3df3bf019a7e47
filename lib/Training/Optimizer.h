//===- Optimizer.h - SGD with Nesterov momentum -----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_OPTIMIZER_H
#define SLB_LIB_TRAINING_OPTIMIZER_H

#include "State.h"

namespace slb {

/// What a kind of parameter is trained with.
struct SgdGroup {
  double learningRate = 0;
  double weightDecay = 0;
};

/// What one step is taken with.
struct SgdStep {
  double rateScale = 1;  ///< Times every learning rate.
  double gradScale = 1;  ///< Times every gradient.
  float temperature = 1; ///< Of the forward pass.
};

/// The factor that brings the norm of all gradients, dL/dw for searched
/// weights, down to `limit` where it is above.
double getClipScale(const NetworkState &state, double limit);

/// g += weightDecay * p; m = momentum * m + g; p -= lr * (g + momentum * m).
class Sgd {
public:
  Sgd(const NetworkState &state, double momentum, SgdGroup weights,
      SgdGroup other);

  /// Parameters without a gradient stay as they are. Drops the gradients.
  void step(const SgdStep &step);

  /// The momentum of each parameter, in the order of the network's.
  std::vector<torch::Tensor> velocities;

private:
  const NetworkState &state;
  double momentum;
  SgdGroup groups[2]; ///< By ParameterKind.
};

/// The same for the logits of searched weights, without weight decay, as one
/// fused pass for all layers of a value set: from dL/dw to the next weights.
class SearchedSgd {
public:
  /// If each gradient comes whole, by one backward pass, weights give up their
  /// memory to it: they are lost from then to the next step.
  SearchedSgd(const NetworkState &state, double momentum, double learningRate,
              bool isGradientWhole);

  /// As for Sgd. While training uses the argmax there are no gradients, and the
  /// logits stay.
  void step(const SgdStep &step);

private:
  struct Group {
    std::vector<double> values;
    std::vector<std::shared_ptr<SearchedParameter>> parameters;
  };
  std::vector<Group> groups;
  double momentum, learningRate;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_OPTIMIZER_H
