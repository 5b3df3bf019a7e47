//===- FuzzDataset.cpp - the files of a data set --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Built once for each format, which SLB_FUZZ_FORMAT names.

#include "Folder.h"
#include "slb/Data/Dataset.h"
#include <algorithm>

using namespace slb;

static void writeDigits(const uint8_t *data, size_t size) {
  for (const char *name : {"optdigits.tra", "optdigits.hol", "optdigits.tes"})
    writeFile(name, data, size);
}

static void writeCifar10(const uint8_t *data, size_t size) {
  for (char batch = '1'; batch <= '5'; ++batch)
    writeFile(std::string("data_batch_") + batch + ".bin", data, size);
  writeFile("test_batch.bin", data, size);
}

/// The first two bytes say how long the file of images is; labels follow it.
static void writeMnist(const uint8_t *data, size_t size) {
  size_t images =
      size < 2 ? 0 : std::min<size_t>(size - 2, data[0] << 8 | data[1]);
  size_t begin = std::min<size_t>(size, 2);
  for (std::string prefix : {"train", "t10k"}) {
    writeFile(prefix + "-images-idx3-ubyte", data + begin, images);
    writeFile(prefix + "-labels-idx1-ubyte", data + begin + images,
              size - begin - images);
  }
}

static void check(const Dataset &dataset, const ImageSet &images) {
  if (images.size() == 0)
    abandon("a data set without images");
  if (int64_t(images.pixels.size()) != images.size() * dataset.imageSize())
    abandon("pixels that make no whole images");
  for (uint8_t label : images.labels)
    if (label >= dataset.classes)
      abandon("a label that is no class");
  for (uint8_t pixel : images.pixels)
    if (int value = pixel - dataset.pixelMap.offset;
        value < dataset.pixelMap.lo || value > dataset.pixelMap.hi)
      abandon("a pixel out of its range");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const std::string format = SLB_FUZZ_FORMAT;
  if (format == "digits")
    writeDigits(data, size);
  else if (format == "mnist")
    writeMnist(data, size);
  else
    writeCifar10(data, size);
  Dataset dataset;
  std::string error;
  bool succeeds = loadDataset(format + ":" + getFolder(), dataset, error);
  if (succeeds != error.empty() || error.find('\n') != std::string::npos)
    abandon("expects success or one line, but got '" + error + "'");
  if (succeeds) {
    check(dataset, dataset.train);
    check(dataset, dataset.test);
  }
  return 0;
}
