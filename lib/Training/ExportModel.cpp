//===- ExportModel.cpp - writes a trained network as slb IR ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// The layers' way into the model; real-valued semantics equal to their
// forward passes with discrete weights.

#include "ExportModel.h"
#include "Layers.h"

using namespace slb;
using torch::Tensor;
using Value = ModelBuilder::Value;

static std::vector<float> toVector(const Tensor &tensor) {
  Tensor host = tensor.detach().to(torch::kCPU).contiguous();
  const float *data = host.data_ptr<float>();
  return std::vector<float>(data, data + host.numel());
}

Value Conv2dLayer::emit(ModelBuilder &builder, const Values &inputs,
                        const ForwardMode &mode) const {
  Conv2DGeometry geometry;
  geometry.strides = {stride, stride};
  geometry.pads = {padding, padding, padding, padding};
  return builder.conv2d(inputs[0], weights->emit(mode), geometry, name);
}

Value LinearLayer::emit(ModelBuilder &builder, const Values &inputs,
                        const ForwardMode &mode) const {
  Value product = builder.linear(inputs[0], weights->emit(mode), name);
  return builder.bias(product, toVector(bias));
}

Value StateBatchNormLayer::emit(ModelBuilder &builder, const Values &inputs,
                                const ForwardMode &) const {
  BatchNormParameters parameters;
  parameters.gamma = toVector(gamma);
  parameters.beta = toVector(beta);
  parameters.mean = toVector(mean);
  parameters.variance = toVector(variance);
  parameters.discreteMean = toVector(discreteMean);
  parameters.discreteVariance = toVector(discreteVariance);
  return builder.stateBatchNorm(inputs[0], parameters);
}

Value ActivationQuantizerLayer::emit(ModelBuilder &builder,
                                     const Values &inputs,
                                     const ForwardMode &) const {
  return builder.quantize(inputs[0], ValueSet::range(lo, hi),
                          scale().item<float>());
}

Value ReluLayer::emit(ModelBuilder &builder, const Values &inputs,
                      const ForwardMode &) const {
  return builder.relu(inputs[0]);
}

Value AddLayer::emit(ModelBuilder &builder, const Values &inputs,
                     const ForwardMode &) const {
  return builder.add(inputs[0], inputs[1]);
}

Value MaxPoolLayer::emit(ModelBuilder &builder, const Values &inputs,
                         const ForwardMode &) const {
  return builder.maxPool2d(inputs[0], {2, 2}, {2, 2}, {0, 0, 0, 0});
}

Value GlobalAveragePoolLayer::emit(ModelBuilder &builder, const Values &inputs,
                                   const ForwardMode &) const {
  return builder.averagePool2d(inputs[0], {height, width}, {1, 1},
                               {0, 0, 0, 0});
}

Value FlattenLayer::emit(ModelBuilder &builder, const Values &inputs,
                         const ForwardMode &) const {
  return builder.flatten(inputs[0]);
}

bool slb::exportModel(const Network &network, const Dataset &dataset,
                      float temperature, const std::string &path,
                      std::string &error) {
  ModelBuilder builder("main");
  Value input =
      builder.input({1, dataset.height, dataset.width, dataset.channels},
                    ValueSet::range(dataset.pixelMap.lo, dataset.pixelMap.hi),
                    dataset.pixelMap.scale, dataset.pixelMap.offset);
  ForwardMode mode;
  mode.discrete = true;
  mode.temperature = temperature;
  return builder.write({network.emit(builder, input, mode)}, path, error);
}
