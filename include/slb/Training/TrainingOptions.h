//===- TrainingOptions.h - a training run from the command line -*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TRAINING_TRAININGOPTIONS_H
#define SLB_TRAINING_TRAININGOPTIONS_H

#include "slb/Support/CommandLine.h"
#include "slb/Training/TrainingConfig.h"

namespace slb {

/// Adds an option for every choice of `config`, which must live as long as
/// `options` does.
void addTrainingOptions(CommandLine &options, TrainingConfig &config);

} // namespace slb

#endif // SLB_TRAINING_TRAININGOPTIONS_H
