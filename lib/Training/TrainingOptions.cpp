//===- TrainingOptions.cpp - a training run from the command line ---------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/TrainingOptions.h"

using namespace slb;

static void addRunOptions(CommandLine &options, TrainingConfig &config) {
  options.group("What to train (required)");
  // Before all others: the network brings the defaults that they replace.
  options.required("network", "NETWORK",
                   "digits-cnn, resnet8, resnet20, resnet18 or vgg-small",
                   [&config](const std::string &value) {
                     auto defaults = defaultsFor(value);
                     if (defaults) {
                       config = *defaults;
                       return std::string();
                     }
                     std::string unused;
                     return CommandLine::choice(unused, networkNames())(value);
                   });
  options.required("dataset", "DATA",
                   "digits, digits:DIR, mnist:DIR or cifar10:DIR (binary "
                   "version)",
                   CommandLine::text(config.dataset));
  options.required("output", "DIR",
                   "takes model.mlir, training.json and checkpoint.pt",
                   CommandLine::text(config.output));

  options.group("Bits");
  options.option("weight-bits", "1|2|3|4|32", "searched weights; 32: float (1)",
                 CommandLine::choice(config.weightBits, {1, 2, 3, 4, 32}));
  options.option("activation-bits", "1|2|4|8|32",
                 "quantized activations; 32: float (8)",
                 CommandLine::choice(config.activationBits, {1, 2, 4, 8, 32}));
  options.option("layer-bits", "LAYER:BITS,...",
                 "weights of single layers, 1, 2, 3, 4, 8 or 32 bits",
                 [&config](const std::string &value) {
                   return parseLayerBits(value, config.layerBits);
                 });
}

static void addMethodOptions(CommandLine &options, TrainingConfig &config) {
  options.group("Training (defaults depend on the network)");
  options.option("epochs", "N", "passes over the training images",
                 CommandLine::integer(config.epochs, 1, 100000));
  options.option("batch-size", "N", "images in a step",
                 CommandLine::integer(config.batchSize, 2, 65536));
  options.option("max-steps", "N", "stop early after N steps",
                 CommandLine::integer(config.maxSteps, 1, INT64_MAX));
  options.option("learning-rate", "X", "of SGD; cosine after 5 % warm-up",
                 CommandLine::real(config.learningRate, 0, 1000));
  options.option("logits-learning-rate", "X",
                 "of the searched weights' logits (0.5; 2 for 4 bits)",
                 CommandLine::real(config.logitsLearningRate, 0, 1000));
  options.option("logits-type", "TYPE",
                 "float32, or bfloat16 to store logits in half the memory",
                 [&config](const std::string &value) {
                   std::string type;
                   std::string expected = CommandLine::choice(
                       type, {"float32", "bfloat16"})(value);
                   config.bfloat16Logits = type == "bfloat16";
                   return expected;
                 });
  options.option("momentum", "X", "of SGD, Nesterov's (0.9)",
                 CommandLine::real(config.momentum, 0, 1));
  options.option("weight-decay", "X", "of float and 8-bit weights",
                 CommandLine::real(config.weightDecay, 0, 1));
  options.option("label-smoothing", "X", "of the cross entropy",
                 CommandLine::real(config.labelSmoothing, 0, 1));
  options.option("clip-gradient-norm", "X",
                 "scale the gradients down to this norm where it is larger",
                 CommandLine::real(config.clipGradientNorm, 1e-30, 1e30));
  options.option("accumulate", "N",
                 "take the gradient of a batch in N parts, to save memory",
                 CommandLine::integer(config.accumulate, 1, 65536));
  options.option("seed", "N", "of everything random (1)",
                 CommandLine::integer(config.seed, 0, INT64_MAX));

  options.group("Temperature T of the searched weights");
  options.option("t-start-val", "X", "T at first (1)",
                 CommandLine::real(config.temperatureStart, 1e-6, 1e6));
  options.option("t-start-time", "X",
                 "share of the epochs after which T rises (0.2)",
                 CommandLine::real(config.temperatureStartTime, 0, 1));
  options.option("t-end-time", "X",
                 "share of the epochs after which argmax is used (0.6)",
                 CommandLine::real(config.temperatureEndTime, 0, 1));
  options.option("t-factor", "X",
                 "of T from epoch to epoch (so that T reaches 1000)",
                 CommandLine::real(config.temperatureFactor, 1, 1e6));
}

static void addMachineOptions(CommandLine &options, TrainingConfig &config) {
  options.group("Running");
  options.option("device", "cpu|cuda[:N]", "where to compute (cpu)",
                 CommandLine::text(config.device));
  options.option("threads", "N", "of the CPU (one a core; digits-cnn: 1)",
                 CommandLine::integer(config.threads, 1, 1024));
  options.flag("resume", "continue from DIR/checkpoint.pt", config.resume);
  options.option("limit-train", "N", "use the first N training images",
                 CommandLine::integer(config.limitTrain, 2, INT64_MAX));
  options.option("limit-test", "N", "use the first N test images",
                 CommandLine::integer(config.limitTest, 1, INT64_MAX));
}

void slb::addTrainingOptions(CommandLine &options, TrainingConfig &config) {
  addRunOptions(options, config);
  addMethodOptions(options, config);
  addMachineOptions(options, config);
}
