//===- Strategies.h - kernels that compute convolutions ---------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A strategy is a kernel of the runtime library and what it needs to know of a
// layer to run. Strategies are data: a core's file in lib/Target/Cores adds
// rows.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TARGET_STRATEGIES_H
#define SLB_TARGET_STRATEGIES_H

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "llvm/ADT/BitmaskEnum.h"
#include <optional>

namespace slb::bitpack {

LLVM_ENABLE_BITMASK_ENUMS_IN_NAMESPACE();

/// What one call of a kernel computes, and how it lays out accumulators.
enum class KernelForm {
  Pixel, ///< One output: acc [out_c].
  Tile,  ///< Up to `pixels` outputs in raster order: acc [out_c][pixels].
  Row,   ///< One row of outputs: acc [out_c][out_w].
  Run    ///< Any number of outputs in raster order: acc [pixels][out_c].
};

/// What kernels ask of a layer. The first three all of them do.
enum class Requirement : uint32_t {
  Nothing = 0,
  InputStorage = 1 << 0,  ///< Activations stored as the kernel reads them.
  WeightStorage = 1 << 1, ///< Weights likewise, or planes where it is nibbles.
  ConstantWeights = 1 << 2, ///< Known ones, where their layout changes.
  ShortInputs = 1 << 3,     ///< Up to 3 planes: a lane of 8 bits holds the sums
                            ///< of a word of them.
  NoMask = 1 << 4,          ///< Planes without an offset: padding is bits of 0.
  InputsAsBytes = 1 << 5,   ///< The same, and values that are unsigned bytes.
  FourWeightPlanes = 1 << 6,
  UpToFourWeightPlanes = 1 << 7,
  WeightsAsBytes = 1 << 8, ///< Values of planes that are signed bytes.
  Depthwise = 1 << 9,
  NotDepthwise = 1 << 10, ///< Vectors go along channels, or along rows.
  RowsOfTaps = 1 << 11,   ///< Neighbouring outputs share tables.
  LLVM_MARK_AS_BITMASK_ENUM(RowsOfTaps)
};

/// What a kernel is told beside geometry, planes, operands and place.
enum class Argument : uint32_t {
  None = 0,
  IsSigned = 1 << 0, ///< Whether its bytes of input are, as it takes both.
  NoPlanes =
      1 << 1, ///< A null pointer for planes, as it takes weights of bytes.
  LLVM_MARK_AS_BITMASK_ENUM(NoPlanes)
};

/// What the layer is expected to have, for people.
llvm::StringRef describeRequirement(Requirement requirement);

struct ConvolutionStrategy {
  /// What --strategy, the report and the generated comment call it.
  llvm::StringLiteral name;
  /// The kernel: C calls slb_<function>, which lies in a file of that name.
  llvm::StringLiteral function;
  KernelForm form;
  int32_t pixels; ///< Of a tile; of a run at most; of a row for each table.
  Storage input;
  WeightStorage weights;
  /// The kernel computes on rows of weights padded to multiples of so many.
  int32_t rowUnit;
  Requirement needs; ///< Apart from the storages.
  /// Bytes of scratch that the kernel asks for, aligned to a pointer, where a
  /// call computes `pixels` outputs.
  int64_t (*getPatchBytes)(ConvolutionOpInterface conv, int64_t pixels,
                           int64_t pointerBytes);
  Argument arguments = Argument::None;
  llvm::StringLiteral thresholdEpilogue = "threshold_bits";
  /// Of tiles, to unsigned bytes without a residual.
  llvm::StringLiteral bytesEpilogue = "";
};

/// All strategies, the plain ones first.
llvm::ArrayRef<ConvolutionStrategy> getConvolutionStrategies();

/// The strategy of that name, or null.
const ConvolutionStrategy *lookupConvolutionStrategy(llvm::StringRef name);

/// What the strategy asks for and the layer has not; none if it can compute the
/// layer, once bitpack-schedule has laid out the weights for it.
std::optional<Requirement> getUnmet(const ConvolutionStrategy &strategy,
                                    ConvolutionOpInterface conv);

/// Verifies that the layer's strategy, if it has one, can compute it as it is.
mlir::LogicalResult verifyStrategy(LayerOpInterface layer);

/// Whether accumulators are [out_c][pixels] and not [pixels][out_c].
bool isChannelsFirst(const ConvolutionStrategy &strategy);

/// Outputs that one call of the kernel computes.
int64_t getPixelsPerCall(const ConvolutionStrategy &strategy,
                         ConvolutionOpInterface conv);

/// Whether the epilogue takes a whole tile, rather than pixel by pixel.
bool hasTileEpilogue(const ConvolutionStrategy &strategy,
                     ConvolutionOpInterface conv);

/// A layer's scratch, in bytes from its start. Absent parts have no bytes.
struct ScratchLayout {
  int64_t accumulators = 0; ///< What one call of the kernel computes.
  int64_t pixel = 0;        ///< Accumulators of one pixel of a tile.
  int64_t residual = 0;     ///< One pixel's residual, as integers.
  int64_t patch = 0;        ///< What the kernel asks for.
  int64_t bytes = 0;
};

/// What the scheduled kernel asks for, and the accumulators and the residual of
/// one pixel.
ScratchLayout getScratchLayout(LayerOpInterface layer);

} // namespace slb::bitpack

#endif // SLB_TARGET_STRATEGIES_H
