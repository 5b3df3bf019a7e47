//===- DeviceKernels.cpp - searched weights on NVIDIA GPUs ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/DeviceKernels.h"
#include "CudaDriver.h"
#include "slb/Kernels/DeviceCompiler.h"
#include <algorithm>
#include <map>
#include <mutex>

using namespace slb;

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static int64_t getWord(const void *pointer) {
  return int64_t(reinterpret_cast<uintptr_t>(pointer));
}

/// Of a layer in a table.
static constexpr int64_t kRecordWords = 7;

static int64_t getChunkCount(int64_t weights) {
  return (weights + kChunkWeights - 1) / kChunkWeights;
}

static bool isAligned(const SearchedTensor &layer) {
  return (getWord(layer.logits) | getWord(layer.momentum) |
          getWord(layer.grad) | getWord(layer.weights)) %
                 16 ==
             0 &&
         layer.rowStride % 4 == 0;
}

bool slb::describeLayers(const std::vector<SearchedTensor> &layers,
                         SearchTable &table, std::string &error) {
  table = SearchTable();
  table.layerCount = int64_t(layers.size());
  for (size_t i = 0; i < layers.size(); ++i) {
    const SearchedTensor &layer = layers[i];
    if (!isAligned(layer)) {
      error = "expects buffers aligned to 16 bytes and a row stride of a "
              "multiple of 4, but not so in layer " +
              std::to_string(i);
      return false;
    }
    table.records.insert(table.records.end(),
                         {layer.count, layer.rowStride, getWord(layer.logits),
                          getWord(layer.momentum), getWord(layer.grad),
                          getWord(layer.weights), getWord(layer.planes)});
    table.chunkCount += getChunkCount(layer.count);
  }
  return true;
}

void SearchTable::writeWords(int64_t *words) const {
  words = std::copy(records.begin(), records.end(), words);
  // A chunk is a pair of i32, the lower half first: its layer, its place there.
  for (int64_t layer = 0; layer < layerCount; ++layer) {
    int64_t parts = getChunkCount(records[layer * kRecordWords]);
    for (int64_t part = 0; part < parts; ++part)
      *words++ = layer | part << 32;
  }
}

//===----------------------------------------------------------------------===//
// DeviceKernels
//===----------------------------------------------------------------------===//

struct DeviceKernels::Impl {
  const CudaDriver *driver = nullptr;
  CudaDriver::Context context = nullptr;
  void *forward = nullptr, *backward = nullptr, *step = nullptr;
  /// Blocks that fill the GPU; more would only wait.
  int64_t maxBlocks = 1;

  bool load(int ordinal, const SearchVariant &variant, std::string &error);
  /// Launches with the table and then `arguments`.
  bool launch(void *function, const SearchTable &table, const void *words,
              std::vector<void *> arguments, void *stream,
              std::string &error) const;
};

/// The PTX for a device; empty and an error if there is none.
static std::string compileForDevice(const CudaDriver &driver,
                                    CudaDriver::Device device,
                                    const SearchVariant &variant,
                                    std::string &error) {
  constexpr int capabilityMajor = 75, capabilityMinor = 76;
  int major = 0, minor = 0;
  if (!driver.getAttribute(device, capabilityMajor, major, error) ||
      !driver.getAttribute(device, capabilityMinor, minor, error))
    return "";
  std::string chip = getChip(major, minor, error);
  return chip.empty() ? "" : compileSearchPtx(variant, chip, error);
}

bool DeviceKernels::Impl::load(int ordinal, const SearchVariant &variant,
                               std::string &error) {
  driver = CudaDriver::get(error);
  CudaDriver::Device device = 0;
  if (!driver || !driver->check(driver->cuDeviceGet(&device, ordinal),
                                "cuDeviceGet", error))
    return false;
  std::string ptx = compileForDevice(*driver, device, variant, error);
  // Neither the context nor the module is ever given back: the kernels live as
  // long as the program.
  void *module = nullptr;
  auto find = [&](void *&function, const char *name) {
    return driver->check(driver->cuModuleGetFunction(&function, module, name),
                         "cuModuleGetFunction", error);
  };
  constexpr int multiprocessorCount = 16;
  int multiprocessors = 0;
  if (ptx.empty() ||
      !driver->check(driver->cuDevicePrimaryCtxRetain(&context, device),
                     "cuDevicePrimaryCtxRetain", error) ||
      !driver->bind(context, error) || !driver->load(ptx, module, error) ||
      !find(forward, "forward") || !find(backward, "backward") ||
      !find(step, "step") ||
      !driver->getAttribute(device, multiprocessorCount, multiprocessors,
                            error))
    return false;
  constexpr int64_t residentThreads = 2048;
  maxBlocks = multiprocessors * (residentThreads / kBlockThreads);
  return true;
}

