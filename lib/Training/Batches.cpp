//===- Batches.cpp - batches of images as tensors -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Batches.h"

#include <numeric>

using namespace slb;
using torch::Tensor;

static Batch makeBatch(const Dataset &dataset, const ImageSet &images,
                       const int64_t *indices, int64_t count,
                       WriteImage writeImage, Random random,
                       torch::Device device) {
  Tensor pixels = torch::empty(
      {count, dataset.height, dataset.width, dataset.channels}, torch::kFloat);
  Tensor labels = torch::empty({count}, torch::kLong);
  float *output = pixels.data_ptr<float>();
  for (int64_t i = 0; i < count; ++i) {
    writeImage(dataset, &images.pixels[indices[i] * dataset.imageSize()],
               random, output + i * dataset.imageSize());
    labels.data_ptr<int64_t>()[i] = images.labels[indices[i]];
  }
  return {pixels.to(device).permute({0, 3, 1, 2}), labels.to(device)};
}

Batch slb::plainBatch(const Dataset &dataset, const ImageSet &images,
                      int64_t begin, int64_t count, torch::Device device) {
  std::vector<int64_t> indices(count);
  std::iota(indices.begin(), indices.end(), begin);
  return makeBatch(dataset, images, indices.data(), count, writePlain,
                   Random(0), device);
}

TrainingBatches::TrainingBatches(const Dataset &dataset,
                                 WriteImage augmentation, int64_t batchSize,
                                 uint64_t seed, torch::Device device)
    : dataset(dataset), augmentation(augmentation),
      batchSize(std::min(batchSize, dataset.train.size())), seed(seed),
      device(device) {}

int64_t TrainingBatches::stepsPerEpoch() const {
  return dataset.train.size() / batchSize;
}

void TrainingBatches::shuffle(int64_t epoch) {
  if (epoch == shuffledEpoch)
    return;
  shuffledEpoch = epoch;
  order.resize(dataset.train.size());
  std::iota(order.begin(), order.end(), 0);
  Random random(seed, epoch);
  for (int64_t i = order.size() - 1; i > 0; --i)
    std::swap(order[i], order[random.below(i + 1)]);
}

Batch TrainingBatches::get(int64_t epoch, int64_t step) {
  shuffle(epoch);
  return makeBatch(dataset, dataset.train, &order[step * batchSize], batchSize,
                   augmentation, Random(seed, epoch, step + 1), device);
}
