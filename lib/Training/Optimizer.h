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

/// g += weightDecay * p; m = momentum * m + g; p -= lr * (g + momentum * m).
class Sgd {
public:
  Sgd(const NetworkState &state, double momentum, SgdGroup weights,
      SgdGroup logits, SgdGroup other);

  /// One step with every learning rate times `scale`. Parameters without a
  /// gradient stay as they are. Drops the gradients.
  void step(double scale);

  /// The momentum of each parameter, in the order of the network's.
  std::vector<torch::Tensor> velocities;

private:
  const NetworkState &state;
  double momentum;
  SgdGroup groups[3]; ///< By ParameterKind.
};

} // namespace slb

#endif // SLB_LIB_TRAINING_OPTIMIZER_H
