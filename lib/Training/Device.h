//===- Device.h - CPU and CUDA through LibTorch -----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_DEVICE_H
#define SLB_LIB_TRAINING_DEVICE_H

#include <torch/torch.h>

namespace slb {

/// Opens `cpu`, `cuda` or `cuda:N`. False and one line in `error`.
bool openDevice(const std::string &name, torch::Device &device,
                std::string &error);

} // namespace slb

#endif // SLB_LIB_TRAINING_DEVICE_H
