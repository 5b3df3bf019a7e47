//===- Layers.cpp - forward passes of the layers --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"

using namespace slb;
using torch::Tensor;

static constexpr double kEpsilon = 1e-5;
/// A clip is never learned away.
static constexpr double kSmallestClip = 1e-3;

Tensor Conv2dLayer::forward(const Tensors &inputs, const ForwardMode &mode) {
  return torch::conv2d(inputs[0], weights->get(mode).permute({0, 3, 1, 2}), {},
                       stride, padding);
}

Tensor LinearLayer::forward(const Tensors &inputs, const ForwardMode &mode) {
  return torch::linear(inputs[0], weights->get(mode), bias);
}

StateBatchNormLayer::StateBatchNormLayer(NetworkState &state,
                                         const std::string &name,
                                         int64_t channels)
    : gamma(state.addParameter(name + ".gamma", ParameterKind::Other,
                               torch::ones(channels))),
      beta(state.addParameter(name + ".beta", ParameterKind::Other,
                              torch::zeros(channels))),
      mean(state.addBuffer(name + ".mean", torch::zeros(channels))),
      variance(state.addBuffer(name + ".variance", torch::ones(channels))),
      discreteMean(
          state.addBuffer(name + ".discrete_mean", torch::zeros(channels))),
      discreteVariance(state.addBuffer(name + ".discrete_variance",
                                       torch::ones(channels))) {}

Tensor StateBatchNormLayer::forward(const Tensors &inputs,
                                    const ForwardMode &mode) {
  return torch::batch_norm(inputs[0], gamma, beta,
                           mode.discrete ? discreteMean : mean,
                           mode.discrete ? discreteVariance : variance,
                           mode.training, mode.statisticsMomentum, kEpsilon,
                           /*cudnn_enabled=*/true);
}

namespace {

struct Pact : torch::autograd::Function<Pact> {
  static Tensor forward(torch::autograd::AutogradContext *context,
                        const Tensor &x, const Tensor &, const Tensor &scale,
                        int64_t lo, int64_t hi) {
    Tensor y = x.div(scale).add_(0.5).floor_().clamp_(lo, hi).mul_(scale);
    // Two values are all threshold: a window as narrow as the clip would let
    // too few activations learn.
    double margin = hi - lo == 1 ? 0.75 : 0;
    context->save_for_backward({x, y, scale * (double(lo) - margin),
                                scale * (double(hi) + margin), scale * hi});
    return y;
  }

  static torch::autograd::variable_list
  backward(torch::autograd::AutogradContext *context,
           torch::autograd::variable_list gradients) {
    auto saved = context->get_saved_variables();
    const Tensor &x = saved[0], &y = saved[1], &gradient = gradients[0];
    const Tensor &lowest = saved[2], &highest = saved[3], &clip = saved[4];
    Tensor inside = x.gt(lowest).logical_and_(x.lt(highest));
    Tensor gradInput = gradient * inside;
    // dy/dclip = y / clip beyond the clip and (y - x) / clip, the rounding
    // error, within it: without the latter few bits learn a poor clip.
    Tensor gradClip = (gradient.mul(y).sum() - gradInput.mul(x).sum()) / clip;
    return {gradInput, gradClip, Tensor(), Tensor(), Tensor()};
  }
};

} // namespace

Tensor ActivationQuantizerLayer::scale() const {
  return clip.detach().clamp_min(kSmallestClip).div_(hi);
}

Tensor ActivationQuantizerLayer::forward(const Tensors &inputs,
                                         const ForwardMode &) {
  return Pact::apply(inputs[0], clip, scale(), lo, hi);
}

Tensor ReluLayer::forward(const Tensors &inputs, const ForwardMode &) {
  return torch::relu(inputs[0]);
}

Tensor AddLayer::forward(const Tensors &inputs, const ForwardMode &) {
  return inputs[0] + inputs[1];
}

Tensor MaxPoolLayer::forward(const Tensors &inputs, const ForwardMode &) {
  return torch::max_pool2d(inputs[0], 2);
}

Tensor GlobalAveragePoolLayer::forward(const Tensors &inputs,
                                       const ForwardMode &) {
  return inputs[0].mean({2, 3}, /*keepdim=*/true);
}

Tensor FlattenLayer::forward(const Tensors &inputs, const ForwardMode &) {
  return inputs[0].permute({0, 2, 3, 1}).flatten(1);
}
