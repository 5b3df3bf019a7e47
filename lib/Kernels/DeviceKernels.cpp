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
    table.words.insert(table.words.end(),
                       {layer.count, layer.rowStride, getWord(layer.logits),
                        getWord(layer.momentum), getWord(layer.grad),
                        getWord(layer.weights), getWord(layer.planes),
                        getWord(layer.flips)});
  }
  // A chunk is a pair of i32, the lower half first: its layer, its place there.
  for (size_t i = 0; i < layers.size(); ++i)
    for (int64_t part = 0; part * kChunkWeights < layers[i].count; ++part)
      table.words.push_back(int64_t(i) | part << 32);
  table.chunkCount = int64_t(table.words.size()) - 8 * table.layerCount;
  return true;
}

//===----------------------------------------------------------------------===//
// DeviceKernels
//===----------------------------------------------------------------------===//

struct DeviceKernels::Impl {
  const CudaDriver *driver = nullptr;
  void *forward = nullptr, *backward = nullptr, *step = nullptr;
  /// Blocks that fill the GPU; more would only wait.
  int64_t maxBlocks = 1;

  bool load(const std::string &ptx, std::string &error);
  bool launch(void *function, const SearchTable &table, const void *words,
              std::vector<float> scalars, void *stream,
              std::string &error) const;
};

bool DeviceKernels::Impl::load(const std::string &ptx, std::string &error) {
  // Never unloaded: the kernels live as long as the context.
  void *module = nullptr;
  auto find = [&](void *&function, const char *name) {
    return driver->check(driver->cuModuleGetFunction(&function, module, name),
                         "cuModuleGetFunction", error);
  };
  constexpr int multiprocessorCount = 16;
  int multiprocessors = 0;
  if (!driver->check(driver->cuModuleLoadData(&module, ptx.c_str()),
                     "cuModuleLoadData", error) ||
      !find(forward, "forward") || !find(backward, "backward") ||
      !find(step, "step") ||
      !driver->getAttribute(multiprocessorCount, multiprocessors, error))
    return false;
  constexpr int64_t residentThreads = 2048;
  maxBlocks = multiprocessors * (residentThreads / kBlockThreads);
  return true;
}

bool DeviceKernels::Impl::launch(void *function, const SearchTable &table,
                                 const void *words, std::vector<float> scalars,
                                 void *stream, std::string &error) const {
  if (table.chunkCount == 0)
    return true;
  const void *layers = words;
  const void *chunks =
      static_cast<const int64_t *>(words) + 8 * table.layerCount;
  int64_t chunkCount = table.chunkCount;
  std::vector<void *> arguments = {&layers, &chunks, &chunkCount};
  for (float &scalar : scalars)
    arguments.push_back(&scalar);
  auto blocks = unsigned(std::min(chunkCount, maxBlocks));
  return driver->check(
      driver->cuLaunchKernel(function, blocks, 1, 1, unsigned(kBlockThreads), 1,
                             1, 0, stream, arguments.data(), nullptr),
      "cuLaunchKernel", error);
}

DeviceKernels::DeviceKernels(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
DeviceKernels::~DeviceKernels() = default;

/// The PTX for the current context's device; empty and an error if none.
static std::string compileForDevice(const CudaDriver &driver,
                                    const SearchVariant &variant,
                                    std::string &error) {
  constexpr int capabilityMajor = 75, capabilityMinor = 76;
  int major = 0, minor = 0;
  if (!driver.getAttribute(capabilityMajor, major, error) ||
      !driver.getAttribute(capabilityMinor, minor, error))
    return "";
  std::string chip = getChip(major, minor, error);
  return chip.empty() ? "" : compileSearchPtx(variant, chip, error);
}

std::shared_ptr<const DeviceKernels>
DeviceKernels::get(const SearchVariant &variant, std::string &error) {
  auto impl = std::make_unique<Impl>();
  impl->driver = CudaDriver::get(error);
  void *context = nullptr;
  if (!impl->driver ||
      !impl->driver->check(impl->driver->cuCtxGetCurrent(&context),
                           "cuCtxGetCurrent", error))
    return nullptr;
  if (!context) {
    error =
        "expects a current CUDA context on the calling thread, but got none";
    return nullptr;
  }
  std::string ptx = compileForDevice(*impl->driver, variant, error);
  if (ptx.empty())
    return nullptr;
  // By content: sets that are spelled the same share their code.
  static std::mutex mutex;
  static std::map<std::pair<void *, std::string>,
                  std::shared_ptr<const DeviceKernels>>
      cache;
  std::lock_guard<std::mutex> lock(mutex);
  auto &kernels = cache[{context, ptx}];
  if (!kernels && impl->load(ptx, error))
    kernels.reset(new DeviceKernels(std::move(impl)));
  return kernels;
}

bool DeviceKernels::forward(const SearchTable &table, const void *words,
                            float temperature, void *stream,
                            std::string &error) const {
  return impl->launch(impl->forward, table, words, {temperature}, stream,
                      error);
}

bool DeviceKernels::backward(const SearchTable &table, const void *words,
                             float temperature, void *stream,
                             std::string &error) const {
  return impl->launch(impl->backward, table, words, {temperature}, stream,
                      error);
}

bool DeviceKernels::step(const SearchTable &table, const void *words,
                         const SearchStep &step, void *stream,
                         std::string &error) const {
  return impl->launch(impl->step, table, words,
                      {step.temperature, step.nextTemperature, step.gradScale,
                       step.learningRate, step.momentum, step.weightDecay},
                      stream, error);
}
