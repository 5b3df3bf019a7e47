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

double slb::getClipScale(const NetworkState &state, double limit) {
  torch::NoGradGuard noGrad;
  std::vector<Tensor> norms;
  for (const Parameter &parameter : state.parameters)
    if (parameter.leaf.grad().defined())
      norms.push_back(parameter.leaf.grad().norm());
  for (auto &parameter : state.searched)
    if (parameter->tensors.weights.grad().defined())
      norms.push_back(parameter->tensors.weights.grad().norm());
  double norm = norms.empty() ? 0 : torch::stack(norms).norm().item<double>();
  return norm > limit ? limit / norm : 1;
}

Sgd::Sgd(const NetworkState &state, double momentum, SgdGroup weights,
         SgdGroup other)
    : state(state), momentum(momentum), groups{weights, other} {
  for (const Parameter &parameter : state.parameters)
    velocities.push_back(torch::zeros_like(parameter.value));
}

void Sgd::step(const SgdStep &step) {
  torch::NoGradGuard noGrad;
  for (size_t i = 0; i < velocities.size(); ++i) {
    const Parameter &parameter = state.parameters[i];
    Tensor value = parameter.value, gradient = parameter.leaf.grad();
    if (!gradient.defined())
      continue;
    const SgdGroup &group = groups[int(parameter.kind)];
    if (step.gradScale != 1)
      gradient.mul_(step.gradScale);
    if (group.weightDecay != 0)
      gradient.add_(value, group.weightDecay);
    velocities[i].mul_(momentum).add_(gradient);
    gradient.add_(velocities[i], momentum);
    value.sub_(gradient, step.rateScale * group.learningRate);
    parameter.leaf.mutable_grad() = Tensor();
  }
}

namespace {
/// With its gradient there, backward needs a leaf no more. It shares the
/// gradient's memory from then on, where the step writes the next weights.
struct BecomeGradient : torch::autograd::PostAccumulateGradHook {
  void operator()(const Tensor &leaf) override { leaf.set_data(leaf.grad()); }
};
} // namespace

SearchedSgd::SearchedSgd(const NetworkState &state, double momentum,
                         double learningRate, bool isGradientWhole)
    : momentum(momentum), learningRate(learningRate) {
  for (auto &parameter : state.searched) {
    if (isGradientWhole)
      torch::autograd::impl::set_post_acc_grad_hooks(
          parameter->tensors.weights, std::make_unique<BecomeGradient>());
    auto group = std::find_if(groups.begin(), groups.end(), [&](Group &other) {
      return other.values == parameter->values;
    });
    if (group == groups.end())
      group = groups.insert(group, {parameter->values, {}});
    group->parameters.push_back(parameter);
  }
}

void SearchedSgd::step(const SgdStep &step) {
  SearchStep fused;
  fused.temperature = fused.nextTemperature = step.temperature;
  fused.gradScale = float(step.gradScale);
  fused.learningRate = float(step.rateScale * learningRate);
  fused.momentum = float(momentum);
  for (const Group &group : groups) {
    std::vector<SearchedLayer> layers;
    for (auto &parameter : group.parameters) {
      SearchedLayer layer = parameter->tensors;
      layer.grad = layer.weights.grad();
      if (!layer.grad.defined())
        continue;
      layer.weights.mutable_grad() = Tensor();
      layer.grad = layer.grad.contiguous();
      layers.push_back(layer);
      parameter->setExpected(step.temperature);
    }
    if (!layers.empty())
      searchStep(layers, group.values, fused, /*nesterov=*/true);
  }
}
