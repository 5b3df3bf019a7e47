//===- Packing.cpp - filters and activations as words ---------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/SLBToBitpack/Packing.h"
#include <numeric>

using namespace slb;

static int64_t getWords(int64_t bits) { return (bits + 31) / 32; }

std::optional<PlaneCoefficients>
slb::getPlaneCoefficients(const std::vector<int64_t> &integers) {
  int64_t step = 0;
  for (int64_t integer : integers)
    step = std::gcd(step, integer - integers.front());
  PlaneCoefficients planes;
  planes.offset = integers.front();
  int64_t last = (integers.back() - integers.front()) / step;
  for (int64_t bit = 1; bit <= last; bit *= 2)
    planes.coefficients.push_back(step * bit);
  if (planes.coefficients.size() > 8)
    return std::nullopt;
  return planes;
}

std::vector<int32_t> slb::packFilter(const PlaneCoefficients &planes,
                                     const std::vector<int64_t> &integers,
                                     const int8_t *codes, int64_t rows,
                                     int64_t length) {
  int64_t step = planes.coefficients.front();
  std::vector<uint32_t> fields;
  for (int64_t integer : integers)
    fields.push_back(uint32_t((integer - planes.offset) / step));

  size_t planeCount = planes.coefficients.size();
  int64_t words = getWords(length);
  std::vector<int32_t> packed(rows * planeCount * words);
  std::vector<uint32_t> word(planeCount);
  for (int64_t row = 0; row < rows; ++row) {
    const int8_t *rowCodes = codes + row * length;
    int32_t *target = packed.data() + row * planeCount * words;
    for (int64_t first = 0; first < length; first += 32) {
      std::fill(word.begin(), word.end(), 0u);
      int64_t count = std::min<int64_t>(32, length - first);
      for (int64_t i = 0; i < count; ++i) {
        uint32_t field = fields[uint8_t(rowCodes[first + i])];
        for (size_t j = 0; j < planeCount; ++j)
          word[j] |= ((field >> j) & 1u) << i;
      }
      for (size_t j = 0; j < planeCount; ++j)
        target[j * words + first / 32] = int32_t(word[j]);
    }
  }
  return packed;
}

std::vector<uint32_t> slb::packActivations(const uint8_t *codes, int64_t pixels,
                                           int64_t channels,
                                           int64_t planeCount) {
  int64_t words = getWords(channels);
  std::vector<uint32_t> packed(pixels * planeCount * words);
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    for (int64_t c = 0; c < channels; ++c)
      for (int64_t j = 0; j < planeCount; ++j)
        packed[(pixel * planeCount + j) * words + c / 32] |=
            ((uint32_t(codes[pixel * channels + c]) >> j) & 1u) << (c % 32);
  return packed;
}
