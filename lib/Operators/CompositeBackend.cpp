//===- CompositeBackend.cpp - searched weights in LibTorch's operators ----===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Backends.h"

using namespace slb;
using torch::Tensor;

static Tensor toColumn(ValueRef values, const Tensor &like) {
  return torch::tensor(values, torch::kFloat).to(like.device()).unsqueeze(1);
}

namespace {
/// softmax(T * a) of all K logits, [K, n].
struct Softmax {
  Softmax(const Tensor &stored, const Tensor &values, double temperature)
      : logits(expandLogits(stored.flatten(1))),
        // Shifted before it is scaled: the temperature may reach 1e8.
        p(((logits - logits.amax(0, true)) * temperature).softmax(0)),
        weights((p * values).sum(0)) {}

  Tensor logits, p, weights;
};
} // namespace

/// The stored rows of the gradient for all K logits.
static Tensor getGradient(const Softmax &softmax, const Tensor &values,
                          const Tensor &grad, double temperature) {
  Tensor all =
      softmax.p * (values - softmax.weights) * (grad.flatten() * temperature);
  int64_t count = all.size(0);
  return count == 2 ? all.slice(0, 1) : all.slice(0, 0, count - 1);
}

/// Packs the bits of `codes` [n] into `planes`.
static void storePlanes(const Tensor &codes, const Tensor &planes) {
  int64_t padding = planes.size(1) * 32 - codes.size(0);
  Tensor words = torch::constant_pad_nd(codes, {0, padding}).view({-1, 32});
  Tensor places = torch::arange(32, codes.options());
  for (int64_t plane = 0; plane < planes.size(0); ++plane) {
    Tensor bits = words.bitwise_right_shift(plane).bitwise_and(1);
    planes[plane].copy_(bits.bitwise_left_shift(places).sum(1));
  }
}

static Tensor storeForward(const SearchedLayer &layer, const Tensor &values,
                           double temperature) {
  Softmax softmax(layer.logits, values, temperature);
  layer.weights.copy_(softmax.weights.view_as(layer.weights));
  Tensor codes = softmax.logits.argmax(0);
  storePlanes(codes, layer.planes);
  return codes;
}

namespace {
class CompositeBackend : public SearchBackend {
public:
  void forward(const Layers &layers, ValueRef values,
               double temperature) const override {
    for (const SearchedLayer &layer : layers)
      storeForward(layer, toColumn(values, layer.logits), temperature);
  }

  void backward(const Layers &layers, ValueRef values,
                double temperature) const override {
    for (const SearchedLayer &layer : layers) {
      Tensor column = toColumn(values, layer.logits);
      Softmax softmax(layer.logits, column, temperature);
      Tensor gradient = getGradient(softmax, column, layer.grad, temperature);
      layer.momentum.copy_(gradient.view_as(layer.momentum));
    }
  }

  Tensor step(const Layers &layers, ValueRef values, const SearchStep &step,
              bool nesterov) const override {
    Tensor flips =
        torch::zeros({}, layers[0].logits.options().dtype(torch::kInt));
    for (const SearchedLayer &layer : layers)
      flips.add_(stepLayer(layer, values, step, nesterov));
    return flips;
  }

private:
  /// Returns how many weights changed their argmax.
  static Tensor stepLayer(const SearchedLayer &layer, ValueRef values,
                          const SearchStep &step, bool nesterov) {
    // The difference of two logits moves twice as far, and so decays twice.
    bool isDifference = values.size() == 2;
    double rate = step.learningRate * (isDifference ? 2 : 1);
    double decay = step.weightDecay * (isDifference ? 0.5 : 1);
    Tensor column = toColumn(values, layer.logits);
    Softmax softmax(layer.logits, column, step.temperature);
    Tensor direction = getGradient(softmax, column, layer.grad * step.gradScale,
                                   step.temperature)
                           .view_as(layer.logits)
                           .add(layer.logits, decay);
    layer.momentum.mul_(step.momentum).add_(direction);
    layer.logits.sub_(nesterov ? direction.add(layer.momentum, step.momentum)
                               : layer.momentum,
                      rate);
    Tensor codes = storeForward(layer, column, step.nextTemperature);
    return codes.ne(softmax.logits.argmax(0)).sum();
  }
};
} // namespace

const SearchBackend &slb::getCompositeBackend() {
  static const CompositeBackend backend;
  return backend;
}
