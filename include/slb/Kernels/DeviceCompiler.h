//===- DeviceCompiler.h - PTX of searched weights ---------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No MLIR and no LibTorch in this header: both sides include it.

#ifndef SLB_KERNELS_DEVICECOMPILER_H
#define SLB_KERNELS_DEVICECOMPILER_H

#include "slb/Kernels/SearchKernels.h"

namespace slb {

/// Threads of a block of the kernels.
constexpr int64_t kBlockThreads = 256;
/// Weights that a block takes at a time: a chunk, four weights a thread.
constexpr int64_t kChunkWeights = 4 * kBlockThreads;

/// The newest chip that the packaged LLVM knows and that a device of this
/// compute capability can run, such as `sm_90`. Empty and a message in `error`
/// for devices older than 7.5.
std::string getChip(int major, int minor, std::string &error);

/// PTX for `chip` with the kernels `forward`, `backward` and `step` of one
/// variant. Needs no GPU, no toolkit and no libdevice. Empty and a message in
/// `error` on failure.
///
/// Every kernel takes a table of layers, a table of chunks, the number of
/// chunks (i64), step also the counter of flips (i32), then floats: forward and
/// backward the temperature, step those of SearchStep in their order. One
/// launch does all chunks, whatever its grid.
std::string compileSearchPtx(const SearchVariant &variant,
                             const std::string &chip, std::string &error);

} // namespace slb

#endif // SLB_KERNELS_DEVICECOMPILER_H
