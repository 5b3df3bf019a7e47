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

/// What activations can be to a kernel: their storage, and of planes what their
/// offset is, because padding is a value of 0 and not a bit of 0.
enum class InputForm : uint32_t {
  None = 0,
  UnsignedPlanes = 1 << 0, ///< No offset.
  SignPlane = 1 << 1,      ///< One plane of +-1, which needs a mask.
  SignPlanes = 1 << 2,     ///< Several: the offset undoes half of each plane.
  OtherPlanes = 1 << 3,    ///< Any other offset.
  UnsignedBytes = 1 << 4,  ///< Any byte may stand for 0.
  SignedBytes = 1 << 5,
  Shorts = 1 << 6,
  Floats = 1 << 7,
  LLVM_MARK_AS_BITMASK_ENUM(Floats)
};

/// The one form of the layer's input; none if no kernel can read it.
InputForm getInputForm(ConvolutionOpInterface conv);

/// What kernels ask of a layer. The first three all of them do.
enum class Requirement : uint32_t {
  Nothing = 0,
  Input = 1 << 0,         ///< Activations of a form that the kernel takes.
  WeightStorage = 1 << 1, ///< Weights likewise, or planes where it is nibbles.
  ConstantWeights = 1 << 2, ///< Known ones, where their layout changes.
  ShortInputs = 1 << 3,     ///< Up to 3 planes: a lane of 8 bits holds the sums
                            ///< of a word of them.
  InputsAsSignedBytes = 1 << 4, ///< Values of planes that are signed bytes.
  InputsAsBytes = 1 << 5,       ///< The same, unsigned.
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

struct ConvolutionStrategy {
  /// What --strategy, the report and the generated comment call it.
  llvm::StringLiteral name;
  /// The kernel: C calls slb_<function>, which lies in a file of that name.
  llvm::StringLiteral function;
  KernelForm form;
  int32_t pixels;  ///< Of a tile; of a run at most; of a row for each table.
  InputForm input; ///< All forms that it takes.
  WeightStorage weights;
  /// The kernel computes on rows of weights padded to multiples of so many.
  int32_t rowUnit;
  Requirement needs; ///< Apart from the operands' forms.
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

/// What a kernel asks for, for people: "unsigned bytes", "planes", "weights of
/// 4 planes".
std::string describeInputs(const ConvolutionStrategy &strategy);
llvm::StringRef describeWeights(const ConvolutionStrategy &strategy);
llvm::StringRef describeRequirement(Requirement requirement);

/// Why the strategy cannot compute a layer that does not meet the requirement:
/// "expects weights of 4 planes, but got 2".
std::string explainUnmet(const ConvolutionStrategy &strategy,
                         ConvolutionOpInterface conv, Requirement unmet);

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

/// What a kernel of the layer's target asks for, and the accumulators and the
/// residual of one pixel.
ScratchLayout getScratchLayout(ConvolutionOpInterface conv,
                               const ConvolutionStrategy *strategy);

/// The same of any layer, for the scheduled kernel.
ScratchLayout getScratchLayout(LayerOpInterface layer);

} // namespace slb::bitpack

#endif // SLB_TARGET_STRATEGIES_H
