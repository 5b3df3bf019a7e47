//===- Packing.h - filters and activations as words -------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Plain C++: layouts are the contract between the compiler, the runtime and
// whoever fills a network's input.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOBITPACK_PACKING_H
#define SLB_CONVERSION_SLBTOBITPACK_PACKING_H

#include <cstdint>
#include <optional>
#include <vector>

namespace slb {

/// value = offset + sum_j coefficients[j] * bit_j.
struct PlaneCoefficients {
  int64_t offset = 0;
  std::vector<int64_t> coefficients;
};

/// Splits a value set into bit planes: the bits of (value - min) / gcd, gcd
/// being the largest step that all values keep. None if that takes more than 8.
std::optional<PlaneCoefficients>
getPlaneCoefficients(const std::vector<int64_t> &integers);

/// Filter codes [rows][length] as planes [rows][planes][ceil(length / 32)], the
/// code of `integers[code]`. Words are the bits of `int32_t`.
std::vector<int32_t> packFilter(const PlaneCoefficients &planes,
                                const std::vector<int64_t> &integers,
                                const int8_t *codes, int64_t rows,
                                int64_t length);

/// Activation codes [pixels][channels] as planes
/// [pixels][planeCount][ceil(channels / 32)].
std::vector<uint32_t> packActivations(const uint8_t *codes, int64_t pixels,
                                      int64_t channels, int64_t planeCount);

} // namespace slb

#endif // SLB_CONVERSION_SLBTOBITPACK_PACKING_H
