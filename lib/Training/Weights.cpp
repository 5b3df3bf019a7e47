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

/// Weights that are rounded to scale * -127..127 for each forward pass.
class Int8Weights : public Weights {
public:
  Int8Weights(const Parameter &parameter, bool scalePerChannel)
      : value(parameter.value), leaf(parameter.leaf),
        scalePerChannel(scalePerChannel) {}

  Tensor get(const ForwardMode &) override {
    torch::NoGradGuard noGrad;
    Tensor scale = getScale();
    return round(leaf, scale).mul_(scale);
  }

  LayerWeights emit(const ForwardMode &) const override {
    torch::NoGradGuard noGrad;
    LayerWeights weights;
    weights.kind = LayerWeights::Kind::LowBit;
    weights.shape = value.sizes().vec();
    weights.set = ValueSet::range(-127, 127);
    Tensor scale = getScale(), rounded = torch::empty_like(value);
    weights.scales = toVector(scale.reshape(-1));
    for (float integer : toVector(round(rounded, scale)))
      weights.codes.push_back(static_cast<uint8_t>(integer + 127));
    return weights;
  }

private:
  /// The largest magnitude becomes 127.
  Tensor getScale() const {
    std::vector<int64_t> inner(value.dim() - 1);
    std::iota(inner.begin(), inner.end(), 1);
    at::OptionalIntArrayRef all;
    Tensor largest = torch::linalg_vector_norm(
        value, std::numeric_limits<double>::infinity(),
        scalePerChannel ? inner : all, /*keepdim=*/true);
    return largest.clamp_min_(1e-8).div_(127);
  }

  /// The value as integers, written to `result`. Ties go to the even one: one
  /// pass less than upward, and nothing else has to round weights alike.
  Tensor round(Tensor result, const Tensor &scale) const {
    return torch::div_out(result, value, scale).round_();
  }

  Tensor value, leaf;
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
    Parameter &parameter = state.parameters.back();
    parameter.leaf = torch::empty_like(value).set_requires_grad(true);
    return std::make_unique<Int8Weights>(parameter, scalePerChannel);
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
