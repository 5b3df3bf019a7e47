//===- TorchLibrary.cpp - registers torch.ops.slb -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Operators/SearchOperators.h"

#include <torch/csrc/autograd/autograd_not_implemented_fallback.h>
#include <torch/library.h>
#include <torch/torch.h>

using namespace slb;
using torch::Tensor;
using Layers = std::vector<SearchedLayer>;
using ValueRef = c10::ArrayRef<double>;

/// The shapes alone, for tracing.
static Tensor traceExpectation(const Tensor &logits, ValueRef, double) {
  return torch::empty_symint(logits.sym_sizes().slice(1),
                             logits.options().dtype(torch::kFloat));
}
static Tensor traceGradient(const Tensor &, const Tensor &logits, ValueRef,
                            double) {
  // Contiguous, whatever the logits' strides are.
  return torch::empty_symint(logits.sym_sizes(),
                             logits.options().dtype(torch::kFloat));
}

namespace {
struct Expectation : torch::autograd::Function<Expectation> {
  static Tensor forward(torch::autograd::AutogradContext *context,
                        const Tensor &logits, std::vector<double> values,
                        double temperature) {
    at::AutoDispatchBelowADInplaceOrView guard;
    // The probabilities are computed anew, so the logits are all that is kept.
    context->save_for_backward({logits});
    context->saved_data["temperature"] = temperature;
    static auto operation =
        torch::Dispatcher::singleton()
            .findSchemaOrThrow("slb::expectation", "")
            .typed<Tensor(const Tensor &, ValueRef, double)>();
    Tensor weights = operation.call(logits, values, temperature);
    context->saved_data["values"] = std::move(values);
    return weights;
  }

  static torch::autograd::variable_list
  backward(torch::autograd::AutogradContext *context,
           torch::autograd::variable_list gradients) {
    static auto operation =
        torch::Dispatcher::singleton()
            .findSchemaOrThrow("slb::expectation_backward", "")
            .typed<Tensor(const Tensor &, const Tensor &, ValueRef, double)>();
    Tensor logits = context->get_saved_variables()[0];
    auto values = context->saved_data["values"].toDoubleVector();
    return {operation.call(gradients[0], logits, values,
                           context->saved_data["temperature"].toDouble()),
            Tensor(), Tensor()};
  }
};
} // namespace

static Tensor differentiableExpectation(const Tensor &logits, ValueRef values,
                                        double temperature) {
  return Expectation::apply(logits, values.vec(), temperature);
}

static void searchForwardLists(at::TensorList logits, at::TensorList weights,
                               at::TensorList planes, ValueRef values,
                               double temperature) {
  TORCH_CHECK(weights.size() == logits.size() && planes.size() == logits.size(),
              "expects as many weights and planes as logits");
  Layers layers(logits.size());
  for (size_t i = 0; i < layers.size(); ++i)
    layers[i] = {logits[i], Tensor(), Tensor(), weights[i], planes[i]};
  searchForward(layers, values, temperature);
}

static Tensor searchStepLists(at::TensorList logits, at::TensorList momentum,
                              at::TensorList grads, at::TensorList weights,
                              at::TensorList planes, ValueRef values,
                              double temperature, double nextTemperature,
                              double learningRate, double momentumFactor,
                              double weightDecay, bool nesterov,
                              double gradScale) {
  size_t count = logits.size();
  TORCH_CHECK(momentum.size() == count && grads.size() == count &&
                  weights.size() == count && planes.size() == count,
              "expects as many momenta, grads, weights and planes as logits");
  Layers layers(count);
  for (size_t i = 0; i < count; ++i)
    layers[i] = {logits[i], momentum[i], grads[i], weights[i], planes[i]};
  SearchStep step;
  step.temperature = float(temperature);
  step.nextTemperature = float(nextTemperature);
  step.gradScale = float(gradScale);
  step.learningRate = float(learningRate);
  step.momentum = float(momentumFactor);
  step.weightDecay = float(weightDecay);
  return searchStep(layers, values, step, nesterov);
}

static void traceForward(at::TensorList, at::TensorList, at::TensorList,
                         ValueRef, double) {}
static Tensor traceStep(at::TensorList logits, at::TensorList, at::TensorList,
                        at::TensorList, at::TensorList, ValueRef, double,
                        double, double, double, double, bool, double) {
  TORCH_CHECK(!logits.empty(), "expects at least one layer, but got none");
  return torch::empty({}, logits[0].options().dtype(torch::kInt));
}

TORCH_LIBRARY(slb, library) {
  auto define = [&](const char *schema) {
    library.def(torch::schema(schema), {at::Tag::pt2_compliant_tag});
  };
  define("expectation(Tensor logits, float[] values, float temperature) "
         "-> Tensor");
  define("expectation_backward(Tensor grad, Tensor logits, float[] values, "
         "float temperature) -> Tensor");
  define("search_forward_(Tensor[] logits, Tensor(a!)[] weights, "
         "Tensor(b!)[] planes, float[] values, float temperature) -> ()");
  define("search_step_(Tensor(a!)[] logits, Tensor(b!)[] momentum, "
         "Tensor[] grads, Tensor(c!)[] weights, Tensor(d!)[] planes, "
         "float[] values, float temperature, float next_temperature, "
         "float learning_rate, float momentum_factor=0.0, "
         "float weight_decay=0.0, bool nesterov=False, "
         "float grad_scale=1.0) -> Tensor");
}

/// One implementation for every device: it asks the tensors where they are.
static void implement(torch::Library &library) {
  library.impl("expectation", computeExpectation);
  library.impl("expectation_backward", computeExpectationGrad);
  library.impl("search_forward_", searchForwardLists);
  library.impl("search_step_", searchStepLists);
}
TORCH_LIBRARY_IMPL(slb, CPU, library) { implement(library); }
TORCH_LIBRARY_IMPL(slb, CUDA, library) { implement(library); }

TORCH_LIBRARY_IMPL(slb, Meta, library) {
  library.impl("expectation", traceExpectation);
  library.impl("expectation_backward", traceGradient);
  library.impl("search_forward_", traceForward);
  library.impl("search_step_", traceStep);
}

TORCH_LIBRARY_IMPL(slb, Autograd, library) {
  library.impl("expectation", differentiableExpectation);
  // A second derivative is an error, not a missing term.
  library.impl("expectation_backward",
               torch::autograd::autogradNotImplementedFallback());
}
