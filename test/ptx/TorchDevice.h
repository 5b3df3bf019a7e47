//===- TorchDevice.h - stand-in for LibTorch's CUDA: device -----*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_TORCHDEVICE_H
#define SLB_TEST_PTX_TORCHDEVICE_H

#include <c10/core/Allocator.h>

/// The stand-in for LibTorch's CUDA part, libtorch_cuda.so: tensors on its
/// devices lie in this program's own memory, where the stand-in for the driver
/// lets kernels at them, and LibTorch's operators for the CPU compute on them.
namespace slb::standin {

c10::Allocator &getDeviceAllocator();
/// Whether this place is in memory that copies need not wait for.
bool isPinned(const void *place);
/// The current stream of this thread, as the driver knows it.
void *getCurrentStream();

} // namespace slb::standin

#endif // SLB_TEST_PTX_TORCHDEVICE_H
