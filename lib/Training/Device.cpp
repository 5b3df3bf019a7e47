//===- Device.cpp - CPU and CUDA through LibTorch -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Device.h"

#include <dlfcn.h>

using namespace slb;

/// Parses the N of `cuda:N`; -1 if it is no number.
static int parseIndex(const std::string &name) {
  if (name == "cuda")
    return 0;
  std::string digits = name.substr(5);
  bool valid = !digits.empty() && digits.size() <= 3 &&
               digits.find_first_not_of("0123456789") == std::string::npos;
  return valid ? std::stoi(digits) : -1;
}

bool slb::openDevice(const std::string &name, torch::Device &device,
                     std::string &error) {
  if (name == "cpu") {
    device = torch::kCPU;
    return true;
  }
  bool isCuda = name == "cuda" || name.rfind("cuda:", 0) == 0;
  int index = isCuda ? parseIndex(name) : -1;
  if (index < 0) {
    error = "--device: expects cpu, cuda or cuda:N, but got '" + name + "'";
    return false;
  }
  // Opened before the first question about CUDA: LibTorch keeps the answer.
  if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL)) {
    const char *reason = dlerror();
    error = "--device=" + name + ": cannot load LibTorch's CUDA part: " +
            (reason ? reason : "unknown reason");
    return false;
  }
  int count = torch::cuda::is_available() ? torch::cuda::device_count() : 0;
  if (index >= count) {
    error = "--device=" + name + ": expects a CUDA device, but this machine " +
            (count ? "has " + std::to_string(count)
                   : std::string("has none, or no driver for it"));
    return false;
  }
  device = torch::Device(torch::kCUDA, index);
  return true;
}
