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
  using Context = void *;
  Result (*cuInit)(unsigned) = nullptr;
  Result (*cuGetErrorString)(Result, const char **) = nullptr;
  Result (*cuDeviceGet)(Device *, int) = nullptr;
  Result (*cuDeviceGetAttribute)(int *, int, Device) = nullptr;
  Result (*cuDevicePrimaryCtxRetain)(Context *, Device) = nullptr;
  Result (*cuCtxGetCurrent)(Context *) = nullptr;
  Result (*cuCtxSetCurrent)(Context) = nullptr;
  Result (*cuModuleLoadDataEx)(void **, const void *, unsigned, int *,
                               void **) = nullptr;
  Result (*cuModuleGetFunction)(void **, void *, const char *) = nullptr;
  Result (*cuLaunchKernel)(void *, unsigned, unsigned, unsigned, unsigned,
                           unsigned, unsigned, unsigned, void *, void **,
                           void **) = nullptr;
  Result (*cuStreamIsCapturing)(void *, int *) = nullptr;
  Result (*cuThreadExchangeStreamCaptureMode)(int *) = nullptr;

  /// The driver of this machine, or null and a message in `error`.
  static const CudaDriver *get(std::string &error);

  /// False and a message with the driver's words in `error` for a failure.
  bool check(Result result, const char *call, std::string &error) const;
  bool getAttribute(Device device, int attribute, int &value,
                    std::string &error) const;
  /// Makes a context the calling thread's current one. CUDA's runtime does so
  /// in its first call on a thread, which ours may come before.
  bool bind(Context context, std::string &error) const;
  /// Compiles PTX. What the compiler says of it goes to `error`, in one line.
  bool load(const std::string &ptx, void *&module, std::string &error) const;
};

} // namespace slb

#endif // SLB_LIB_KERNELS_CUDADRIVER_H
