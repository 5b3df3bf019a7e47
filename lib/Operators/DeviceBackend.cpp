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
#include <set>
#include <tuple>

using namespace slb;
using torch::Tensor;

/// A copy of the table on the device, made by the current stream. It comes from
/// pinned memory, as the copies do that neither block nor break a capture.
static Tensor copyTable(const DeviceKernels &kernels, const SearchTable &table,
                        torch::Device device, Tensor &pinned) {
  Tensor words;
  kernels.allocateInCapture([&] {
    pinned = torch::empty(
        table.getWordCount(),
        torch::TensorOptions().dtype(torch::kLong).pinned_memory(true));
    table.writeWords(pinned.data_ptr<int64_t>());
    words = pinned.to(device, /*non_blocking=*/true);
  });
  return words;
}

/// The table in a graph that is being captured. Each replay makes the copy
/// again, so what it comes from is kept as long as a graph may be replayed: for
/// ever.
static Tensor captureTable(const DeviceKernels &kernels,
                           const SearchTable &table, torch::Device device) {
  static std::mutex mutex;
  static auto &sources = *new std::vector<Tensor>;
  Tensor pinned;
  Tensor words = copyTable(kernels, table, device, pinned);
  std::lock_guard<std::mutex> lock(mutex);
  sources.push_back(pinned);
  return words;
}

/// The table's words on the device. A training loop asks for the same few
/// tables again and again, so they are kept until there are too many. Each
/// stream has its own: made, used and given back on one stream, a table needs
/// no events.
static Tensor getWords(const DeviceKernels &kernels, const SearchTable &table,
                       torch::Device device, void *stream) {
  static constexpr size_t kKeptTables = 64;
  using Key = std::tuple<std::vector<int64_t>, int, void *>;
  static std::mutex mutex;
  // Never destroyed: at exit the driver may go before it does.
  static auto &kept = *new std::map<Key, Tensor>;
  std::lock_guard<std::mutex> lock(mutex);
  Key key(table.records, device.index(), stream);
  auto at = kept.find(key);
  if (at != kept.end())
    return at->second;
  if (kept.size() >= kKeptTables)
    kept.clear();
  Tensor pinned;
  return kept[std::move(key)] = copyTable(kernels, table, device, pinned);
}

/// Whether a reason is heard for the first time.
static bool isNew(const std::string &reason) {
  static std::mutex mutex;
  static auto &heard = *new std::set<std::string>;
  std::lock_guard<std::mutex> lock(mutex);
  return heard.insert(reason).second;
}

namespace {
/// What one call of a kernel needs, or the reason that there is no such call.
struct Launch {
  Launch(const Layers &layers, ValueRef values, bool nesterov)
      : guard(layers[0].logits.device()) {
    std::vector<SearchedTensor> tensors;
    for (const SearchedLayer &layer : layers)
      tensors.push_back(describe(layer));
    torch::Device device = layers[0].logits.device();
    kernels = DeviceKernels::get(
        device.index(), getVariant(layers[0], values, nesterov), error);
    if (!kernels || !describeLayers(tensors, table, error)) {
      kernels = nullptr;
      if (isNew(error))
        TORCH_WARN("slb: LibTorch's operators compute the searched weights, "
                   "several times slower than the kernels would: ",
                   error);
      return;
    }
    stream = c10::impl::VirtualGuardImpl(device.type())
                 .getStream(device)
                 .native_handle();
    words = kernels->isCapturing(stream)
                ? captureTable(*kernels, table, device)
                : getWords(*kernels, table, device, stream);
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
    Launch launch(layers, values, false);
    if (!launch)
      return getCompositeBackend().forward(layers, values, temperature);
    launch.check(launch.kernels->forward(launch.table, launch.words.data_ptr(),
                                         float(temperature), launch.stream,
                                         launch.error));
  }

  void backward(const Layers &layers, ValueRef values,
                double temperature) const override {
    Launch launch(layers, values, false);
    if (!launch)
      return getCompositeBackend().backward(layers, values, temperature);
    launch.check(launch.kernels->backward(launch.table, launch.words.data_ptr(),
                                          float(temperature), launch.stream,
                                          launch.error));
  }

  Tensor step(const Layers &layers, ValueRef values, const SearchStep &step,
              bool nesterov) const override {
    Launch launch(layers, values, nesterov);
    if (!launch)
      return getCompositeBackend().step(layers, values, step, nesterov);
    Tensor flips =
        torch::zeros({}, layers[0].logits.options().dtype(torch::kInt));
    launch.check(launch.kernels->step(launch.table, launch.words.data_ptr(),
                                      step, flips.data_ptr<int32_t>(),
                                      launch.stream, launch.error));
    return flips;
  }
};
} // namespace

const SearchBackend &slb::getDeviceBackend() {
  static const DeviceBackend backend;
  return backend;
}