bool DeviceKernels::Impl::launch(void *function, const SearchTable &table,
                                 const void *words,
                                 std::vector<void *> arguments, void *stream,
                                 std::string &error) const {
  if (table.chunkCount == 0)
    return true;
  const void *layers = words;
  const void *chunks =
      static_cast<const int64_t *>(words) + table.records.size();
  int64_t chunkCount = table.chunkCount;
  arguments.insert(arguments.begin(), {&layers, &chunks, &chunkCount});
  auto blocks = unsigned(std::min(chunkCount, maxBlocks));
  return driver->bind(context, error) &&
         driver->check(driver->cuLaunchKernel(
                           function, blocks, 1, 1, unsigned(kBlockThreads), 1,
                           1, 0, stream, arguments.data(), nullptr),
                       "cuLaunchKernel", error);
}

DeviceKernels::DeviceKernels(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
DeviceKernels::~DeviceKernels() = default;

namespace {
/// Kernels, or why there are none: what failed once is not tried again.
struct Loaded {
  std::shared_ptr<const DeviceKernels> kernels;
  std::string failure;
};
} // namespace

std::shared_ptr<const DeviceKernels>
DeviceKernels::get(int device, const SearchVariant &variant,
                   std::string &error) {
  static std::mutex mutex;
  // Never destroyed: threads may outlive it.
  static auto &cache = *new std::map<int, std::map<SearchVariant, Loaded>>;
  std::lock_guard<std::mutex> lock(mutex);
  Loaded &loaded = cache[device][variant];
  if (!loaded.kernels && loaded.failure.empty()) {
    auto impl = std::make_unique<Impl>();
    if (impl->load(device, variant, loaded.failure))
      loaded.kernels.reset(new DeviceKernels(std::move(impl)));
  }
  if (!loaded.kernels)
    error = loaded.failure;
  return loaded.kernels;
}

bool DeviceKernels::forward(const SearchTable &table, const void *words,
                            float temperature, void *stream,
                            std::string &error) const {
  return impl->launch(impl->forward, table, words, {&temperature}, stream,
                      error);
}

bool DeviceKernels::backward(const SearchTable &table, const void *words,
                             float temperature, void *stream,
                             std::string &error) const {
  return impl->launch(impl->backward, table, words, {&temperature}, stream,
                      error);
}

bool DeviceKernels::step(const SearchTable &table, const void *words,
                         const SearchStep &step, int32_t *flips, void *stream,
                         std::string &error) const {
  SearchStep s = step;
  return impl->launch(impl->step, table, words,
                      {&flips, &s.temperature, &s.nextTemperature, &s.gradScale,
                       &s.learningRate, &s.momentum, &s.weightDecay},
                      stream, error);
}

bool DeviceKernels::isCapturing(void *stream) const {
  std::string error;
  int status = 0;
  return impl->driver->bind(impl->context, error) &&
         impl->driver->cuStreamIsCapturing(stream, &status) == 0 && status != 0;
}

void DeviceKernels::allocateInCapture(
    const std::function<void()> &allocate) const {
  struct RelaxedMode {
    explicit RelaxedMode(const CudaDriver &driver) : driver(driver) {
      isSet = driver.cuThreadExchangeStreamCaptureMode(&mode) == 0;
    }
    ~RelaxedMode() {
      if (isSet)
        driver.cuThreadExchangeStreamCaptureMode(&mode);
    }

    const CudaDriver &driver;
    int mode = 2; // CU_STREAM_CAPTURE_MODE_RELAXED, then the one before it.
    bool isSet = false;
  } mode(*impl->driver);
  allocate();
}
