//===- DeviceBackend.cpp - searched weights on NVIDIA GPUs ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Backends.h"
#include "Describe.h"
#include "slb/Kernels/DeviceKernels.h"

#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <map>
#include <mutex>

using namespace slb;
using torch::Tensor;

/// The table's words on the device. A training loop asks for the same few
/// tables again and again, so they are kept until there are too many.
static Tensor uploadWords(const SearchTable &table, torch::Device device) {
  static constexpr size_t kKeptTables = 64;
  using Key = std::pair<std::vector<int64_t>, int>;
  static std::mutex mutex;
  // Never destroyed: at exit the driver may go before it does.
  static auto &kept = *new std::map<Key, Tensor>;
  std::lock_guard<std::mutex> lock(mutex);
  if (kept.size() >= kKeptTables)
    kept.clear();
  Tensor &words = kept[{table.words, device.index()}];
  if (!words.defined())
    words = torch::tensor(table.words, torch::kLong).to(device);
  return words;
}

namespace {
/// What one call of a kernel needs, or the reason that there is no such call.
struct Launch {
  Launch(const Layers &layers, ValueRef values, bool nesterov,
         const Tensor &flips)
      : guard(layers[0].logits.device()) {
    std::vector<SearchedTensor> tensors;
    for (const SearchedLayer &layer : layers) {
      tensors.push_back(describe(layer));
      if (flips.defined())
        tensors.back().flips = flips.data_ptr<int32_t>();
    }
    torch::Device device = layers[0].logits.device();
    kernels =
        DeviceKernels::get(getVariant(layers[0], values, nesterov), error);
    if (!kernels || !describeLayers(tensors, table, error)) {
      kernels = nullptr;
      TORCH_WARN_ONCE("slb: LibTorch's operators compute the searched weights, "
                      "several times slower than the kernels would: ",
                      error);
      return;
    }
    words = uploadWords(table, device);
    stream = c10::impl::VirtualGuardImpl(device.type())
                 .getStream(device)
                 .native_handle();
  }

  explicit operator bool() const { return bool(kernels); }
  void check(bool launched) const {
    TORCH_CHECK(launched,
                "cannot launch a kernel of searched weights: ", error);
  }

  c10::DeviceGuard guard;
  std::shared_ptr<const DeviceKernels> kernels;
  SearchTable table;
  Tensor words;
  void *stream = nullptr;
  std::string error;
};

class DeviceBackend : public SearchBackend {
public:
  void forward(const Layers &layers, ValueRef values,
               double temperature) const override {
    Launch launch(layers, values, false, Tensor());
    if (!launch)
      return getCompositeBackend().forward(layers, values, temperature);
    launch.check(launch.kernels->forward(launch.table, launch.words.data_ptr(),
                                         float(temperature), launch.stream,
                                         launch.error));
  }

  void backward(const Layers &layers, ValueRef values,
                double temperature) const override {
    Launch launch(layers, values, false, Tensor());
    if (!launch)
      return getCompositeBackend().backward(layers, values, temperature);
    launch.check(launch.kernels->backward(launch.table, launch.words.data_ptr(),
                                          float(temperature), launch.stream,
                                          launch.error));
  }

  Tensor step(const Layers &layers, ValueRef values, const SearchStep &step,
              bool nesterov) const override {
    Tensor flips =
        torch::zeros({}, layers[0].logits.options().dtype(torch::kInt));
    Launch launch(layers, values, nesterov, flips);
    if (!launch)
      return getCompositeBackend().step(layers, values, step, nesterov);
    launch.check(launch.kernels->step(launch.table, launch.words.data_ptr(),
                                      step, launch.stream, launch.error));
    return flips;
  }
};
} // namespace

const SearchBackend &slb::getDeviceBackend() {
  static const DeviceBackend backend;
  return backend;
}
