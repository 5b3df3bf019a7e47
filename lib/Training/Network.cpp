//===- Network.cpp - a network as a graph of layers -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Network.h"
#include "Weights.h"

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
  torch::NoGradGuard noGrad;
  SearchProgress progress;
  double decided = 0, gap = 0;
  for (const Weights *weights : searched) {
    Tensor logits = weights->logits().flatten(1);
    Tensor values =
        torch::tensor(weights->values(), torch::kFloat).to(logits.device());
    Tensor p = torch::softmax((logits - logits.amax(0, true)) * temperature, 0);
    Tensor expected = (p * values.unsqueeze(1)).sum(0);
    Tensor selected = values.index({logits.argmax(0)});
    decided += p.amax(0).gt(0.99).sum().item<double>();
    gap += (expected - selected).abs().sum(torch::kDouble).item<double>();
    progress.weights += logits.size(1);
  }
  if (progress.weights > 0) {
    progress.decided = decided / progress.weights;
    progress.gap = gap / progress.weights;
  }
  return progress;
}
