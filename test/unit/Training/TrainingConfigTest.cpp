//===- TrainingConfigTest.cpp - the choices of a training run -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/TrainingConfig.h"

#include <gtest/gtest.h>

using namespace slb;

TEST(TrainingConfig, EveryNetworkHasDefaults) {
  for (const std::string &name : networkNames()) {
    auto config = defaultsFor(name);
    ASSERT_TRUE(config.has_value()) << name;
    EXPECT_EQ(config->network, name);
  }
  EXPECT_FALSE(defaultsFor("lenet").has_value());
}

TEST(TrainingConfig, TemperatureFactorComesFromTheEpochs) {
  TrainingConfig config;
  config.epochs = 40;
  EXPECT_NEAR(config.getTemperatureSchedule().temperature(24), 1000, 1e-6);
  config.temperatureFactor = 1.2;
  EXPECT_NEAR(config.getTemperatureSchedule().temperature(24), 18.488, 1e-3);
}

TEST(TrainingConfig, LayerBits) {
  std::map<std::string, int64_t> bits;
  EXPECT_EQ(parseLayerBits("conv1:8,fc:32", bits), "");
  EXPECT_EQ(bits, (std::map<std::string, int64_t>{{"conv1", 8}, {"fc", 32}}));
  for (const char *wrong : {"conv1", ":8", "conv1:5", "conv1:", "fc:8,,x:1"})
    EXPECT_NE(parseLayerBits(wrong, bits), "") << wrong;
}
