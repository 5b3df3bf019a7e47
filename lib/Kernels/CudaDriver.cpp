//===- CudaDriver.cpp - the functions of libcuda --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaDriver.h"
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
  find(library, "cuCtxGetCurrent", driver.cuCtxGetCurrent, error);
  find(library, "cuCtxGetDevice", driver.cuCtxGetDevice, error);
  find(library, "cuDeviceGetAttribute", driver.cuDeviceGetAttribute, error);
  find(library, "cuModuleLoadData", driver.cuModuleLoadData, error);
  find(library, "cuModuleGetFunction", driver.cuModuleGetFunction, error);
  find(library, "cuLaunchKernel", driver.cuLaunchKernel, error);
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

bool CudaDriver::getAttribute(int attribute, int &value,
                              std::string &error) const {
  Device device = 0;
  return check(cuCtxGetDevice(&device), "cuCtxGetDevice", error) &&
         check(cuDeviceGetAttribute(&value, attribute, device),
               "cuDeviceGetAttribute", error);
}
