//===- TrainingConfig.cpp - what a training run is ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/TrainingConfig.h"

#include <charconv>
#include <iterator>
#include <sstream>

using namespace slb;

static constexpr double kFinalTemperature = 1000;
/// Products of it with what the kernels multiply are finite in float32.
static constexpr double kLargestTemperature = 1e30;

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

std::string Choice::getText() const {
  if (auto *text = std::get_if<std::string>(&value))
    return *text;
  char digits[32];
  auto write = [&](auto number) {
    return std::to_chars(digits, std::end(digits), number).ptr;
  };
  const char *end = std::holds_alternative<int64_t>(value)
                        ? write(std::get<int64_t>(value))
                        : write(std::get<double>(value));
  return std::string(static_cast<const char *>(digits), end);
}

std::vector<Choice> TrainingConfig::choices() const {
  TemperatureSchedule schedule = getTemperatureSchedule();
  std::string layers;
  for (auto &[name, bits] : layerBits)
    layers += (layers.empty() ? "" : ",") + name + ":" + std::to_string(bits);
  return {
      {"dataset", dataset.substr(0, dataset.find(':'))},
      {"network", network},
      {"weight-bits", weightBits},
      {"activation-bits", activationBits},
      {"layer-bits", layers},
      {"epochs", epochs},
      {"batch-size", batchSize},
      {"seed", seed},
      {"learning-rate", learningRate},
      {"logits-learning-rate", getLogitsLearningRate()},
      {"logits-type", std::string(bfloat16Logits ? "bfloat16" : "float32")},
      {"momentum", momentum},
      {"weight-decay", weightDecay},
      {"label-smoothing", labelSmoothing},
      {"clip-gradient-norm", clipGradientNorm},
      {"accumulate", accumulate},
      {"t-start-val", schedule.startValue},
      {"t-start-time", schedule.startTime},
      {"t-end-time", schedule.endTime},
      {"t-factor", schedule.factor},
      {"limit-train", limitTrain},
  };
}

std::string TrainingConfig::findProblem() const {
  if (temperatureEndTime < temperatureStartTime)
    return "--t-end-time: expects at least --t-start-time, but got less";
  TemperatureSchedule schedule = getTemperatureSchedule();
  double last = schedule.temperature(schedule.epochs);
  if (last > kLargestTemperature) {
    std::ostringstream text;
    text << "--t-factor: expects a temperature that stays below "
         << kLargestTemperature << ", but got " << last << " after " << epochs
         << " epochs";
    return text.str();
  }
  return "";
}

/// Those of the networks for CIFAR-10.
static TrainingConfig getDefaults(const char *network, double learningRate,
                                  double weightDecay) {
  TrainingConfig config;
  config.network = network;
  config.epochs = 200;
  config.batchSize = 100;
  config.learningRate = learningRate;
  config.weightDecay = weightDecay;
  return config;
}

static TrainingConfig getDigitsDefaults() {
  TrainingConfig config;
  config.network = "digits-cnn";
  // 40 would do for 8-bit activations; 1 and 2 bits lose 0.1 to 0.3 points.
  config.epochs = 60;
  config.labelSmoothing = 0.1;
  // Its layers are too small to share: threads would wait for each other.
  config.threads = 1;
  return config;
}

/// The defaults of every network.
static const std::vector<TrainingConfig> &getAllDefaults() {
  static const std::vector<TrainingConfig> all = {
      getDigitsDefaults(),
      getDefaults("resnet8", 0.1, 1e-4),
      getDefaults("resnet20", 0.1, 1e-4),
      getDefaults("resnet18", 0.1, 5e-4),
      getDefaults("vgg-small", 0.02, 5e-4),
  };
  return all;
}

std::vector<std::string> slb::networkNames() {
  std::vector<std::string> names;
  for (const TrainingConfig &config : getAllDefaults())
    names.push_back(config.network);
  return names;
}

std::optional<TrainingConfig> slb::defaultsFor(const std::string &network) {
  for (const TrainingConfig &config : getAllDefaults())
    if (config.network == network)
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
