//===- SearchOperators.cpp - searched weights as tensors ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Operators/SearchOperators.h"
#include "Backends.h"

using namespace slb;
using torch::Tensor;

Tensor slb::storeLogits(const Tensor &logits) {
  int64_t count = logits.size(0);
  if (count == 2)
    return logits.slice(0, 1) - logits.slice(0, 0, 1);
  return (logits - logits.mean(0, true)).slice(0, 0, count - 1).contiguous();
}

Tensor slb::expandLogits(const Tensor &stored) {
  Tensor logits = stored.to(torch::kFloat);
  if (logits.size(0) == 1)
    return torch::cat({logits * -0.5, logits * 0.5});
  // In twice the precision, as the kernels do.
  Tensor last = logits.sum(0, true, torch::kDouble).neg().to(torch::kFloat);
  return torch::cat({logits, last});
}

/// Rows are an odd number of these apart.
static constexpr int64_t kUnit = 32;

Tensor slb::allocateRows(torch::IntArrayRef shape,
                         const torch::TensorOptions &options) {
  int64_t count = c10::multiply_integers(shape.slice(1));
  int64_t stride = ((count + kUnit - 1) / kUnit | 1) * kUnit;
  return torch::zeros({shape[0], stride}, options)
      .slice(1, 0, count)
      .unflatten(1, shape.slice(1));
}

