//===- Memory.h - buffers of a simulated GPU --------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_MEMORY_H
#define SLB_TEST_PTX_MEMORY_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace slb::ptx {

enum class Access { Read, Write, Atomic };

/// The buffers that kernels may access: parts of this program's own memory.
/// Every access of a launch is checked for its place, its alignment, and for
/// races with other threads.
class Memory {
public:
  struct Rights {
    bool canRead = true, canWrite = true;
  };

  void add(const void *begin, size_t bytes, Rights rights);
  void remove(const void *begin);

  /// Forgets which thread accessed what.
  void beginLaunch() { ++launch; }
  /// True if `thread`, a number within the launch, may access the bytes. What
  /// is wrong goes to `error`.
  bool check(uint64_t address, size_t bytes, Access access, uint32_t thread,
             std::string &error);

private:
  /// Threads that accessed two bytes, each counted from 1.
  struct Trace {
    uint32_t writer = 0, reader = 0;
  };
  struct Buffer {
    size_t bytes = 0;
    Rights rights;
    uint64_t launch = 0; ///< That `traces` belong to.
    std::vector<Trace> traces;
  };

  using Buffers = std::map<uint64_t, Buffer>;

  /// The buffer that holds all these bytes, or the end.
  Buffers::iterator find(uint64_t address, size_t bytes);
  /// Leaves the thread's traces. False if they cross those of others.
  bool trace(Buffer &buffer, size_t offset, size_t bytes, Access access,
             uint32_t thread);

  Buffers buffers;
  Buffers::iterator last = buffers.end(); ///< That was found.
  uint64_t launch = 0;
};

} // namespace slb::ptx

#endif // SLB_TEST_PTX_MEMORY_H
