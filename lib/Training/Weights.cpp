//===- Weights.cpp - float, int8 and searched weights ---------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Weights.h"

using namespace slb;
using torch::Tensor;

static std::vector<float> toVector(const Tensor &tensor) {
  Tensor host = tensor.detach().to(torch::kCPU, torch::kFloat).contiguous();
  const float *data = host.data_ptr<float>();
  return std::vector<float>(data, data + host.numel());
}

namespace {

class FloatWeights : public Weights {
public:
  explicit FloatWeights(const Tensor &value) : value(value) {}

  Tensor get(const ForwardMode &) override { return value; }

  LayerWeights emit(const ForwardMode &) const override {
    LayerWeights weights;
    weights.kind = LayerWeights::Kind::Float;
    weights.shape = value.sizes().vec();
    weights.data = toVector(value);
    return weights;
  }

private:
  Tensor value;
};

/// Rounds to scale * -127..127; the gradient passes straight through.
struct RoundStraightThrough : torch::autograd::Function<RoundStraightThrough> {
  static Tensor forward(torch::autograd::AutogradContext *, const Tensor &value,
                        const Tensor &scale) {
    return value.div(scale).add_(0.5).floor_().clamp_(-127, 127).mul_(scale);
  }
  static torch::autograd::variable_list
  backward(torch::autograd::AutogradContext *,
           torch::autograd::variable_list gradients) {
    return {gradients[0], Tensor()};
  }
};

class Int8Weights : public Weights {
public:
  Int8Weights(const Tensor &value, bool scalePerChannel)
      : value(value), scalePerChannel(scalePerChannel) {}

  Tensor get(const ForwardMode &) override {
    return RoundStraightThrough::apply(value, scale());
  }

  LayerWeights emit(const ForwardMode &) const override {
    LayerWeights weights;
    weights.kind = LayerWeights::Kind::LowBit;
    weights.shape = value.sizes().vec();
    weights.set = ValueSet::range(-127, 127);
    weights.scales = toVector(scale().reshape(-1));
    Tensor codes = value.detach().div(scale()).add_(0.5).floor_();
    for (float code : toVector(codes.clamp_(-127, 127)))
      weights.codes.push_back(static_cast<uint8_t>(code + 127));
    return weights;
  }

private:
  /// The largest magnitude becomes 127.
  Tensor scale() const {
    Tensor magnitude = value.detach().abs();
    Tensor largest = magnitude.amax();
    if (scalePerChannel) {
      std::vector<int64_t> inner(value.dim() - 1);
      std::iota(inner.begin(), inner.end(), 1);
      largest = magnitude.amax(inner, /*keepdim=*/true);
    }
    return largest.clamp_min_(1e-8).div_(127);
  }

  Tensor value;
  bool scalePerChannel;
};

class SearchedWeights : public Weights {
public:
  SearchedWeights(std::shared_ptr<SearchedParameter> parameter, unsigned bits)
      : parameter(std::move(parameter)), bits(bits) {}

  Tensor get(const ForwardMode &mode) override {
    return mode.discrete ? parameter->getDiscrete()
                         : parameter->getExpected(mode.temperature);
  }

  LayerWeights emit(const ForwardMode &mode) const override {
    LayerWeights weights;
    weights.kind = LayerWeights::Kind::Searched;
    weights.shape = parameter->tensors.weights.sizes().vec();
    weights.data = toVector(parameter->getLogits());
    weights.set = ValueSet::odd(bits);
    weights.scales = {1.0f / float(parameter->values.size() - 1)};
    weights.temperature = mode.temperature;
    return weights;
  }

private:
  std::shared_ptr<SearchedParameter> parameter;
  unsigned bits;
};

} // namespace

std::unique_ptr<Weights> slb::makeWeights(NetworkState &state,
                                          const std::string &name, int64_t bits,
                                          const std::vector<int64_t> &shape,
                                          bool scalePerChannel) {
  auto elements = [](const std::vector<int64_t> &sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), int64_t(1),
                           std::multiplies<int64_t>());
  };
  if (bits == 8 || bits == 32) {
    // Uniform within 1 / sqrt(inputs), LibTorch's own default. Batch norm hides
    // the weights' scale, so it sets how fast they turn: from He-normal, 2.4
    // times as large, a short training ends before they have settled.
    double bound = std::sqrt(double(shape[0]) / elements(shape));
    Tensor value =
        state.addParameter(name + ".weight", ParameterKind::Weight,
                           torch::empty(shape).uniform_(-bound, bound));
    if (bits == 32)
      return std::make_unique<FloatWeights>(value);
    return std::make_unique<Int8Weights>(value, scalePerChannel);
  }
  // He-normal over the outputs and the candidates.
  int64_t count = int64_t(1) << bits;
  std::vector<int64_t> logitsShape = shape;
  logitsShape.insert(logitsShape.begin(), count);
  double deviation = std::sqrt(2.0 * shape.back() / elements(logitsShape));
  Tensor logits = (torch::randn(logitsShape) * deviation).to(state.device);
  std::vector<double> values;
  for (int64_t code = 0; code < count; ++code)
    values.push_back((2.0 * code - (count - 1)) / (count - 1));
  state.searched.push_back(std::make_shared<SearchedParameter>(
      name, values, logits, state.logitsType));
  return std::make_unique<SearchedWeights>(state.searched.back(), bits);
}
