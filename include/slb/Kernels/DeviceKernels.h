//===- DeviceKernels.h - searched weights on NVIDIA GPUs --------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No MLIR, no CUDA and no LibTorch in this header.

#ifndef SLB_KERNELS_DEVICEKERNELS_H
#define SLB_KERNELS_DEVICEKERNELS_H

#include "slb/Kernels/SearchKernels.h"

namespace slb {

/// What one launch works on: `words` is copied to the device once, and again
/// when a buffer moves.
struct SearchTable {
  std::vector<int64_t> words; ///< 8 a layer, then 1 a chunk.
  int64_t layerCount = 0;
  int64_t chunkCount = 0;
};

/// The table of layers that lie on a GPU. For backward, `momentum` is where the
/// gradient of the logits goes. False and a message in `error` where buffers
/// are not aligned to 16 bytes, or rows not to 4 weights.
bool describeLayers(const std::vector<SearchedTensor> &layers,
                    SearchTable &table, std::string &error);

/// The kernels of one variant, compiled for the GPU of the calling thread's
/// current CUDA context, and cached. The driver is opened at run time: without
/// one, or without a GPU, `get` says so, and SearchKernels are there.
class DeviceKernels {
public:
  static std::shared_ptr<const DeviceKernels> get(const SearchVariant &variant,
                                                  std::string &error);
  ~DeviceKernels();

  /// Queue one kernel for all layers on `stream`, a CUstream of the context
  /// that `get` found. `words` is the table's copy on the device. False and a
  /// message in `error` if the launch is refused.
  bool forward(const SearchTable &table, const void *words, float temperature,
               void *stream, std::string &error) const;
  bool backward(const SearchTable &table, const void *words, float temperature,
                void *stream, std::string &error) const;
  bool step(const SearchTable &table, const void *words, const SearchStep &step,
            void *stream, std::string &error) const;

private:
  struct Impl;
  explicit DeviceKernels(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

} // namespace slb

#endif // SLB_KERNELS_DEVICEKERNELS_H
