//===- DigestTest.cpp - the digest of files and data sets -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Support/Digest.h"

#include <gtest/gtest.h>
#include <set>

using namespace slb;

static uint64_t getDigest(const std::string &text) {
  Digest digest;
  digest.add(text.data(), text.size());
  return digest.get();
}

TEST(Digest, PiecesDoNotMatter) {
  const std::string text = "the quick brown fox jumps over the lazy dog";
  for (size_t first = 0; first <= text.size(); ++first)
    for (size_t second = first; second <= text.size(); ++second) {
      Digest digest;
      digest.add(text.data(), first);
      digest.add(text.data() + first, second - first);
      digest.add(text.data() + second, text.size() - second);
      ASSERT_EQ(digest.get(), getDigest(text)) << first << ' ' << second;
    }
}

TEST(Digest, EveryChangeShows) {
  const std::string text = "0123456789abcdef0123";
  std::set<uint64_t> digests;
  for (size_t size = 0; size <= text.size(); ++size)
    digests.insert(getDigest(text.substr(0, size)));
  for (size_t i = 0; i < text.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string other = text;
      other[i] = char(other[i] ^ 1 << bit);
      digests.insert(getDigest(other));
    }
  digests.insert(getDigest(text + '\0'));
  EXPECT_EQ(digests.size(), text.size() * 9 + 2);
}
