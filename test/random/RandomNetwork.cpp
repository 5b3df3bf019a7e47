//===- RandomNetwork.cpp - small random networks for testing --------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomNetwork.h"
#include <algorithm>
#include <cmath>

using namespace slb;

RandomNetwork::RandomNetwork(uint64_t seed)
    : generator(seed), builder("net" + std::to_string(seed)) {
  static const Activation all[] = {Activation::Bit,   Activation::Sign,
                                   Activation::Bits2, Activation::Bits3,
                                   Activation::Bits4, Activation::Bits8,
                                   Activation::Float};
  static const char *const names[] = {"A1", "sign", "A2", "A3",
                                      "A4", "A8",   "A32"};
  int64_t kind = draw(0, 6);
  activation = all[kind];
  description = names[kind];
  scale = 2.0f / std::max<float>(1, getActivationSet().hi);

  Tensor x = addConvolution(drawInput(), /*isFirst=*/true);
  for (int64_t i = draw(1, 3); i > 0; --i) {
    int64_t what = draw(0, 9);
    if (what < 5)
      x = addConvolution(x, /*isFirst=*/false);
    else if (what < 7)
      x = addResidualBlock(x);
    else if (what < 9)
      x = addPool(x);
    else
      x = addConcat(x);
  }
  output = addClassifier(x);
}

bool RandomNetwork::write(const std::string &path, std::string &error) {
  return builder.write({output}, path, error);
}

//===----------------------------------------------------------------------===//
// Draws
//===----------------------------------------------------------------------===//

// Not std::uniform_int_distribution: its numbers differ between libraries.
int64_t RandomNetwork::draw(int64_t lo, int64_t hi) {
  return lo + int64_t(generator() % uint64_t(hi - lo + 1));
}

float RandomNetwork::drawReal(float lo, float hi) {
  return lo + (hi - lo) * float(generator() >> 40) * 0x1p-24f;
}

std::vector<float> RandomNetwork::drawVector(int64_t count, float lo,
                                             float hi) {
  std::vector<float> values(count);
  for (float &value : values)
    value = drawReal(lo, hi);
  return values;
}

ValueSet RandomNetwork::drawWeightSet() {
  switch (draw(0, 6)) {
  case 0:
  case 1:
    return ValueSet::odd(1);
  case 2:
    return ValueSet::odd(2);
  case 3:
    return ValueSet::odd(3);
  case 4:
    return ValueSet::odd(4);
  case 5:
    return ValueSet::list({-1, 0, 1});
  default:
    return ValueSet::list({-4, -2, -1, 0, 1, 2, 4});
  }
}

static int64_t getSize(const ValueSet &set) {
  switch (set.kind) {
  case ValueSet::Kind::Odd:
    return int64_t(1) << set.bits;
  case ValueSet::Kind::Range:
    return set.hi - set.lo + 1;
  case ValueSet::Kind::List:
    return int64_t(set.values.size());
  }
  return 0;
}

LayerWeights RandomNetwork::drawWeights(std::vector<int64_t> shape,
                                        bool isFirstOrLast) {
  LayerWeights weights;
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  weights.shape = shape;
  weights.set = isFirstOrLast && chance(70) ? ValueSet::range(-127, 127)
                                            : drawWeightSet();
  int64_t size = getSize(weights.set);
  int64_t limit = weights.set.kind == ValueSet::Kind::Odd ? size - 1
                  : weights.set.kind == ValueSet::Kind::List
                      ? weights.set.values.back()
                      : weights.set.hi;
  weights.scales = {1.0f / float(limit)};
  description +=
      ' ' + (isFirstOrLast && size == 255 ? std::string("w8")
                                          : "w" + std::to_string(size));
  if (weights.set.kind == ValueSet::Kind::Odd && chance(50)) {
    weights.kind = LayerWeights::Kind::Searched;
    weights.data = drawVector(size * count, -1, 1);
    weights.temperature = 100;
    return weights;
  }
  weights.kind = LayerWeights::Kind::LowBit;
  for (int64_t i = 0; i < count; ++i)
    weights.codes.push_back(uint8_t(draw(0, size - 1)));
  if (chance(40)) {
    weights.scales = drawVector(shape[0], 0.5f, 1.5f);
    for (float &each : weights.scales)
      each /= float(limit);
  }
  return weights;
}

