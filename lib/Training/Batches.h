//===- Batches.h - batches of images as tensors -----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_BATCHES_H
#define SLB_LIB_TRAINING_BATCHES_H

#include "Augmentation.h"

#include <torch/torch.h>

namespace slb {

struct Batch {
  torch::Tensor images; ///< NCHW with the memory order of NHWC.
  torch::Tensor labels;
};

/// The images begin .. begin + count - 1 as they are.
Batch plainBatch(const Dataset &dataset, const ImageSet &images, int64_t begin,
                 int64_t count, torch::Device device);

/// Shuffled and augmented batches. A batch depends on (seed, epoch, step)
/// alone, so that training can resume at any step.
class TrainingBatches {
public:
  TrainingBatches(const Dataset &dataset, WriteImage augmentation,
                  int64_t batchSize, uint64_t seed, torch::Device device);

  /// Batches of an epoch; images beyond the last whole batch are left out, in
  /// each epoch others.
  int64_t stepsPerEpoch() const;
  Batch get(int64_t epoch, int64_t step);

private:
  void shuffle(int64_t epoch);

  const Dataset &dataset;
  WriteImage augmentation;
  int64_t batchSize;
  uint64_t seed;
  torch::Device device;
  int64_t shuffledEpoch = -1;
  std::vector<int64_t> order;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_BATCHES_H
