//===- Network.cpp - a network as a graph of layers -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Network.h"

using namespace slb;
using torch::Tensor;

Tensor Network::forward(const Tensor &input, const ForwardMode &mode) {
  std::vector<Tensor> values(nodes.size() + 1);
  values[0] = input;
  for (size_t i = 0; i < nodes.size(); ++i) {
    std::vector<Tensor> inputs;
    for (size_t value : nodes[i].inputs)
      inputs.push_back(values[value]);
    values[i + 1] = nodes[i].layer->forward(inputs, mode);
    // Frees what inference needs no more; autograd keeps its own.
    for (size_t value : nodes[i].inputs)
      if (lastUse[value] == i)
        values[value] = Tensor();
  }
  return values.back();
}

ModelBuilder::Value Network::emit(ModelBuilder &builder,
                                  ModelBuilder::Value input,
                                  const ForwardMode &mode) const {
  std::vector<ModelBuilder::Value> values = {input};
  for (const Node &node : nodes) {
    std::vector<ModelBuilder::Value> inputs;
    for (size_t value : node.inputs)
      inputs.push_back(values[value]);
    values.push_back(node.layer->emit(builder, inputs, mode));
  }
  return values.back();
}

SearchProgress Network::searchProgress(float temperature) const {
  SearchProgress progress;
  if (state.searched.empty())
    return progress;
  progress.decided = 0;
  for (auto &parameter : state.searched)
    parameter->addProgress(temperature, progress);
  progress.decided /= double(progress.weights);
  progress.gap /= double(progress.weights);
  return progress;
}
