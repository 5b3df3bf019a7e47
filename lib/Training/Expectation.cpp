//===- Expectation.cpp - the expectation of searched weights --------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expectation.h"
#include "slb/Kernels/Expectation.h"

using namespace slb;
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Weights that are worth a thread of their own.
static constexpr int64_t kGrain = 16384;

static std::shared_ptr<const ExpectationKernels>
getKernels(const std::vector<double> &values) {
  std::string error;
  auto kernels = ExpectationKernels::get(values, error);
  if (!kernels)
    throw std::runtime_error("cannot compile slb.expectation: " + error);
  return kernels;
}

namespace {

/// The kernels of MLIR on host tensors.
struct HostExpectation : torch::autograd::Function<HostExpectation> {
  static Tensor forward(AutogradContext *context, const Tensor &logits,
                        std::vector<double> values, double temperature) {
    Tensor weights = torch::empty(logits.sizes().slice(1), logits.options());
    int64_t n = weights.numel();
    const float *source = logits.data_ptr<float>();
    float *target = weights.data_ptr<float>();
    auto kernels = getKernels(values);
    at::parallel_for(0, n, kGrain, [&](int64_t begin, int64_t end) {
      kernels->forwardRange(source, n, begin, end, float(temperature), target);
    });
    // The probabilities are recomputed, so the logits are all that is kept.
    context->save_for_backward({logits});
    context->saved_data["values"] = std::move(values);
    context->saved_data["temperature"] = temperature;
    return weights;
  }

  static variable_list backward(AutogradContext *context,
                                variable_list gradients) {
    Tensor logits = context->get_saved_variables()[0];
    Tensor gradWeights = gradients[0].contiguous();
    Tensor gradLogits = torch::empty_like(logits);
    int64_t n = gradWeights.numel();
    auto temperature = float(context->saved_data["temperature"].toDouble());
    const float *source = logits.data_ptr<float>();
    const float *gradient = gradWeights.data_ptr<float>();
    float *target = gradLogits.data_ptr<float>();
    auto kernels = getKernels(context->saved_data["values"].toDoubleVector());
    at::parallel_for(0, n, kGrain, [&](int64_t begin, int64_t end) {
      kernels->backwardRange(source, n, begin, end, temperature, gradient,
                             target);
    });
    return {gradLogits, Tensor(), Tensor()};
  }
};

/// The same in LibTorch's operators, for devices without kernels of ours.
struct DeviceExpectation : torch::autograd::Function<DeviceExpectation> {
  static Tensor probabilities(const Tensor &logits, double temperature) {
    // Shifted before it is scaled: the temperature may reach 1e7 and more.
    return torch::softmax((logits - logits.amax(0, true)) * temperature, 0);
  }

  static Tensor forward(AutogradContext *context, const Tensor &logits,
                        const Tensor &values, double temperature) {
    context->save_for_backward({logits, values});
    context->saved_data["temperature"] = temperature;
    return (probabilities(logits, temperature) * values).sum(0);
  }

  static variable_list backward(AutogradContext *context,
                                variable_list gradients) {
    variable_list saved = context->get_saved_variables();
    double temperature = context->saved_data["temperature"].toDouble();
    Tensor p = probabilities(saved[0], temperature);
    Tensor weights = (p * saved[1]).sum(0, true);
    Tensor gradLogits =
        p * (saved[1] - weights) * (gradients[0] * temperature).unsqueeze(0);
    return {gradLogits, Tensor(), Tensor()};
  }
};

} // namespace

Tensor slb::expectation(const Tensor &logits, const std::vector<double> &values,
                        float temperature) {
  if (logits.is_cpu())
    return HostExpectation::apply(logits, values, temperature);
  std::vector<int64_t> shape(logits.dim(), 1);
  shape[0] = logits.size(0);
  Tensor column = torch::tensor(values, torch::kFloat).to(logits.device());
  return DeviceExpectation::apply(logits, column.view(shape), temperature);
}
