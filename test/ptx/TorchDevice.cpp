//===- TorchDevice.cpp - stand-in for LibTorch's CUDA: device -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TorchDevice.h"
#include "StandIn.h"
#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

using namespace slb;

static thread_local c10::DeviceIndex currentDevice = 0;
static thread_local c10::StreamId currentStream = 0;

static c10::Device getCurrent() {
  return c10::Device(c10::kCUDA, currentDevice);
}

static c10::Stream getStream(c10::Device device, c10::StreamId id) {
  return c10::Stream(c10::Stream::UNSAFE, device, id);
}

void *standin::getCurrentStream() {
  return reinterpret_cast<void *>(currentStream);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// As CUDA aligns it.
static constexpr size_t kAlignment = 512;
/// What nobody has written yet, and what is left when it is gone.
static constexpr int kGarbage = 0xA5;

namespace {
/// The blocks of a kind of memory, by their place.
struct Blocks {
  std::mutex mutex;
  std::map<const void *, size_t> bytes;

  void *allocate(size_t size) {
    void *block = nullptr;
    if (posix_memalign(&block, kAlignment, size + kAlignment))
      std::abort();
    std::memset(block, kGarbage, size);
    std::lock_guard<std::mutex> lock(mutex);
    bytes[block] = size;
    return block;
  }
  void release(void *block) {
    std::lock_guard<std::mutex> lock(mutex);
    std::memset(block, kGarbage, bytes.at(block));
    bytes.erase(block);
    // A graph writes to it again in each replay.
    if (!standin::isCapturing())
      std::free(block);
  }
  bool holds(const void *place) {
    std::lock_guard<std::mutex> lock(mutex);
    auto at = bytes.upper_bound(place);
    if (at == bytes.begin())
      return false;
    --at;
    return static_cast<const char *>(place) <
           static_cast<const char *>(at->first) + at->second;
  }
};
} // namespace

// Never destroyed: tensors may outlive it.
static Blocks &deviceBlocks = *new Blocks;
static Blocks &pinnedBlocks = *new Blocks;

static void releaseDevice(void *block) {
  if (!block)
    return;
  if (!standin::isCapturing())
    standin::removeBuffer(block);
  deviceBlocks.release(block);
}

static void releasePinned(void *block) {
  if (block)
    pinnedBlocks.release(block);
}

namespace {
struct DeviceAllocator final : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) override {
    void *block = bytes ? deviceBlocks.allocate(bytes) : nullptr;
    if (block)
      standin::addBuffer(block, bytes);
    return {block, block, releaseDevice, getCurrent()};
  }
  c10::DeleterFnPtr raw_deleter() const override { return releaseDevice; }
  void copy_data(void *to, const void *from, size_t bytes) const override {
    std::memcpy(to, from, bytes);
  }
};

struct PinnedAllocator final : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) override {
    TORCH_CHECK(standin::mayAllocate(),
                "operation not permitted when stream is capturing");
    void *block = bytes ? pinnedBlocks.allocate(bytes) : nullptr;
    return {block, block, releasePinned, c10::Device(c10::kCPU)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return releasePinned; }
  void copy_data(void *to, const void *from, size_t bytes) const override {
    std::memcpy(to, from, bytes);
  }
};
} // namespace

static DeviceAllocator deviceAllocator;
static PinnedAllocator pinnedAllocator;

c10::Allocator &standin::getDeviceAllocator() { return deviceAllocator; }
bool standin::isPinned(const void *place) { return pinnedBlocks.holds(place); }

//===----------------------------------------------------------------------===//
// Devices and streams
//===----------------------------------------------------------------------===//

namespace {
/// Work is done when it is queued, so events and synchronization are nothing.
struct DeviceGuard final : c10::impl::DeviceGuardImplInterface {
  c10::DeviceType type() const override { return c10::kCUDA; }
  c10::Device exchangeDevice(c10::Device device) const override {
    c10::Device before = getCurrent();
    currentDevice = device.index();
    return before;
  }
  c10::Device getDevice() const override { return getCurrent(); }
  void setDevice(c10::Device device) const override {
    currentDevice = device.index();
  }
  void uncheckedSetDevice(c10::Device device) const noexcept override {
    currentDevice = device.index();
  }
  c10::Stream getStream(c10::Device device) const override {
    return ::getStream(device, currentStream);
  }
  c10::Stream getDefaultStream(c10::Device device) const override {
    return ::getStream(device, 0);
  }
  c10::Stream getNewStream(c10::Device device, int) const override {
    static std::atomic<c10::StreamId> count{0};
    return ::getStream(device, ++count);
  }
  c10::Stream getStreamFromGlobalPool(c10::Device device, bool) const override {
    return getNewStream(device, 0);
  }
  c10::Stream exchangeStream(c10::Stream stream) const override {
    c10::Stream before = ::getStream(stream.device(), currentStream);
    currentStream = stream.id();
    return before;
  }
  void *getStreamNativeHandle(const c10::Stream stream) const override {
    return reinterpret_cast<void *>(stream.id());
  }
  c10::DeviceIndex deviceCount() const noexcept override {
    return standin::kDeviceCount;
  }
  void record(void **event, const c10::Stream &, const c10::DeviceIndex,
              const c10::EventFlag) const override {
    *event = nullptr;
  }
  void block(void *, const c10::Stream &) const override {}
  bool queryEvent(void *) const override { return true; }
  void destroyEvent(void *, const c10::DeviceIndex) const noexcept override {}
  bool queryStream(const c10::Stream &) const override { return true; }
  void synchronizeStream(const c10::Stream &) const override {}
  void synchronizeDevice(const c10::DeviceIndex) const override {}
  void synchronizeEvent(void *) const override {}
};
C10_REGISTER_GUARD_IMPL(CUDA, DeviceGuard)
} // namespace

namespace at {
struct CUDAHooks final : CUDAHooksInterface {
  explicit CUDAHooks(CUDAHooksArgs) {}
  void init() const override {}
  bool isBuilt() const override { return true; }
  bool isAvailable() const override { return true; }
  bool hasCUDA() const override { return true; }
  bool hasCUDART() const override { return true; }
  bool hasPrimaryContext(DeviceIndex) const override { return true; }
  DeviceIndex deviceCount() const override { return standin::kDeviceCount; }
  int getNumGPUs() const override { return standin::kDeviceCount; }
  DeviceIndex current_device() const override { return currentDevice; }
  DeviceIndex getCurrentDevice() const override { return currentDevice; }
  Device getDeviceFromPtr(void *) const override { return getCurrent(); }
  Allocator *getCUDADeviceAllocator() const override {
    return &deviceAllocator;
  }
  Allocator *getPinnedMemoryAllocator() const override {
    return &pinnedAllocator;
  }
  bool isPinnedPtr(const void *data) const override {
    return standin::isPinned(data);
  }
  void deviceSynchronize(DeviceIndex) const override {}
  // Random numbers are those of the CPU.
  const Generator &getDefaultGenerator(DeviceIndex) const override {
    return globalContext().defaultGenerator(kCPU);
  }
};
REGISTER_CUDA_HOOKS(CUDAHooks)
} // namespace at
