//===- NetworkBuilder.cpp - builds networks layer by layer ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkBuilder.h"
#include "Layers.h"

using namespace slb;
using Value = NetworkBuilder::Value;

static constexpr double kInitialClip = 3;
/// Of one bit, whose threshold is half the clip.
static constexpr double kInitialClip1Bit = 1.5;

Value NetworkBuilder::append(std::unique_ptr<Layer> layer,
                             std::vector<size_t> inputs, int64_t channels,
                             int64_t height, int64_t width) {
  size_t node = network.nodes.size();
  network.lastUse.push_back(Network::kNever);
  for (size_t input : inputs)
    network.lastUse[input] = node;
  network.nodes.push_back({std::move(layer), std::move(inputs)});
  return {node + 1, channels, height, width, {}};
}

Value NetworkBuilder::input(int64_t channels, int64_t height, int64_t width) {
  return {0, channels, height, width, {}};
}

std::unique_ptr<Weights>
NetworkBuilder::weights(const std::string &name, Position position,
                        const std::vector<int64_t> &shape) {
  int64_t bits = precision.weightBits;
  if (position == Position::Edge && bits != 32)
    bits = 8;
  auto given = precision.layerBits.find(name);
  if (given != precision.layerBits.end())
    bits = given->second;
  names.push_back(name);
  // The scale of a convolution's channel is absorbed by its batch norm.
  bool scalePerChannel = shape.size() == 4;
  return makeWeights(network.state, name, bits, shape, scalePerChannel);
}

Value NetworkBuilder::conv2d(const std::string &name, const Value &x,
                             int64_t channels, int64_t kernel, int64_t stride,
                             Position position) {
  auto filter = weights(name, position, {channels, kernel, kernel, x.channels});
  auto layer =
      std::make_unique<Conv2dLayer>(name, std::move(filter), kernel, stride);
  return append(std::move(layer), {x.index}, channels,
                (x.height - 1) / stride + 1, (x.width - 1) / stride + 1);
}

Value NetworkBuilder::batchNorm(const std::string &name, const Value &x) {
  auto layer = std::make_unique<StateBatchNormLayer>(network.state,
                                                     name + ".bn", x.channels);
  return append(std::move(layer), {x.index}, x.channels, x.height, x.width);
}

Value NetworkBuilder::activation(const std::string &name, const Value &x) {
  if (precision.activationBits == 32)
    return append(std::make_unique<ReluLayer>(), {x.index}, x.channels,
                  x.height, x.width);
  double initial =
      precision.activationBits == 1 ? kInitialClip1Bit : kInitialClip;
  torch::Tensor clip = network.state.addParameter(
      name + ".clip", ParameterKind::Other, torch::full({}, initial));
  int64_t hi = (int64_t(1) << precision.activationBits) - 1;
  auto layer = std::make_unique<ActivationQuantizerLayer>(clip, 0, hi);
  Value result =
      append(std::move(layer), {x.index}, x.channels, x.height, x.width);
  result.clip = clip;
  return result;
}

Value NetworkBuilder::shortcutQuantizer(const std::string &name,
                                        const Value &x) {
  if (precision.activationBits == 32)
    return x;
  torch::Tensor clip = network.state.addParameter(
      name + ".clip", ParameterKind::Other, torch::full({}, kInitialClip));
  auto layer = std::make_unique<ActivationQuantizerLayer>(clip, -127, 127);
  return append(std::move(layer), {x.index}, x.channels, x.height, x.width);
}

Value NetworkBuilder::add(const Value &a, const Value &b) {
  return append(std::make_unique<AddLayer>(), {a.index, b.index}, a.channels,
                a.height, a.width);
}

Value NetworkBuilder::maxPool(const Value &x) {
  return append(std::make_unique<MaxPoolLayer>(), {x.index}, x.channels,
                x.height / 2, x.width / 2);
}

Value NetworkBuilder::globalAveragePool(const Value &x) {
  Value mean =
      append(std::make_unique<GlobalAveragePoolLayer>(x.height, x.width),
             {x.index}, x.channels, 1, 1);
  // A mean cannot exceed the clip of what it averages, so it shares it.
  if (x.clip.defined())
    mean = append(
        std::make_unique<ActivationQuantizerLayer>(x.clip.detach(), 0, 255),
        {mean.index}, x.channels, 1, 1);
  return flatten(mean);
}

Value NetworkBuilder::flatten(const Value &x) {
  return append(std::make_unique<FlattenLayer>(), {x.index},
                x.channels * x.height * x.width, 1, 1);
}

Value NetworkBuilder::linear(const std::string &name, const Value &x,
                             int64_t outputs) {
  auto filter = weights(name, Position::Edge, {outputs, x.channels});
  torch::Tensor bias = network.state.addParameter(
      name + ".bias", ParameterKind::Other, torch::zeros(outputs));
  auto layer = std::make_unique<LinearLayer>(name, std::move(filter), bias);
  return append(std::move(layer), {x.index}, outputs, 1, 1);
}
