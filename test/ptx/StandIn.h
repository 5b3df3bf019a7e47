//===- StandIn.h - what tests ask of simulated GPUs -------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_STANDIN_H
#define SLB_TEST_PTX_STANDIN_H

#include "Interpreter.h"

/// The stand-in for the CUDA driver, libcuda.so.1: its kernels run in the
/// interpreter, at once, on buffers of this program's own memory.
namespace slb::standin {

/// Simulated GPUs, by their number.
enum Device {
  kHopper,         ///< Compute capability 9.0, and so on; 1 multiprocessor.
  kBlackwell,      ///< 10.0
  kTuring,         ///< 7.5
  kAmpere,         ///< 8.0
  kAmpereSmall,    ///< 8.6
  kAda,            ///< 8.9
  kBlackwellSmall, ///< 12.0
  kVolta,          ///< 7.0, which slb has no kernels for.
  kDeviceCount
};

struct State {
  // What was called.
  int64_t contexts = 0; ///< Primary contexts that were retained.
  int64_t modules = 0;  ///< PTX that the driver was asked to compile.
  int64_t launches = 0;
  int64_t copies = 0, blockingCopies = 0; ///< From the host to a GPU.
  int64_t operators = 0; ///< LibTorch's own, on tensors of GPUs.

  // What calls answer, other than 0.
  int initialize = 0; ///< cuInit
  int compile = 0;    ///< cuModuleLoadDataEx

  ptx::Options options;
  std::string fault; ///< What the last launch did wrong.
};

State &getState();

/// Memory of the GPUs. Kernels may access no other.
void addBuffer(const void *begin, size_t bytes,
               ptx::Memory::Rights rights = {});
void removeBuffer(const void *begin);

/// What any call of the CUDA runtime does first: it makes the device's primary
/// context the current one.
void bindDevice(int device);
/// A copy from the host to a GPU. While `stream` is being captured, false if
/// it blocks.
bool copyToDevice(void *to, const void *from, size_t bytes, void *stream,
                  bool isBlocking);

/// Whether any stream is being captured. Host memory is to be had then only by
/// a thread whose mode is relaxed.
bool isCapturing();
bool mayAllocate();

/// Launches and copies on `stream` do not run now, but in each replay.
void beginCapture(void *stream);
void endCapture();
void replay();

} // namespace slb::standin

#endif // SLB_TEST_PTX_STANDIN_H
