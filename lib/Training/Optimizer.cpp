//===- Optimizer.cpp - SGD with Nesterov momentum -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Optimizer.h"

using namespace slb;
using torch::Tensor;

Sgd::Sgd(const NetworkState &state, double momentum, SgdGroup weights,
         SgdGroup logits, SgdGroup other)
    : state(state), momentum(momentum), groups{weights, logits, other} {
  for (const Parameter &parameter : state.parameters)
    velocities.push_back(torch::zeros_like(parameter.value));
}

void Sgd::step(double scale) {
  torch::NoGradGuard noGrad;
  for (size_t i = 0; i < velocities.size(); ++i) {
    Tensor value = state.parameters[i].value;
    Tensor gradient = value.grad();
    if (!gradient.defined())
      continue;
    const SgdGroup &group = groups[int(state.parameters[i].kind)];
    if (group.weightDecay != 0)
      gradient.add_(value, group.weightDecay);
    velocities[i].mul_(momentum).add_(gradient);
    gradient.add_(velocities[i], momentum);
    value.sub_(gradient, scale * group.learningRate);
    value.mutable_grad() = Tensor();
  }
}
