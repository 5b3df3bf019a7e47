//===- Dataset.h - image data sets in memory --------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DATA_DATASET_H
#define SLB_DATA_DATASET_H

#include <cstdint>
#include <string>
#include <vector>

namespace slb {

/// Labelled images, NHWC.
struct ImageSet {
  std::vector<uint8_t> pixels;
  std::vector<uint8_t> labels;

  int64_t size() const { return static_cast<int64_t>(labels.size()); }
  /// Keeps the first `count` images at most.
  void truncate(int64_t count);
};

/// How a pixel becomes the network's input: the integer pixel - offset, one of
/// lo, lo + 1, ..., hi, which stands for the real value scale * integer.
struct PixelMap {
  int32_t lo = 0, hi = 255;
  int32_t offset = 0;
  float scale = 1;
};

/// What leaves the class of an image as it is.
enum class Variation {
  Affine,      ///< Small rotations, shifts and the like: digits, letters.
  FlipAndCrop, ///< Mirroring and shifts: things.
};

struct Dataset {
  std::string name;
  int64_t height = 0, width = 0, channels = 0;
  int64_t classes = 0;
  PixelMap pixelMap;
  Variation variation = Variation::Affine;
  ImageSet train, test;

  int64_t imageSize() const { return height * width * channels; }
};

/// Loads `digits`, `digits:DIR`, `mnist:DIR` or `cifar10:DIR`; the files may be
/// plain or compressed by gzip, as published. False and one line in `error`
/// that names the file, the place, and what was expected and found.
bool loadDataset(const std::string &spec, Dataset &dataset, std::string &error);

/// A number that is another one for other images or labels.
uint64_t getDigest(const Dataset &dataset);

} // namespace slb

#endif // SLB_DATA_DATASET_H
