//===- Memory.cpp - buffers of a simulated GPU ----------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory.h"

using namespace slb::ptx;

/// The smallest access, and so what traces are kept of.
static constexpr size_t kTraceBytes = 2;
static constexpr uint32_t kSeveral = ~uint32_t(0);
static constexpr uint32_t kAtomic = kSeveral - 1;

void Memory::add(const void *begin, size_t bytes, Rights rights) {
  Buffer &buffer = buffers[reinterpret_cast<uintptr_t>(begin)];
  buffer = Buffer();
  buffer.bytes = bytes;
  buffer.rights = rights;
}

void Memory::remove(const void *begin) {
  buffers.erase(reinterpret_cast<uintptr_t>(begin));
  last = buffers.end();
}

Memory::Buffers::iterator Memory::find(uint64_t address, size_t bytes) {
  auto holds = [&](Buffers::iterator at) {
    return address >= at->first &&
           address + bytes <= at->first + at->second.bytes;
  };
  if (last != buffers.end() && holds(last))
    return last;
  last = buffers.upper_bound(address);
  if (last == buffers.begin() || !holds(--last))
    last = buffers.end();
  return last;
}

bool Memory::trace(Buffer &buffer, size_t offset, size_t bytes, Access access,
                   uint32_t thread) {
  if (buffer.launch != launch) {
    buffer.launch = launch;
    buffer.traces.assign(buffer.bytes / kTraceBytes + 1, Trace());
  }
  bool isRead = access == Access::Read;
  uint32_t self = access == Access::Atomic ? kAtomic : thread + 1;
  for (size_t i = offset / kTraceBytes; i < (offset + bytes) / kTraceBytes;
       ++i) {
    Trace &trace = buffer.traces[i];
    if ((trace.writer && trace.writer != self) ||
        (!isRead && trace.reader && trace.reader != self))
      return false;
    if (isRead)
      trace.reader = trace.reader && trace.reader != self ? kSeveral : self;
    else
      trace.writer = self;
  }
  return true;
}

static std::string describe(Access access, size_t bytes) {
  const char *verb = access == Access::Read    ? "reads "
                     : access == Access::Write ? "writes "
                                               : "adds to ";
  return verb + std::to_string(bytes) + " bytes ";
}

bool Memory::check(uint64_t address, size_t bytes, Access access,
                   uint32_t thread, std::string &error) {
  auto buffer = find(address, bytes);
  if (buffer == buffers.end()) {
    error = describe(access, bytes) + "out of bounds";
    return false;
  }
  if (address % bytes != 0) {
    error = describe(access, bytes) + "misaligned, " +
            std::to_string(address % bytes) + " behind a multiple";
    return false;
  }
  const Rights &rights = buffer->second.rights;
  if ((access != Access::Write && !rights.canRead) ||
      (access != Access::Read && !rights.canWrite)) {
    error = describe(access, bytes) + "of a buffer that it must not";
    return false;
  }
  if (trace(buffer->second, address - buffer->first, bytes, access, thread))
    return true;
  error = describe(access, bytes) + "in a race with another thread";
  return false;
}