std::vector<int64_t> slb::getPlanesShape(int64_t valueCount,
                                         int64_t weightCount) {
  int64_t bits = 0;
  while ((int64_t(1) << bits) < valueCount)
    ++bits;
  return {bits, (weightCount + 31) / 32};
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

static void checkType(const char *name, const Tensor &tensor,
                      const Tensor &logits, torch::ScalarType type,
                      torch::IntArrayRef shape) {
  TORCH_CHECK(tensor.defined(), name, ": expects a tensor, but got none");
  TORCH_CHECK(tensor.scalar_type() == type, name, ": expects ", type,
              ", but got ", tensor.scalar_type());
  TORCH_CHECK(tensor.sizes() == shape, name, ": expects the shape ", shape,
              ", but got ", tensor.sizes());
  TORCH_CHECK(tensor.device() == logits.device(), name, ": expects device ",
              logits.device(), ", but got ", tensor.device());
}

static void checkTensor(const char *name, const Tensor &tensor,
                        const Tensor &logits, torch::ScalarType type,
                        torch::IntArrayRef shape) {
  checkType(name, tensor, logits, type, shape);
  TORCH_CHECK(tensor.is_contiguous(), name,
              ": expects a contiguous tensor, but got strides ",
              tensor.strides());
}

static void checkRows(const Tensor &logits, ValueRef values) {
  TORCH_CHECK(logits.dim() >= 2, "logits: expects [K-1, ...], but got shape ",
              logits.sizes());
  TORCH_CHECK(logits.size(0) + 1 == int64_t(values.size()), "logits: expects ",
              int64_t(values.size()) - 1, " rows for ", values.size(),
              " values, but got shape ", logits.sizes());
  bool isShort = logits.scalar_type() == torch::kBFloat16;
  checkType("logits", logits, logits,
            isShort ? torch::kBFloat16 : torch::kFloat, logits.sizes());
}

static void checkLogits(const Tensor &logits, ValueRef values) {
  checkRows(logits, values);
  TORCH_CHECK(logits[0].is_contiguous(),
              "logits: expects contiguous rows, but got strides ",
              logits.strides());
}

static void checkForward(const SearchedLayer &layer, ValueRef values) {
  const Tensor &logits = layer.logits;
  checkLogits(logits, values);
  torch::IntArrayRef shape = logits.sizes().slice(1);
  checkTensor("weights", layer.weights, logits, torch::kFloat, shape);
  checkTensor("planes", layer.planes, logits, torch::kInt,
              getPlanesShape(values.size(), logits[0].numel()));
}

static void checkStep(const SearchedLayer &layer, ValueRef values) {
  checkForward(layer, values);
  checkType("momentum", layer.momentum, layer.logits, torch::kFloat,
            layer.logits.sizes());
  TORCH_CHECK(layer.momentum.strides() == layer.logits.strides(),
              "momentum: expects the logits' strides ", layer.logits.strides(),
              ", but got ", layer.momentum.strides());
  checkTensor("grad", layer.grad, layer.logits, torch::kFloat,
              layer.logits.sizes().slice(1));
}

static void checkSameType(const SearchedLayer &layer,
                          const SearchedLayer &first) {
  TORCH_CHECK(layer.logits.options().type_equal(first.logits.options()) &&
                  layer.logits.device() == first.logits.device(),
              "logits: expects all of type ", first.logits.scalar_type(),
              " on ", first.logits.device(), ", but got ",
              layer.logits.scalar_type(), " on ", layer.logits.device());
}

/// Autograd must see that a kernel has written to them.
static void markWritten(const Layers &layers, bool isStep) {
  for (const SearchedLayer &layer : layers) {
    layer.weights.unsafeGetTensorImpl()->bump_version();
    layer.planes.unsafeGetTensorImpl()->bump_version();
    if (!isStep)
      continue;
    layer.logits.unsafeGetTensorImpl()->bump_version();
    layer.momentum.unsafeGetTensorImpl()->bump_version();
  }
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static const SearchBackend &getBackend(const Tensor &logits) {
  if (logits.is_cpu())
    return getHostBackend();
  return logits.is_cuda() ? getDeviceBackend() : getCompositeBackend();
}

void slb::searchForward(const Layers &layers, ValueRef values,
                        double temperature) {
  if (layers.empty())
    return;
  torch::NoGradGuard noGrad;
  for (const SearchedLayer &layer : layers) {
    checkForward(layer, values);
    checkSameType(layer, layers[0]);
  }
  getBackend(layers[0].logits).forward(layers, values, temperature);
  markWritten(layers, false);
}

Tensor slb::searchStep(const Layers &layers, ValueRef values,
                       const SearchStep &step, bool nesterov) {
  TORCH_CHECK(!layers.empty(), "expects at least one layer, but got none");
  torch::NoGradGuard noGrad;
  for (const SearchedLayer &layer : layers) {
    checkStep(layer, values);
    checkSameType(layer, layers[0]);
  }
  Tensor flips =
      getBackend(layers[0].logits).step(layers, values, step, nesterov);
  markWritten(layers, true);
  return flips;
}

/// GPUs access whole vectors.
static bool isAligned(const Tensor &tensor) {
  return !tensor.is_cuda() ||
         reinterpret_cast<uintptr_t>(tensor.data_ptr()) % 16 == 0;
}

/// Whether kernels take rows where they lie: each of them contiguous, and no
/// further apart than allocateRows leaves them, since gradients lie likewise.
static bool areRowsUsable(const Tensor &rows) {
  if (!rows[0].is_contiguous() || !isAligned(rows))
    return false;
  int64_t count = rows[0].numel(), stride = rows.stride(0);
  return rows.size(0) == 1 || (stride >= count && stride < count + 2 * kUnit &&
                               (!rows.is_cuda() || stride % 4 == 0));
}

static Tensor toRows(const Tensor &logits) {
  if (areRowsUsable(logits))
    return logits;
  return allocateRows(logits.sizes(), logits.options()).copy_(logits);
}

Tensor slb::computeExpectation(const Tensor &logits, ValueRef values,
                               double temperature) {
  checkRows(logits, values);
  SearchedLayer layer;
  layer.logits = toRows(logits);
  layer.weights = torch::empty(logits.sizes().slice(1),
                               logits.options().dtype(torch::kFloat));
  layer.planes =
      torch::empty(getPlanesShape(values.size(), layer.weights.numel()),
                   logits.options().dtype(torch::kInt));
  getBackend(logits).forward({layer}, values, temperature);
  return layer.weights;
}

Tensor slb::computeExpectationGrad(const Tensor &grad, const Tensor &logits,
                                   ValueRef values, double temperature) {
  checkRows(logits, values);
  SearchedLayer layer;
  layer.logits = toRows(logits);
  layer.grad = grad.contiguous();
  checkTensor("grad", layer.grad, layer.logits, torch::kFloat,
              logits.sizes().slice(1));
  if (!isAligned(layer.grad))
    layer.grad = layer.grad.clone();
  layer.momentum =
      torch::empty_strided(layer.logits.sizes(), layer.logits.strides(),
                           layer.logits.options().dtype(torch::kFloat));
  getBackend(logits).backward({layer}, values, temperature);
  return layer.momentum.contiguous();
}
