//===- Core.h - how a core's file tells the compiler of it ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Cores/X.cpp defines registerX, and is found by CMake.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TARGET_CORE_H
#define SLB_LIB_TARGET_CORE_H

#include "slb/Target/Targets.h"
#include <vector>

namespace slb::bitpack {

struct TargetRegistry {
  std::vector<ConvolutionStrategy> strategies;
  std::vector<Target> targets;

  void addStrategies(llvm::ArrayRef<ConvolutionStrategy> rows) {
    strategies.insert(strategies.end(), rows.begin(), rows.end());
  }
  void addTarget(const Target &target) { targets.push_back(target); }
};

#define SLB_CORE(core) void register##core(TargetRegistry &registry);
#include "lib/Target/Cores.def"
#undef SLB_CORE

/// What rows of kernels are written with.
namespace rows {
inline constexpr KernelForm Pixel = KernelForm::Pixel, Tile = KernelForm::Tile,
                            Row = KernelForm::Row, Run = KernelForm::Run;
inline constexpr InputForm U8 = InputForm::UnsignedBytes,
                           S8 = InputForm::SignedBytes, S16 = InputForm::Shorts,
                           F32 = InputForm::Floats,
                           UnsignedBits = InputForm::UnsignedPlanes,
                           SignBit = InputForm::SignPlane,
                           SignBits = InputForm::SignPlanes,
                           OtherBits = InputForm::OtherPlanes;
inline constexpr WeightStorage Planes = WeightStorage::Planes,
                               Nibbles = WeightStorage::Nibbles,
                               Bytes = WeightStorage::SignedBytes,
                               Floats = WeightStorage::Floats;
inline constexpr Requirement Nothing = Requirement::Nothing,
                             ShortInputs = Requirement::ShortInputs,
                             InputsAsSignedBytes =
                                 Requirement::InputsAsSignedBytes,
                             InputsAsBytes = Requirement::InputsAsBytes,
                             FourWeightPlanes = Requirement::FourWeightPlanes,
                             UpToFourWeightPlanes =
                                 Requirement::UpToFourWeightPlanes,
                             WeightsAsBytes = Requirement::WeightsAsBytes,
                             Depthwise = Requirement::Depthwise,
                             NotDepthwise = Requirement::NotDepthwise,
                             RowsOfTaps = Requirement::RowsOfTaps;
inline constexpr Argument NoMore = Argument::None,
                          IsSigned = Argument::IsSigned,
                          NoPlanes = Argument::NoPlanes;
} // namespace rows

} // namespace slb::bitpack

#endif // SLB_LIB_TARGET_CORE_H
