//===- Digest.cpp - tells files and data sets apart -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Support/Digest.h"

#include <cstdio>
#include <cstring>

using namespace slb;

/// Each step can be undone, so that words which differ in one place never meet
/// again.
void Digest::mix(uint64_t word) {
  state = (state ^ word) * 0x9e3779b97f4a7c15u;
  state ^= state >> 32;
}

void Digest::add(const void *data, size_t count) {
  auto *bytes = static_cast<const uint8_t *>(data);
  auto addByte = [&] {
    last |= uint64_t(*bytes++) << (8 * (size++ % 8));
    --count;
    if (size % 8 == 0) {
      mix(last);
      last = 0;
    }
  };
  while (count > 0 && size % 8 != 0)
    addByte();
  for (; count >= 8; count -= 8, bytes += 8, size += 8) {
    uint64_t word;
    std::memcpy(&word, bytes, 8);
    mix(word);
  }
  while (count > 0)
    addByte();
}

uint64_t Digest::get() const {
  Digest end = *this;
  end.mix(last);
  end.mix(size);
  return end.state;
}

std::string slb::formatDigest(uint64_t digest) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx",
                static_cast<unsigned long long>(digest));
  return text;
}
