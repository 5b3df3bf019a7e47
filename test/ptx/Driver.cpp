//===- Driver.cpp - stand-in for the CUDA driver --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Parser.h"
#include "StandIn.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

using namespace slb;
using namespace slb::standin;

/// Of the driver's results, those that are given here.
enum Result {
  kSuccess = 0,
  kInvalidValue = 1,
  kNotInitialized = 3,
  kNoDevice = 100,
  kInvalidDevice = 101,
  kInvalidContext = 201,
  kInvalidPtx = 218,
  kNotFound = 500,
  kLaunchFailed = 719,
};

namespace {
struct Chip {
  int major, minor, multiprocessors;
};

struct Module {
  ptx::Program program;
  int device;
};

struct Function {
  const ptx::Kernel *kernel;
  int device;
};

/// What the driver knows of a primary context.
struct Context {
  int device;
};

struct Driver {
  Driver() = default;
  ~Driver();

  std::recursive_mutex mutex;
  bool isInitialized = false;
  State state;
  ptx::Memory memory;
  Context contexts[kDeviceCount] = {};
  // Modules and functions live as long as the program.
  std::vector<std::unique_ptr<Module>> modules;
  std::vector<std::unique_ptr<Function>> functions;
  bool isCapturing = false;
  void *capturedStream = nullptr;
  std::vector<std::function<int()>> captured;
};
} // namespace

// One multiprocessor holds few blocks, which then do many chunks each.
static constexpr Chip kChips[kDeviceCount] = {
    {9, 0, 1}, {10, 0, 132}, {7, 5, 1},  {8, 0, 1},
    {8, 6, 2}, {8, 9, 1},    {12, 0, 1}, {7, 0, 1}};

static thread_local Context *currentContext = nullptr;
/// Global, where allocating ends a capture; 2 is relaxed.
static thread_local int captureMode = 0;

static Driver &getDriver() {
  static Driver driver;
  return driver;
}

/// Programs that cannot ask leave a report: their tests read it.
Driver::~Driver() {
  const char *path = std::getenv("SLB_CUDA_REPORT");
  std::FILE *file = path ? std::fopen(path, "w") : nullptr;
  if (!file)
    return;
  std::fprintf(file, "launches %lld\nmodules %lld\nblocking copies %lld\n%s",
               (long long)state.launches, (long long)state.modules,
               (long long)state.blockingCopies, state.fault.c_str());
  std::fclose(file);
}

//===----------------------------------------------------------------------===//
// What tests ask
//===----------------------------------------------------------------------===//

State &standin::getState() { return getDriver().state; }

void standin::addBuffer(const void *begin, size_t bytes,
                        ptx::Memory::Rights rights) {
  Driver &driver = getDriver();
  std::lock_guard<std::recursive_mutex> lock(driver.mutex);
  driver.memory.add(begin, bytes, rights);
}

void standin::removeBuffer(const void *begin) {
  Driver &driver = getDriver();
  std::lock_guard<std::recursive_mutex> lock(driver.mutex);
  driver.memory.remove(begin);
}

void standin::bindDevice(int device) {
  Driver &driver = getDriver();
  driver.contexts[device].device = device;
  currentContext = &driver.contexts[device];
}

/// Does it now, or in each replay of what is being captured on the stream.
static int runOrCapture(void *stream, std::function<int()> action) {
  Driver &driver = getDriver();
  if (!driver.isCapturing || stream != driver.capturedStream)
    return action();
  driver.captured.push_back(std::move(action));
  return kSuccess;
}

bool standin::copyToDevice(void *to, const void *from, size_t bytes,
                           void *stream, bool isBlocking) {
  Driver &driver = getDriver();
  std::lock_guard<std::recursive_mutex> lock(driver.mutex);
  ++driver.state.copies;
  driver.state.blockingCopies += isBlocking;
  if (driver.isCapturing && isBlocking)
    return false;
  return runOrCapture(stream, [=] {
           std::memcpy(to, from, bytes);
           return int(kSuccess);
         }) == kSuccess;
}

bool standin::isCapturing() { return getDriver().isCapturing; }

bool standin::mayAllocate() { return !isCapturing() || captureMode == 2; }

void standin::beginCapture(void *stream) {
  Driver &driver = getDriver();
  driver.captured.clear();
  driver.isCapturing = true;
  driver.capturedStream = stream;
}

void standin::endCapture() { getDriver().isCapturing = false; }

void standin::replay() {
  for (const std::function<int()> &action : getDriver().captured)
    action();
}

//===----------------------------------------------------------------------===//
// The driver's functions, as cuda.h declares them
//===----------------------------------------------------------------------===//

