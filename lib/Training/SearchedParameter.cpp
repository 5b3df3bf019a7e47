//===- SearchedParameter.cpp - a layer's searched weights -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SearchedParameter.h"

using namespace slb;
using torch::Tensor;

/// Weights whose K logits are worked on at a time, to bound the memory.
static constexpr int64_t kBlockWeights = 1 << 16;

SearchedParameter::SearchedParameter(const std::string &name,
                                     std::vector<double> values,
                                     const Tensor &logits,
                                     torch::ScalarType type)
    : name(name), values(std::move(values)) {
  Tensor stored = storeLogits(logits);
  tensors.logits = allocateRows(stored.sizes(), logits.options().dtype(type));
  tensors.logits.copy_(stored);
  tensors.momentum = allocateRows(stored.sizes(), logits.options());
  tensors.weights = torch::empty(logits.sizes().slice(1), logits.options());
  tensors.weights.set_requires_grad(true);
  tensors.planes =
      torch::empty(getPlanesShape(logits.size(0), tensors.weights.numel()),
                   logits.options().dtype(torch::kInt));
}

Tensor SearchedParameter::getExpected(float temperature) {
  if (content != temperature)
    searchForward({tensors}, values, temperature);
  content = temperature;
  return tensors.weights;
}

/// Calls `body(begin, logits)` with all K logits of a block of weights.
template <typename BodyT>
static void forEachBlock(const Tensor &stored, BodyT body) {
  Tensor rows = stored.flatten(1);
  for (int64_t begin = 0; begin < rows.size(1); begin += kBlockWeights) {
    int64_t end = std::min(begin + kBlockWeights, rows.size(1));
    body(begin, expandLogits(rows.slice(1, begin, end)));
  }
}

Tensor SearchedParameter::getDiscrete() {
  torch::NoGradGuard noGrad;
  Tensor weights = tensors.weights.detach();
  if (content == kDiscrete)
    return weights;
  // From the very logits that are exported, not from the planes: rounding the
  // last logit to a float may decide a tie in another way.
  Tensor table = torch::tensor(values, weights.options());
  forEachBlock(tensors.logits, [&](int64_t begin, const Tensor &logits) {
    weights.flatten()
        .slice(0, begin, begin + logits.size(1))
        .copy_(table.index({logits.argmax(0)}));
  });
  content = kDiscrete;
  return weights;
}

void SearchedParameter::addProgress(double temperature,
                                    SearchProgress &progress) const {
  torch::NoGradGuard noGrad;
  Tensor table = torch::tensor(values, tensors.weights.options());
  forEachBlock(tensors.logits, [&](int64_t, const Tensor &logits) {
    Tensor p = ((logits - logits.amax(0, true)) * temperature).softmax(0);
    Tensor expected = (p * table.unsqueeze(1)).sum(0);
    Tensor selected = table.index({logits.argmax(0)});
    progress.decided += p.amax(0).gt(0.99).sum().item<double>();
    progress.gap +=
        (expected - selected).abs().sum(torch::kDouble).item<double>();
    progress.weights += logits.size(1);
  });
}
