//===- Trainer.h - trains a network and writes its model --------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No LibTorch in this header.

#ifndef SLB_TRAINING_TRAINER_H
#define SLB_TRAINING_TRAINER_H

#include "slb/Training/TrainingConfig.h"

#include <string>

namespace slb {

enum class TrainingOutcome {
  Finished,    ///< The model is written.
  Interrupted, ///< By a signal; the checkpoint is written.
  Failed,      ///< One line in `error`.
};

/// Loads the data, trains as `config` says, and writes model.mlir,
/// training.json and checkpoint.pt into config.output. Progress goes to
/// standard output, warnings to standard error. SIGINT and SIGTERM end the run
/// after the current step.
TrainingOutcome train(const TrainingConfig &config, std::string &error);

} // namespace slb

#endif // SLB_TRAINING_TRAINER_H