ModelBuilder::Value RandomNetwork::drawNorm(ModelBuilder::Value x,
                                            int64_t channels, float rms) {
  BatchNormParameters norm;
  norm.gamma = drawVector(channels, -1.5f, 1.5f);
  norm.beta = drawVector(channels, -0.2f, 1.0f);
  norm.mean = norm.discreteMean = drawVector(channels, -rms, rms);
  norm.variance = norm.discreteVariance =
      drawVector(channels, 0.5f * rms * rms, 2 * rms * rms);
  if (chance(10))
    norm.gamma.front() = 0;
  return builder.stateBatchNorm(x, norm);
}

ValueSet RandomNetwork::getActivationSet() const {
  switch (activation) {
  case Activation::Bit:
    return ValueSet::range(0, 1);
  case Activation::Sign:
    return ValueSet::odd(1);
  case Activation::Bits2:
    return ValueSet::range(0, 3);
  case Activation::Bits3:
    return ValueSet::range(0, 7);
  case Activation::Bits4:
    return ValueSet::range(0, 15);
  default:
    return ValueSet::range(0, 255);
  }
}

RandomNetwork::Tensor RandomNetwork::activate(ModelBuilder::Value x,
                                              int64_t height, int64_t width,
                                              int64_t channels) {
  ModelBuilder::Value y = activation == Activation::Float
                              ? builder.relu(x)
                              : builder.quantize(x, getActivationSet(), scale);
  return {y, height, width, channels, 1};
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

RandomNetwork::Tensor RandomNetwork::drawInput() {
  Tensor x;
  x.height = draw(3, 9);
  x.width = draw(3, 9);
  x.channels = chance(50) ? draw(1, 4) : draw(5, 40);
  ValueSet set =
      chance(50) ? ValueSet::range(0, 255) : ValueSet::range(-128, 127);
  x.value = builder.input({1, x.height, x.width, x.channels}, set, 1.0f / 128);
  x.rms = 1;
  return x;
}

RandomNetwork::Tensor RandomNetwork::addConvolution(const Tensor &x,
                                                    bool isFirst) {
  static const int64_t kernels[] = {1, 3, 3, 5, 7};
  Conv2DGeometry g;
  int64_t kernel[2], size[2] = {x.height, x.width};
  for (int d = 0; d < 2; ++d) {
    do {
      kernel[d] = kernels[draw(0, 4)];
      g.strides[d] = chance(70) ? 1 : draw(2, 3);
      g.dilations[d] = chance(80) ? 1 : 2;
      for (int side = 0; side < 2; ++side)
        g.pads[2 * d + side] =
            chance(60) ? kernel[d] / 2 : draw(0, kernel[d] - 1);
      size[d] += g.pads[2 * d] + g.pads[2 * d + 1] -
                 g.dilations[d] * (kernel[d] - 1) - 1;
      if (size[d] >= 0)
        break;
      size[d] = d == 0 ? x.height : x.width;
    } while (true);
    size[d] = size[d] / g.strides[d] + 1;
  }
  int64_t channels = draw(1, 70);
  if (chance(15)) { // Depthwise, sometimes with a multiplier.
    g.groups = x.channels;
    channels = x.channels * draw(1, x.channels < 30 ? 2 : 1);
  } else if (x.channels % 2 == 0 && chance(20)) {
    g.groups = 2;
    channels = 2 * draw(1, 20);
  }
  int64_t inputs = x.channels / g.groups;
  LayerWeights weights =
      drawWeights({channels, kernel[0], kernel[1], inputs}, isFirst);
  ModelBuilder::Value y =
      builder.conv2d(x.value, weights, g, "conv" + std::to_string(++layers));
  description += " conv" + std::to_string(kernel[0]) + "x" +
                 std::to_string(kernel[1]) + ":" + std::to_string(x.channels) +
                 ">" + std::to_string(channels);
  if (size[0] >= 2 && size[1] >= 2 && chance(30)) {
    y = builder.maxPool2d(y, {2, 2}, {2, 2}, {0, 0, 0, 0});
    size[0] /= 2;
    size[1] /= 2;
    description += " pool";
  }
  float rms = 0.6f * x.rms * std::sqrt(float(kernel[0] * kernel[1] * inputs));
  return activate(drawNorm(y, channels, rms), size[0], size[1], channels);
}

/// conv, norm, + x, quantizer: the sum of two tensors of different scales.
RandomNetwork::Tensor RandomNetwork::addResidualBlock(const Tensor &x) {
  Conv2DGeometry g;
  g.pads = {1, 1, 1, 1};
  LayerWeights weights = drawWeights({x.channels, 3, 3, x.channels}, false);
  ModelBuilder::Value y =
      builder.conv2d(x.value, weights, g, "conv" + std::to_string(++layers));
  description += " residual";
  y = drawNorm(y, x.channels, x.rms * std::sqrt(9.0f * x.channels));
  return activate(builder.add(y, x.value), x.height, x.width, x.channels);
}

RandomNetwork::Tensor RandomNetwork::addPool(const Tensor &x) {
  if (x.height < 2 || x.width < 2)
    return x;
  Tensor y = x;
  if (chance(50)) {
    // Overlapping windows with pads, which fuse into nothing.
    y.value = builder.maxPool2d(x.value, {2, 2}, {1, 1}, {1, 0, 0, 1});
    description += " maxpool";
    return activation == Activation::Float
               ? y
               : activate(y.value, y.height, y.width, y.channels);
  }
  y.value = builder.averagePool2d(x.value, {2, 2}, {2, 2}, {0, 0, 0, 0});
  description += " avgpool";
  return activate(y.value, x.height / 2, x.width / 2, x.channels);
}

RandomNetwork::Tensor RandomNetwork::addConcat(const Tensor &x) {
  Conv2DGeometry g;
  LayerWeights weights = drawWeights({draw(1, 40), 1, 1, x.channels}, false);
  int64_t channels = weights.shape[0];
  ModelBuilder::Value y =
      builder.conv2d(x.value, weights, g, "conv" + std::to_string(++layers));
  Tensor branch =
      activate(drawNorm(y, channels, x.rms * std::sqrt(float(x.channels))),
               x.height, x.width, channels);
  // The first layer's input has another set than the activations.
  if (layers == 1)
    return branch;
  description += " concat";
  branch.value = builder.concat({x.value, branch.value});
  branch.channels += x.channels;
  return branch;
}

ModelBuilder::Value RandomNetwork::addClassifier(const Tensor &x) {
  Tensor features = x;
  int64_t inputs = x.channels;
  if (chance(50)) {
    features.value = builder.averagePool2d(x.value, {x.height, x.width}, {1, 1},
                                           {0, 0, 0, 0});
    if (activation != Activation::Float)
      features.value =
          builder.quantize(features.value, ValueSet::range(0, 255), 2.0f / 255);
  } else {
    inputs = x.height * x.width * x.channels;
  }
  description += " linear:" + std::to_string(inputs);
  int64_t classes = draw(2, 12);
  LayerWeights weights = drawWeights({classes, inputs}, true);
  ModelBuilder::Value y =
      builder.linear(builder.flatten(features.value), weights, "fc");
  return builder.bias(y, drawVector(classes, -1, 1));
}
