//===- ValueSet.cpp - values as slb IR spells them ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValueSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace slb;

/// The largest scale that divides every value, or 0.
static double getCommonScale(const std::vector<double> &values) {
  double smallest = 0;
  for (double value : values)
    if (value != 0 && (smallest == 0 || std::fabs(value) < smallest))
      smallest = std::fabs(value);
  for (int divisor = 1; divisor <= 64; ++divisor) {
    double scale = smallest / divisor;
    if (llvm::all_of(values, [&](double value) {
          double multiple = value / scale;
          return std::fabs(multiple) < (1 << 24) &&
                 std::fabs(multiple - std::round(multiple)) < 1e-6;
        }))
      return scale;
  }
  return 0;
}

bool slb::spellSet(const std::vector<double> &values, SpelledSet &spelled,
                   std::string &error) {
  bool isAscending =
      std::is_sorted(values.begin(), values.end(), std::less_equal<double>());
  if (values.size() < 2 || values.size() > 16) {
    error = "expects 2 to 16 values for searched weights, but got " +
            std::to_string(values.size());
    return false;
  }
  if (!isAscending) {
    error = "expects ascending values for searched weights";
    return false;
  }
  double scale = getCommonScale(values);
  if (scale == 0) {
    error = "expects searched values that are integer multiples of one scale";
    return false;
  }
  int64_t last = values.size() - 1;
  bool isOdd = last == 1 || last == 3 || last == 7 || last == 15;
  std::string integers;
  for (auto [code, value] : llvm::enumerate(values)) {
    int64_t integer = std::llround(value / scale);
    isOdd &= integer == 2 * int64_t(code) - last;
    integers += (code ? ", " : "") + std::to_string(integer);
  }
  spelled.set = isOdd ? llvm::formatv("odd<{0}>", llvm::Log2_64(last + 1)).str()
                      : "list<" + integers + ">";
  // Left out, SLB's own scale is exact in double.
  if (!isOdd || std::fabs(scale * last - 1) > 1e-9)
    spelled.scale = llvm::formatv(" scale = {0:e9}", scale);
  return true;
}
