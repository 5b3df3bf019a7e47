//===- DeviceKernelsTest.cpp - what needs no GPU of the kernels for one ---===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/DeviceKernels.h"
#include "slb/Kernels/DeviceCompiler.h"
#include <gtest/gtest.h>

using namespace slb;

namespace {

TEST(DeviceKernels, ChipIsTheNewestThatRuns) {
  std::string error;
  EXPECT_EQ(getChip(7, 5, error), "sm_75");
  EXPECT_EQ(getChip(8, 7, error), "sm_86");
  EXPECT_EQ(getChip(9, 0, error), "sm_90");
  EXPECT_EQ(getChip(13, 0, error), "sm_120");
  EXPECT_EQ(error, "");
  EXPECT_EQ(getChip(7, 0, error), "");
  EXPECT_EQ(error, "expects a GPU of compute capability 7.5 or higher, but got "
                   "7.0");
}

SearchedTensor getLayer(int64_t count, int64_t rowStride) {
  SearchedTensor layer;
  layer.count = count;
  layer.rowStride = rowStride;
  return layer;
}

TEST(DeviceKernels, TableHasLayersThenChunks) {
  SearchTable table;
  std::string error;
  ASSERT_TRUE(describeLayers({getLayer(1024, 1024), getLayer(2050, 2052)},
                             table, error));
  EXPECT_EQ(table.layerCount, 2);
  EXPECT_EQ(table.chunkCount, 4);
  ASSERT_EQ(table.words.size(), 20u);
  EXPECT_EQ(table.words[8], 2050);
  EXPECT_EQ(table.words[9], 2052);
  EXPECT_EQ(table.words[16], 0);
  EXPECT_EQ(table.words[17], 1);
  EXPECT_EQ(table.words[19], 1 | int64_t(2) << 32);
}

TEST(DeviceKernels, RefusesRowsThatAreNotAligned) {
  SearchTable table;
  std::string error;
  EXPECT_FALSE(describeLayers({getLayer(8, 8), getLayer(5, 5)}, table, error));
  EXPECT_EQ(error, "expects buffers aligned to 16 bytes and a row stride of a "
                   "multiple of 4, but not so in layer 1");
}

TEST(DeviceKernels, SaysWhatIsMissing) {
  std::string error;
  EXPECT_FALSE(DeviceKernels::get({{-1, 1}, true}, error));
  bool isNamed = error.find("CUDA") != std::string::npos;
  EXPECT_TRUE(isNamed) << error;
}

} // namespace
