//===- AugmentationTest.cpp - random variations of images -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../../lib/Training/Augmentation.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace slb;

static Dataset makeDataset() {
  Dataset dataset;
  dataset.height = dataset.width = 8;
  dataset.channels = 2;
  dataset.pixelMap = {-100, 100, 100, 0.5f};
  return dataset;
}

TEST(Augmentation, PlainImageIsThePixelMap) {
  Dataset dataset = makeDataset();
  std::vector<uint8_t> pixels(dataset.imageSize());
  for (size_t i = 0; i < pixels.size(); ++i)
    pixels[i] = uint8_t(i);
  std::vector<float> output(pixels.size());
  Random random(1);
  writePlain(dataset, pixels.data(), random, output.data());
  for (size_t i = 0; i < pixels.size(); ++i)
    EXPECT_EQ(output[i], (float(i) - 100) * 0.5f);
}

TEST(Augmentation, AffineKeepsAConstantImage) {
  Dataset dataset = makeDataset();
  std::vector<uint8_t> pixels(dataset.imageSize(), 120);
  std::vector<float> output(pixels.size());
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    writeAffine(dataset, pixels.data(), random, output.data());
    for (float value : output)
      EXPECT_NEAR(value, 10, 1e-4);
  }
}

TEST(Augmentation, CropMovesPixelsAndPadsWithZero) {
  Dataset dataset = makeDataset();
  std::vector<uint8_t> pixels(dataset.imageSize(), 120);
  std::vector<float> output(pixels.size());
  int64_t padded = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    writeFlipAndCrop(dataset, pixels.data(), random, output.data());
    for (float value : output)
      EXPECT_TRUE(value == 0 || value == 10);
    padded += std::count(output.begin(), output.end(), 0.0f) > 0;
  }
  EXPECT_GT(padded, 50);
}
