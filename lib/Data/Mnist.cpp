//===- Mnist.cpp - the MNIST digits in their idx files --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// An idx file: big-endian words, the magic number 0x800 + number of dimensions
// and the dimensions, then the bytes.

#include "Files.h"
#include "Formats.h"

#include <cstdio>

using namespace slb;

static uint32_t readWord(const std::vector<uint8_t> &bytes, size_t offset) {
  uint32_t word = 0;
  for (size_t i = 0; i < 4; ++i)
    word = word << 8 | bytes[offset + i];
  return word;
}

static std::string formatMagic(uint32_t magic) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08x", magic);
  return text;
}

/// Reads an idx file of `rank` dimensions into `dimensions` and `content`.
static bool loadIdx(std::string path, unsigned rank,
                    std::vector<int64_t> &dimensions,
                    std::vector<uint8_t> &content, std::string &error) {
  if (!readFile(path, content, error))
    return false;
  auto fail = [&](const std::string &place, const std::string &expected,
                  const std::string &found) {
    error = "'" + path + "', " + place + ": expects " + expected +
            ", but got " + found;
    return false;
  };
  size_t header = 4 * (rank + 1);
  if (content.size() < header)
    return fail("header", std::to_string(header) + " bytes",
                std::to_string(content.size()));
  uint32_t magic = readWord(content, 0);
  if (magic != 0x800 + rank)
    return fail("byte 0", "the magic number " + formatMagic(0x800 + rank),
                formatMagic(magic));
  uint64_t size = 1;
  for (unsigned i = 0; i < rank; ++i) {
    dimensions.push_back(readWord(content, 4 * (i + 1)));
    if (dimensions.back() == 0 || dimensions.back() > (1 << 24))
      return fail("dimension " + std::to_string(i), "1 to 16777216",
                  std::to_string(dimensions.back()));
    size *= dimensions.back();
  }
  if (content.size() - header != size)
    return fail("after the header", std::to_string(size) + " bytes",
                std::to_string(content.size() - header));
  content.erase(content.begin(), content.begin() + header);
  return true;
}

static bool loadSet(const std::string &folder, const std::string &prefix,
                    Dataset &dataset, ImageSet &images, std::string &error) {
  std::vector<int64_t> shape, count;
  std::string imagePath = folder + "/" + prefix + "-images-idx3-ubyte";
  std::string labelPath = folder + "/" + prefix + "-labels-idx1-ubyte";
  if (!loadIdx(imagePath, 3, shape, images.pixels, error) ||
      !loadIdx(labelPath, 1, count, images.labels, error))
    return false;
  if (shape[1] != dataset.height || shape[2] != dataset.width) {
    error = "'" + imagePath + "': expects images of 28x28 pixels, but got " +
            std::to_string(shape[1]) + "x" + std::to_string(shape[2]);
    return false;
  }
  if (shape[0] != count[0]) {
    error = "'" + labelPath + "': expects " + std::to_string(shape[0]) +
            " labels, one an image, but got " + std::to_string(count[0]);
    return false;
  }
  for (int64_t i = 0; i < images.size(); ++i) {
    if (images.labels[i] < dataset.classes)
      continue;
    error = "'" + labelPath + "', label " + std::to_string(i) +
            ": expects 0..9, but got " + std::to_string(images.labels[i]);
    return false;
  }
  return true;
}

bool slb::loadMnist(const std::string &folder, Dataset &dataset,
                    std::string &error) {
  dataset = Dataset();
  dataset.name = "mnist";
  dataset.height = dataset.width = 28;
  dataset.channels = 1;
  dataset.classes = 10;
  dataset.pixelMap = {0, 255, 0, 1.0f / 255};
  return loadSet(folder, "train", dataset, dataset.train, error) &&
         loadSet(folder, "t10k", dataset, dataset.test, error);
}
