//===- Digest.h - tells files and data sets apart ---------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SUPPORT_DIGEST_H
#define SLB_SUPPORT_DIGEST_H

#include <cstddef>
#include <cstdint>
#include <string>

namespace slb {

/// A number of 64 bits for bytes that come in pieces, whatever the pieces are.
/// Other bytes have another one, but for those that somebody made to have the
/// same: it finds damage and mistakes, not malice.
class Digest {
public:
  void add(const void *data, size_t size);
  void add(int64_t number) { add(&number, sizeof number); }
  uint64_t get() const;

private:
  void mix(uint64_t word);

  uint64_t state = 0xcbf29ce484222325u;
  uint64_t size = 0; ///< In bytes, of all that was added.
  uint64_t last = 0; ///< Its size % 8 last bytes.
};

/// 16 hexadecimal digits.
std::string formatDigest(uint64_t digest);

} // namespace slb

#endif // SLB_SUPPORT_DIGEST_H
