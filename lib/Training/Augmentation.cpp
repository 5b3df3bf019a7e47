//===- Augmentation.cpp - random variations of training images ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Augmentation.h"

#include <algorithm>
#include <cmath>

using namespace slb;

// The limits of the affine map; the shift in pixels.
static constexpr float kRotation = 0.15f;
static constexpr float kScale = 0.1f;
static constexpr float kShear = 0.1f;
static constexpr float kShift = 0.5f;
static constexpr int64_t kCropPadding = 4;

static float toInput(const PixelMap &map, float pixel) {
  return (pixel - float(map.offset)) * map.scale;
}

void slb::writePlain(const Dataset &dataset, const uint8_t *pixels, Random &,
                     float *output) {
  for (int64_t i = 0; i < dataset.imageSize(); ++i)
    output[i] = toInput(dataset.pixelMap, pixels[i]);
}

/// The pixel at (y, x) between the four nearest ones; the border repeats.
static float sampleBilinear(const Dataset &dataset, const uint8_t *pixels,
                            int64_t channel, float y, float x) {
  y = std::clamp(y, 0.0f, float(dataset.height - 1));
  x = std::clamp(x, 0.0f, float(dataset.width - 1));
  int64_t top = int64_t(y), left = int64_t(x);
  int64_t bottom = std::min(top + 1, dataset.height - 1);
  int64_t right = std::min(left + 1, dataset.width - 1);
  float fy = y - float(top), fx = x - float(left);
  auto at = [&](int64_t row, int64_t column) {
    return float(
        pixels[(row * dataset.width + column) * dataset.channels + channel]);
  };
  float above = at(top, left) * (1 - fx) + at(top, right) * fx;
  float below = at(bottom, left) * (1 - fx) + at(bottom, right) * fx;
  return above * (1 - fy) + below * fy;
}

void slb::writeAffine(const Dataset &dataset, const uint8_t *pixels,
                      Random &random, float *output) {
  float angle = random.symmetric(kRotation);
  float shear = random.symmetric(kShear);
  float scaleY = 1 + random.symmetric(kScale);
  float scaleX = 1 + random.symmetric(kScale);
  float shiftY = random.symmetric(kShift), shiftX = random.symmetric(kShift);
  float cosine = std::cos(angle), sine = std::sin(angle);
  float centreY = float(dataset.height - 1) / 2;
  float centreX = float(dataset.width - 1) / 2;
  for (int64_t row = 0; row < dataset.height; ++row)
    for (int64_t column = 0; column < dataset.width; ++column) {
      float v = (float(row) - centreY) * scaleY;
      float u = (float(column) - centreX) * scaleX + shear * v;
      float y = cosine * v + sine * u + centreY + shiftY;
      float x = cosine * u - sine * v + centreX + shiftX;
      for (int64_t channel = 0; channel < dataset.channels; ++channel)
        *output++ = toInput(dataset.pixelMap,
                            sampleBilinear(dataset, pixels, channel, y, x));
    }
}

void slb::writeFlipAndCrop(const Dataset &dataset, const uint8_t *pixels,
                           Random &random, float *output) {
  bool flip = random.below(2) == 1;
  int64_t shiftY = random.below(2 * kCropPadding + 1) - kCropPadding;
  int64_t shiftX = random.below(2 * kCropPadding + 1) - kCropPadding;
  for (int64_t row = 0; row < dataset.height; ++row)
    for (int64_t column = 0; column < dataset.width; ++column) {
      int64_t y = row + shiftY;
      int64_t x = (flip ? dataset.width - 1 - column : column) + shiftX;
      bool inside = y >= 0 && y < dataset.height && x >= 0 && x < dataset.width;
      int64_t offset = (y * dataset.width + x) * dataset.channels;
      for (int64_t channel = 0; channel < dataset.channels; ++channel)
        *output++ =
            inside ? toInput(dataset.pixelMap, pixels[offset + channel]) : 0;
    }
}

WriteImage slb::findAugmentation(const Dataset &dataset) {
  switch (dataset.variation) {
  case Variation::Affine:
    return writeAffine;
  case Variation::FlipAndCrop:
    return writeFlipAndCrop;
  }
}
