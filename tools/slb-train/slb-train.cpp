//===- slb-train.cpp - trains networks with searched weights --------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Training/Trainer.h"
#include "slb/Training/TrainingOptions.h"

#include <cstdio>

using namespace slb;

static const char *const kOverview =
    "slb-train: trains a network whose low-bit weights are searched (SLB), "
    "and\n"
    "writes it as model.mlir for slb-compile and slb-eval.\n"
    "\n"
    "Examples:\n"
    "  1-bit weights and 8-bit activations on the digits that come with slb:\n"
    "    slb-train --dataset=digits --network=digits-cnn --weight-bits=1 \\\n"
    "              --activation-bits=8 --output=w1a8\n"
    "  Ctrl-C stops after the current step; this continues, with the same\n"
    "  result as if it had not been stopped:\n"
    "    slb-train --dataset=digits --network=digits-cnn --weight-bits=1 \\\n"
    "              --activation-bits=8 --output=w1a8 --resume\n"
    "  a look at a large network: 10 steps, then 100 test images:\n"
    "    slb-train --dataset=cifar10:DIR --network=resnet18 --weight-bits=2 "
    "\\\n"
    "              --activation-bits=2 --max-steps=10 --limit-test=100 \\\n"
    "              --output=r18\n"
    "  one layer with more bits than the others:\n"
    "    slb-train --dataset=mnist:DIR --network=resnet8 --weight-bits=1 \\\n"
    "              --layer-bits=stack3_block1_conv2:4 --output=mixed\n"
    "\n"
    "A searched weight is the expectation sum_k softmax(T * a)_k * v_k over "
    "its\n"
    "2^bits preset values v_k; T rises until one value is left, then training\n"
    "goes on with the argmax. First and last layer have 8-bit weights unless\n"
    "--layer-bits or --weight-bits=32 says otherwise.\n";

static int fail(const std::string &error) {
  std::fputs(("slb-train: error: " + error + "\n").c_str(), stderr);
  return 1;
}

int main(int argc, char **argv) {
  TrainingConfig config;
  CommandLine options;
  addTrainingOptions(options, config);
  std::string error;
  if (!options.parse(argc, argv, kOverview, error))
    return fail(error);
  switch (train(config, error)) {
  case TrainingOutcome::Finished:
    return 0;
  case TrainingOutcome::Interrupted:
    return 130;
  case TrainingOutcome::Failed:
    return fail(error);
  }
}
