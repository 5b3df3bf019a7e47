//===- Digits.cpp - the UCI optical recognition of digits data ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Text: one image a line, 64 pixels of 0..16 and the class, separated by
// commas; a line that starts with # is a comment.

#include "Files.h"
#include "Formats.h"

#include <algorithm>

using namespace slb;

static constexpr int64_t kPixels = 64;
static constexpr int kMaxPixel = 16;
static constexpr int kMaxLabel = 9;

/// Parses one line of text into `images`.
static bool parseLine(const char *position, const char *end, ImageSet &images,
                      std::string &problem) {
  for (int64_t column = 0; column <= kPixels; ++column) {
    int limit = column < kPixels ? kMaxPixel : kMaxLabel;
    const char *start = position;
    int value = 0;
    while (position != end && *position >= '0' && *position <= '9' &&
           value <= limit)
      value = 10 * value + (*position++ - '0');
    bool closed = column < kPixels ? position != end && *position == ','
                                   : position == end;
    if (position == start || value > limit || !closed) {
      std::string found(start, std::min(end, start + 8));
      std::replace_if(
          found.begin(), found.end(), [](char c) { return c < ' ' || c > '~'; },
          '?');
      problem = "expects " + std::to_string(kPixels) +
                " pixels of 0..16 and a class of 0..9, but column " +
                std::to_string(column + 1) + " is '" + found + "'";
      return false;
    }
    position += column < kPixels;
    (column < kPixels ? images.pixels : images.labels).push_back(value);
  }
  return true;
}

static bool loadFile(std::string path, ImageSet &images, std::string &error) {
  std::vector<uint8_t> bytes;
  if (!readFile(path, bytes, error))
    return false;
  const char *position = reinterpret_cast<const char *>(bytes.data());
  const char *end = position + bytes.size();
  int64_t before = images.size();
  for (int64_t line = 1; position != end; ++line) {
    const char *next = std::find(position, end, '\n');
    const char *stop = next != position && next[-1] == '\r' ? next - 1 : next;
    std::string problem;
    if (stop != position && *position != '#' &&
        !parseLine(position, stop, images, problem)) {
      error = "'" + path + "', line " + std::to_string(line) + ": " + problem;
      return false;
    }
    position = next == end ? end : next + 1;
  }
  if (images.size() == before)
    error = "'" + path + "': expects at least one image, but got none";
  return images.size() != before;
}

bool slb::loadDigits(const std::string &folder, Dataset &dataset,
                     std::string &error) {
  dataset = Dataset();
  dataset.name = "digits";
  dataset.height = dataset.width = 8;
  dataset.channels = 1;
  dataset.classes = 10;
  dataset.pixelMap = {0, kMaxPixel, 0, 1.0f / kMaxPixel};
  return loadFile(folder + "/optdigits.tra", dataset.train, error) &&
         loadFile(folder + "/optdigits.hol", dataset.train, error) &&
         loadFile(folder + "/optdigits.tes", dataset.test, error);
}
