//===- Cifar10.cpp - CIFAR-10 in its binary version -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// A record: one byte of class, then 32x32 bytes of red, green and blue each.

#include "Files.h"
#include "Formats.h"

using namespace slb;

static constexpr size_t kPlane = 32 * 32;
static constexpr size_t kRecord = 1 + 3 * kPlane;

static bool loadBatch(std::string path, ImageSet &images, std::string &error) {
  std::vector<uint8_t> bytes;
  if (!readFile(path, bytes, error))
    return false;
  if (bytes.empty() || bytes.size() % kRecord != 0) {
    error = "'" + path + "': expects records of " + std::to_string(kRecord) +
            " bytes, but record " + std::to_string(bytes.size() / kRecord) +
            " has " + std::to_string(bytes.size() % kRecord);
    return false;
  }
  for (size_t at = 0; at < bytes.size(); at += kRecord) {
    if (bytes[at] > 9) {
      error = "'" + path + "', record " + std::to_string(at / kRecord) +
              ": expects a class of 0..9, but got " + std::to_string(bytes[at]);
      return false;
    }
    images.labels.push_back(bytes[at]);
    for (size_t pixel = 0; pixel < kPlane; ++pixel)
      for (size_t channel = 0; channel < 3; ++channel)
        images.pixels.push_back(bytes[at + 1 + channel * kPlane + pixel]);
  }
  return true;
}

bool slb::loadCifar10(const std::string &folder, Dataset &dataset,
                      std::string &error) {
  dataset = Dataset();
  dataset.name = "cifar10";
  dataset.height = dataset.width = 32;
  dataset.channels = 3;
  dataset.classes = 10;
  dataset.variation = Variation::FlipAndCrop;
  // The mean and deviation of each channel are absorbed by the first batch
  // norm; centred pixels keep the zero padding near the mean.
  dataset.pixelMap = {-128, 127, 128, 1.0f / 64};
  std::string inner = folder + "/cifar-10-batches-bin";
  const std::string &batches =
      findFile(inner + "/test_batch.bin").empty() ? folder : inner;
  for (int batch = 1; batch <= 5; ++batch)
    if (!loadBatch(batches + "/data_batch_" + std::to_string(batch) + ".bin",
                   dataset.train, error))
      return false;
  return loadBatch(batches + "/test_batch.bin", dataset.test, error);
}