extern "C" {

int cuInit(unsigned) {
  Driver &driver = getDriver();
  driver.isInitialized = driver.state.initialize == kSuccess;
  return driver.state.initialize;
}

int cuGetErrorString(int result, const char **text) {
  switch (result) {
  case kSuccess:
    *text = "no error";
    return kSuccess;
  case kNoDevice:
    *text = "no CUDA-capable device is detected";
    return kSuccess;
  case kInvalidDevice:
    *text = "invalid device ordinal";
    return kSuccess;
  case kInvalidContext:
    *text = "invalid device context";
    return kSuccess;
  case kInvalidPtx:
    *text = "a PTX JIT compilation failed";
    return kSuccess;
  case kLaunchFailed:
    *text = "unspecified launch failure";
    return kSuccess;
  default:
    *text = nullptr;
    return kInvalidValue;
  }
}

int cuDeviceGet(int *device, int ordinal) {
  if (!getDriver().isInitialized)
    return kNotInitialized;
  if (ordinal < 0 || ordinal >= kDeviceCount)
    return kInvalidDevice;
  *device = ordinal;
  return kSuccess;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  const Chip &chip = kChips[device];
  switch (attribute) {
  case 16:
    *value = chip.multiprocessors;
    return kSuccess;
  case 75:
    *value = chip.major;
    return kSuccess;
  case 76:
    *value = chip.minor;
    return kSuccess;
  default:
    return kInvalidValue;
  }
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
  Driver &driver = getDriver();
  std::lock_guard<std::recursive_mutex> lock(driver.mutex);
  ++driver.state.contexts;
  driver.contexts[device].device = device;
  *context = &driver.contexts[device];
  return kSuccess;
}

int cuCtxGetCurrent(void **context) {
  *context = currentContext;
  return kSuccess;
}

int cuCtxSetCurrent(void *context) {
  currentContext = static_cast<Context *>(context);
  return kSuccess;
}

/// `options` number the `values`: 5 is a buffer for errors, 6 its size.
int cuModuleLoadDataEx(void **module, const void *image, unsigned count,
                       const int *options, void *const *values) {
  Driver &driver = getDriver();
  std::lock_guard<std::recursive_mutex> lock(driver.mutex);
  if (!currentContext)
    return kInvalidContext;
  ++driver.state.modules;
  auto loaded = std::make_unique<Module>();
  loaded->device = currentContext->device;
  const Chip &chip = kChips[loaded->device];
  std::string error;
  if (driver.state.compile != kSuccess)
    error = "ptxas application ptx input, line 1; error: asked to fail\n"
            "ptxas fatal: Ptx assembly aborted";
  else if (ptx::parse(static_cast<const char *>(image), loaded->program,
                      error) &&
           loaded->program.target > 10 * chip.major + chip.minor)
    error = "expects PTX for a chip as old as this";
  if (error.empty()) {
    *module = loaded.get();
    driver.modules.push_back(std::move(loaded));
    return kSuccess;
  }
  char *log = nullptr;
  size_t bytes = 0;
  for (unsigned i = 0; i < count; ++i) {
    if (options[i] == 5)
      log = static_cast<char *>(values[i]);
    if (options[i] == 6)
      bytes = reinterpret_cast<uintptr_t>(values[i]);
  }
  if (log)
    std::snprintf(log, bytes, "%s", error.c_str());
  return kInvalidPtx;
}

int cuModuleGetFunction(void **function, void *module, const char *name) {
  Driver &driver = getDriver();
  std::lock_guard<std::recursive_mutex> lock(driver.mutex);
  auto *loaded = static_cast<Module *>(module);
  auto at = loaded->program.kernels.find(name);
  if (at == loaded->program.kernels.end())
    return kNotFound;
  driver.functions.push_back(
      std::make_unique<Function>(Function{&at->second, loaded->device}));
  *function = driver.functions.back().get();
  return kSuccess;
}

int cuThreadExchangeStreamCaptureMode(int *mode) {
  std::swap(*mode, captureMode);
  return kSuccess;
}

int cuStreamIsCapturing(void *stream, int *status) {
  Driver &driver = getDriver();
  *status = driver.isCapturing && stream == driver.capturedStream;
  return kSuccess;
}

int cuLaunchKernel(void *function, unsigned blocks, unsigned blocksY,
                   unsigned blocksZ, unsigned threads, unsigned threadsY,
                   unsigned threadsZ, unsigned sharedBytes, void *stream,
                   void **arguments, void **extra) {
  Driver &driver = getDriver();
  std::lock_guard<std::recursive_mutex> lock(driver.mutex);
  const Function &launched = *static_cast<Function *>(function);
  if (!currentContext || currentContext->device != launched.device)
    return kInvalidContext;
  if (blocksY * blocksZ * threadsY * threadsZ != 1 || sharedBytes || extra)
    return kInvalidValue;
  ++driver.state.launches;
  // The caller's arguments need not outlive the call.
  const ptx::Kernel &kernel = *launched.kernel;
  std::vector<uint64_t> values(kernel.parameters.size());
  for (size_t i = 0; i < values.size(); ++i)
    std::memcpy(&values[i], arguments[i], kernel.parameters[i].bytes);
  ptx::Grid grid{blocks, threads};
  return runOrCapture(stream, [&driver, &kernel, values, grid]() mutable {
    std::vector<void *> pointers;
    for (uint64_t &value : values)
      pointers.push_back(&value);
    std::string fault;
    if (ptx::launch(kernel, grid, pointers.data(), driver.state.options,
                    driver.memory, fault))
      return int(kSuccess);
    driver.state.fault = fault;
    std::fprintf(stderr, "simulated GPU: %s\n", fault.c_str());
    return int(kLaunchFailed);
  });
}

} // extern "C"
