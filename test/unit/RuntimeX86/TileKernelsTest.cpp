//===- TileKernelsTest.cpp - x86 vector kernels against plain ones --------===//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "test/qemu-user/RandomConvolutions.h"

#include "gtest/gtest.h"
#include <cstdlib>

namespace {

class TileKernels : public testing::Test {
protected:
  void SetUp() override {
#ifdef __AVX512VPOPCNTDQ__
    if (std::getenv("SLB_HOST_CPU"))
      GTEST_SKIP() << "tests as on a processor without AVX-512";
    if (!__builtin_cpu_supports("avx512vpopcntdq") ||
        !__builtin_cpu_supports("avx512vnni"))
      GTEST_SKIP() << "no AVX-512 VPOPCNTDQ and VNNI";
#else
    if (!__builtin_cpu_supports("avx2"))
      GTEST_SKIP() << "no AVX2";
#endif
  }
};

constexpr uint32_t Cases = 300;

TEST_F(TileKernels, BitPlanesByBitPlanes) {
  for (uint32_t seed = 1; seed <= Cases; ++seed)
    EXPECT_TRUE(checkBitsBits(seed)) << "seed " << seed;
}

TEST_F(TileKernels, BitPlanesAsBytes) {
  for (uint32_t seed = 1; seed <= Cases; ++seed)
    EXPECT_TRUE(checkBitsBytes(seed)) << "seed " << seed;
}

TEST_F(TileKernels, BytesByBitPlanes) {
  for (uint32_t seed = 1; seed <= Cases; ++seed)
    EXPECT_TRUE(checkU8Bits(seed)) << "seed " << seed;
}

TEST_F(TileKernels, BytesBySignedBytes) {
  for (uint32_t seed = 1; seed <= Cases; ++seed)
    EXPECT_TRUE(checkBytesS8(seed)) << "seed " << seed;
}

TEST_F(TileKernels, Thresholds) {
  for (uint32_t seed = 1; seed <= Cases; ++seed)
    EXPECT_TRUE(checkThresholds(seed)) << "seed " << seed;
}

} // namespace
