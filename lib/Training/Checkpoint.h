//===- Checkpoint.h - a training run on disk --------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_CHECKPOINT_H
#define SLB_LIB_TRAINING_CHECKPOINT_H

#include "Optimizer.h"
#include "State.h"
#include "slb/Training/TrainingConfig.h"

namespace slb {

/// Where a run stands: before `step` of `epoch`, with the sums of the epoch so
/// far. Batches depend on (seed, epoch, step) alone, so no generator's state is
/// kept.
struct TrainingPosition {
  int64_t epoch = 1, step = 0;
  int64_t totalSteps = 0;
  torch::Tensor lossSum;      ///< Scalar, double.
  torch::Tensor correctCount; ///< Scalar, int64.
  int64_t seen = 0;
  double lastLoss = 0; ///< The mean loss of the last whole epoch.
};

/// Which run a checkpoint is of.
struct RunIdentity {
  std::vector<Choice> choices;
  uint64_t dataDigest = 0;
  /// What computes it, on which the last bits of sums depend.
  std::string machine;
};

/// Writes everything that resuming bit for bit needs. Whole or not at all: a
/// temporary file beside `path` is renamed.
bool saveCheckpoint(const std::string &path, const RunIdentity &run,
                    const NetworkState &state, const Sgd &optimizer,
                    const TrainingPosition &position, std::string &error);

/// Restores a checkpoint of a run with the same choices and data, and says in
/// `machine` what computed it. On failure nothing has changed but tensors of
/// `state`, and `error` names what differs.
bool loadCheckpoint(const std::string &path, const RunIdentity &run,
                    NetworkState &state, Sgd &optimizer,
                    TrainingPosition &position, std::string &machine,
                    std::string &error);

/// The name of a tensor with a number that is not finite; empty if none has.
std::string findNonFinite(const NetworkState &state, const Sgd &optimizer);

} // namespace slb

#endif // SLB_LIB_TRAINING_CHECKPOINT_H
