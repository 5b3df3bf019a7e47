//===- HostBackend.cpp - searched weights on the CPU ----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Backends.h"
#include "Describe.h"

#include <ATen/Parallel.h>
#include <atomic>

using namespace slb;
using torch::Tensor;

/// A range of the kernels begins at a word of the planes.
static constexpr int64_t kWordWeights = 32;
/// Words that are worth a thread of their own: 16384 weights.
static constexpr int64_t kGrain = 512;

static std::shared_ptr<const SearchKernels>
getKernels(const SearchVariant &variant) {
  std::string error;
  auto kernels = SearchKernels::get(variant, error);
  TORCH_CHECK(kernels,
              "cannot compile the kernels of searched weights: ", error);
  return kernels;
}

/// Calls `body(begin, end)` for parts of the weights, on several threads.
template <typename BodyT> static void forEachPart(int64_t count, BodyT body) {
  int64_t words = (count + kWordWeights - 1) / kWordWeights;
  at::parallel_for(0, words, kGrain, [&](int64_t begin, int64_t end) {
    body(begin * kWordWeights, std::min(end * kWordWeights, count));
  });
}

namespace {
class HostBackend : public SearchBackend {
public:
  void forward(const Layers &layers, ValueRef values,
               double temperature) const override {
    auto kernels = getKernels(getVariant(layers[0], values, false));
    for (const SearchedLayer &layer : layers) {
      SearchedTensor tensor = describe(layer);
      forEachPart(tensor.count, [&](int64_t begin, int64_t end) {
        kernels->forward(tensor, begin, end, float(temperature));
      });
    }
  }

  void backward(const Layers &layers, ValueRef values,
                double temperature) const override {
    auto kernels = getKernels(getVariant(layers[0], values, false));
    for (const SearchedLayer &layer : layers) {
      SearchedTensor tensor = describe(layer);
      forEachPart(tensor.count, [&](int64_t begin, int64_t end) {
        kernels->backward(tensor, begin, end, float(temperature),
                          tensor.momentum);
      });
    }
  }

  Tensor step(const Layers &layers, ValueRef values, const SearchStep &step,
              bool nesterov) const override {
    auto kernels = getKernels(getVariant(layers[0], values, nesterov));
    std::atomic<int64_t> flips{0};
    for (const SearchedLayer &layer : layers) {
      SearchedTensor tensor = describe(layer);
      forEachPart(tensor.count, [&](int64_t begin, int64_t end) {
        flips += kernels->step(tensor, begin, end, step);
      });
    }
    return torch::scalar_tensor(flips.load(), torch::kInt);
  }
};
} // namespace

const SearchBackend &slb::getHostBackend() {
  static const HostBackend backend;
  return backend;
}
