//===- CudaDriver.cpp - the functions of libcuda --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaDriver.h"
#include <algorithm>
#include <dlfcn.h>

using namespace slb;

template <typename FunctionT>
static void find(void *library, const char *name, FunctionT &function,
                 std::string &error) {
  function = reinterpret_cast<FunctionT>(dlsym(library, name));
  if (!function && error.empty())
    error = std::string("CUDA driver: libcuda.so.1 has no function ") + name;
}

static CudaDriver open(std::string &error) {
  CudaDriver driver;
  void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    error = std::string("no CUDA driver: ") + dlerror();
    return driver;
  }
  find(library, "cuInit", driver.cuInit, error);
  find(library, "cuGetErrorString", driver.cuGetErrorString, error);
  find(library, "cuDeviceGet", driver.cuDeviceGet, error);
  find(library, "cuDeviceGetAttribute", driver.cuDeviceGetAttribute, error);
  find(library, "cuDevicePrimaryCtxRetain", driver.cuDevicePrimaryCtxRetain,
       error);
  find(library, "cuCtxGetCurrent", driver.cuCtxGetCurrent, error);
  find(library, "cuCtxSetCurrent", driver.cuCtxSetCurrent, error);
  find(library, "cuModuleLoadDataEx", driver.cuModuleLoadDataEx, error);
  find(library, "cuModuleGetFunction", driver.cuModuleGetFunction, error);
  find(library, "cuLaunchKernel", driver.cuLaunchKernel, error);
  find(library, "cuStreamIsCapturing", driver.cuStreamIsCapturing, error);
  find(library, "cuThreadExchangeStreamCaptureMode",
       driver.cuThreadExchangeStreamCaptureMode, error);
  if (error.empty())
    driver.check(driver.cuInit(0), "cuInit", error);
  return driver;
}

const CudaDriver *CudaDriver::get(std::string &error) {
  static std::string failure;
  static const CudaDriver driver = open(failure);
  if (failure.empty())
    return &driver;
  error = failure;
  return nullptr;
}

bool CudaDriver::check(Result result, const char *call,
                       std::string &error) const {
  if (result == 0)
    return true;
  const char *text = nullptr;
  cuGetErrorString(result, &text);
  error = std::string("CUDA driver: ") + call + ": " +
          (text ? text : "error " + std::to_string(result));
  return false;
}

bool CudaDriver::getAttribute(Device device, int attribute, int &value,
                              std::string &error) const {
  return check(cuDeviceGetAttribute(&value, attribute, device),
               "cuDeviceGetAttribute", error);
}

bool CudaDriver::bind(Context context, std::string &error) const {
  Context current = nullptr;
  if (!check(cuCtxGetCurrent(&current), "cuCtxGetCurrent", error))
    return false;
  return current == context ||
         check(cuCtxSetCurrent(context), "cuCtxSetCurrent", error);
}

bool CudaDriver::load(const std::string &ptx, void *&module,
                      std::string &error) const {
  constexpr int errorLog = 5, errorLogBytes = 6;
  std::string log(4096, '\0');
  int options[] = {errorLog, errorLogBytes};
  void *values[] = {log.data(), reinterpret_cast<void *>(log.size() - 1)};
  if (check(cuModuleLoadDataEx(&module, ptx.c_str(), 2, options, values),
            "cuModuleLoadDataEx", error))
    return true;
  log.resize(log.find('\0'));
  while (!log.empty() && log.back() == '\n')
    log.pop_back();
  if (!log.empty())
    error += ": " + log;
  std::replace(error.begin(), error.end(), '\n', ';');
  return false;
}
