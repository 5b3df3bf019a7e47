//===- CudaDriver.h - the functions of libcuda ------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_KERNELS_CUDADRIVER_H
#define SLB_LIB_KERNELS_CUDADRIVER_H

#include <string>

namespace slb {

/// The part of the CUDA driver API that launches kernels, opened at run time.
/// Names and types are those of cuda.h, which need not be there.
struct CudaDriver {
  using Result = int;
  using Device = int;
  Result (*cuInit)(unsigned) = nullptr;
  Result (*cuGetErrorString)(Result, const char **) = nullptr;
  Result (*cuCtxGetCurrent)(void **) = nullptr;
  Result (*cuCtxGetDevice)(Device *) = nullptr;
  Result (*cuDeviceGetAttribute)(int *, int, Device) = nullptr;
  Result (*cuModuleLoadData)(void **, const void *) = nullptr;
  Result (*cuModuleGetFunction)(void **, void *, const char *) = nullptr;
  Result (*cuLaunchKernel)(void *, unsigned, unsigned, unsigned, unsigned,
                           unsigned, unsigned, unsigned, void *, void **,
                           void **) = nullptr;

  /// The driver of this machine, or null and a message in `error`.
  static const CudaDriver *get(std::string &error);

  /// False and a message with the driver's words in `error` for a failure.
  bool check(Result result, const char *call, std::string &error) const;
  /// An attribute of the current context's device.
  bool getAttribute(int attribute, int &value, std::string &error) const;
};

} // namespace slb

#endif // SLB_LIB_KERNELS_CUDADRIVER_H
