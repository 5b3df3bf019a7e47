//===- MissingDriverTest.cpp - kernels for GPUs without a driver ----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/DeviceKernels.h"
#include <dlfcn.h>
#include <gtest/gtest.h>

using namespace slb;

namespace {

TEST(DeviceKernels, SayThatThereIsNoDriver) {
  if (void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL)) {
    dlclose(library);
    GTEST_SKIP() << "this machine has a CUDA driver";
  }
  std::string error;
  EXPECT_FALSE(DeviceKernels::get(0, {{-1, 1}}, error));
  EXPECT_EQ(error.find("no CUDA driver: libcuda.so.1"), 0u) << error;
}

TEST(DeviceKernelsDeathTest, SayWhatADriverLacks) {
  // In a program of its own, which finds another driver.
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  setenv("LD_LIBRARY_PATH", SLB_OLD_DRIVER, 1);
  EXPECT_EXIT(
      {
        std::string error;
        DeviceKernels::get(0, {{-1, 1}}, error);
        std::fprintf(stderr, "%s\n", error.c_str());
        std::exit(7);
      },
      testing::ExitedWithCode(7),
      "CUDA driver: libcuda.so.1 has no function cuGetErrorString");
}

} // namespace
