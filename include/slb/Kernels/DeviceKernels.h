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

#include <functional>

namespace slb {

/// What one launch works on. The kernels find it on the device, where it is to
/// be copied once, and again when a buffer moves.
struct SearchTable {
  std::vector<int64_t> records; ///< 7 words a layer.
  int64_t layerCount = 0;
  int64_t chunkCount = 0;

  /// The size of what lies on the device: the records, then a word a chunk.
  int64_t getWordCount() const { return int64_t(records.size()) + chunkCount; }
  void writeWords(int64_t *words) const;
};

/// The table of layers that lie on a GPU. For backward, `momentum` is where the
/// gradient of the logits goes. False and a message in `error` where buffers
/// are not aligned to 16 bytes, or rows not to 4 weights.
bool describeLayers(const std::vector<SearchedTensor> &layers,
                    SearchTable &table, std::string &error);

/// The kernels of one variant, compiled for one GPU, and cached. They work in
/// its primary context, which CUDA's runtime, and so LibTorch, does too, and
/// from any thread. The driver is opened at run time: without one, or without a
/// GPU, `get` says so, and SearchKernels are there.
class DeviceKernels {
public:
  /// `device` counts as CUDA's runtime does. Null and a message in `error`,
  /// which do not change from call to call.
  static std::shared_ptr<const DeviceKernels>
  get(int device, const SearchVariant &variant, std::string &error);
  ~DeviceKernels();

  /// Queue one kernel for all layers on `stream`, a CUstream of the device.
  /// `words` is the table's copy there. False and a message in `error` if the
  /// launch is refused.
  bool forward(const SearchTable &table, const void *words, float temperature,
               void *stream, std::string &error) const;
  bool backward(const SearchTable &table, const void *words, float temperature,
                void *stream, std::string &error) const;
  /// Adds to `flips`, on the device, how many weights changed their argmax.
  bool step(const SearchTable &table, const void *words, const SearchStep &step,
            int32_t *flips, void *stream, std::string &error) const;

  /// Whether `stream` is being captured: what is queued there does not run now,
  /// but in each replay of a graph.
  bool isCapturing(void *stream) const;
  /// Calls `allocate`, which may ask the driver for memory, so that it does not
  /// end the capture of any stream.
  void allocateInCapture(const std::function<void()> &allocate) const;

private:
  struct Impl;
  explicit DeviceKernels(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

} // namespace slb

#endif // SLB_KERNELS_DEVICEKERNELS_H
