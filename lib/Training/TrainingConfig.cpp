//===- TrainingConfig.cpp - what a training run is ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/TrainingConfig.h"

#include <cstdio>
#include <sstream>

using namespace slb;

static constexpr double kFinalTemperature = 1000;

double TrainingConfig::getLogitsLearningRate() const {
  // Many candidates share one gradient, so four bits need longer steps.
  return logitsLearningRate.value_or(weightBits == 4 ? 2 : 0.5);
}

TemperatureSchedule TrainingConfig::getTemperatureSchedule() const {
  TemperatureSchedule schedule;
  schedule.epochs = epochs;
  schedule.startValue = temperatureStart;
  schedule.startTime = temperatureStartTime;
  schedule.endTime = temperatureEndTime;
  schedule.factor =
      temperatureFactor.value_or(schedule.factorFor(kFinalTemperature));
  return schedule;
}

static std::string format(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

std::vector<std::pair<std::string, std::string>>
TrainingConfig::choices() const {
  TemperatureSchedule schedule = getTemperatureSchedule();
  std::string layers;
  for (auto &[name, bits] : layerBits)
    layers += (layers.empty() ? "" : ",") + name + ":" + std::to_string(bits);
  return {
      {"dataset", dataset.substr(0, dataset.find(':'))},
      {"network", network},
      {"weight-bits", std::to_string(weightBits)},
      {"activation-bits", std::to_string(activationBits)},
      {"layer-bits", layers},
      {"epochs", std::to_string(epochs)},
      {"batch-size", std::to_string(batchSize)},
      {"seed", std::to_string(seed)},
      {"learning-rate", format(learningRate)},
      {"logits-learning-rate", format(getLogitsLearningRate())},
      {"logits-type", logitsType},
      {"momentum", format(momentum)},
      {"weight-decay", format(weightDecay)},
      {"label-smoothing", format(labelSmoothing)},
      {"clip-gradient-norm", format(clipGradientNorm)},
      {"accumulate", std::to_string(accumulate)},
      {"t-start-val", format(schedule.startValue)},
      {"t-start-time", format(schedule.startTime)},
      {"t-end-time", format(schedule.endTime)},
      {"t-factor", format(schedule.factor)},
      {"limit-train", std::to_string(limitTrain)},
  };
}

const std::vector<std::string> &slb::networkNames() {
  static const std::vector<std::string> names = {
      "digits-cnn", "resnet8", "resnet20", "resnet18", "vgg-small"};
  return names;
}

std::optional<TrainingConfig> slb::defaultsFor(const std::string &network) {
  TrainingConfig config;
  config.network = network;
  if (network == "digits-cnn") {
    // 40 would do for 8-bit activations; 1 and 2 bits lose 0.1 to 0.3 points.
    config.epochs = 60;
    config.labelSmoothing = 0.1;
    // Its layers are too small to share: threads would wait for each other.
    config.threads = 1;
    return config;
  }
  // The networks for CIFAR-10.
  config.epochs = 200;
  config.batchSize = 100;
  if (network == "resnet8" || network == "resnet20") {
    config.learningRate = 0.1;
    config.weightDecay = 1e-4;
    return config;
  }
  config.learningRate = network == "vgg-small" ? 0.02 : 0.1;
  if (network == "vgg-small" || network == "resnet18")
    return config;
  return std::nullopt;
}

std::string slb::parseLayerBits(const std::string &text,
                                std::map<std::string, int64_t> &layerBits) {
  static const std::map<std::string, int64_t> allowed = {
      {"1", 1}, {"2", 2}, {"3", 3}, {"4", 4}, {"8", 8}, {"32", 32}};
  std::istringstream stream(text);
  for (std::string item; std::getline(stream, item, ',');) {
    size_t colon = item.find(':');
    auto bits = colon == std::string::npos
                    ? allowed.end()
                    : allowed.find(item.substr(colon + 1));
    if (colon == 0 || bits == allowed.end())
      return "LAYER:BITS,... with 1, 2, 3, 4, 8 or 32 bits";
    layerBits[item.substr(0, colon)] = bits->second;
  }
  return "";
}
