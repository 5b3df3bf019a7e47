//===- TrainingConfig.h - what a training run is ----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TRAINING_TRAININGCONFIG_H
#define SLB_TRAINING_TRAININGCONFIG_H

#include "slb/Training/Schedule.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace slb {

/// An option and what was chosen.
struct Choice {
  std::string option;
  std::variant<int64_t, double, std::string> value;

  /// Numbers with as many digits as tell them apart.
  std::string getText() const;
};

/// The choices of one training run. What a network does best by default is in
/// defaultsFor().
struct TrainingConfig {
  std::string dataset, network, output;
  int64_t weightBits = 1, activationBits = 8;
  std::map<std::string, int64_t> layerBits; ///< Weights, by the layer's name.

  int64_t epochs = 1, batchSize = 64, seed = 1;
  int64_t maxSteps = 0; ///< 0: no limit.
  double learningRate = 0.05, momentum = 0.9, weightDecay = 5e-4;
  std::optional<double> logitsLearningRate;
  bool bfloat16Logits = false; ///< As they are stored, else float32.
  double labelSmoothing = 0;
  double clipGradientNorm = 0; ///< 0: no clipping.
  int64_t accumulate = 1;      ///< Parts of a batch.

  double temperatureStart = 1;
  double temperatureStartTime = 0.2, temperatureEndTime = 0.6;
  std::optional<double> temperatureFactor; ///< Unset: reaches T = 1000.

  int64_t limitTrain = 0, limitTest = 0; ///< 0: all images.
  std::string device = "cpu";
  int64_t threads = 0; ///< 0: one a core, as LibTorch chooses.
  bool resume = false;

  double getLogitsLearningRate() const;
  TemperatureSchedule getTemperatureSchedule() const;

  /// All that the result depends on: a checkpoint can be resumed by a run of
  /// the same choices only.
  std::vector<Choice> choices() const;

  /// What is wrong with choices that are right one by one; empty if nothing is.
  std::string findProblem() const;
};

std::vector<std::string> networkNames();

/// The defaults of a network; nullopt for an unknown name.
std::optional<TrainingConfig> defaultsFor(const std::string &network);

/// Parses `conv1:8,fc:32`. Returns what it expects if the text is wrong, else
/// an empty string.
std::string parseLayerBits(const std::string &text,
                           std::map<std::string, int64_t> &layerBits);

} // namespace slb

#endif // SLB_TRAINING_TRAININGCONFIG_H
