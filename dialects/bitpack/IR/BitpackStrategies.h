//===- BitpackStrategies.h - kernels that compute convolutions --*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A strategy is a kernel of the runtime library and what it needs to know of a
// layer to run. Strategies are data: a kernel adds rows to the table.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_BITPACK_IR_BITPACKSTRATEGIES_H
#define SLB_DIALECTS_BITPACK_IR_BITPACKSTRATEGIES_H

#include "dialects/bitpack/IR/BitpackDialect.h"

namespace slb::bitpack {

/// How a filter is stored: planes [O][plane][ceil(R / 32)], nibbles
/// [O][ceil(R / 8)], bytes and floats [O][R].
enum class WeightStorage { Planes, Nibbles, SignedBytes, Floats };

/// Words of planes have three dimensions, words of nibbles two.
WeightStorage getWeightStorage(mlir::Type type);

/// What one call of a kernel computes, and how it lays out accumulators.
enum class KernelForm {
  Pixel, ///< One output: acc [out_c].
  Tile,  ///< Up to `pixels` outputs in raster order: acc [out_c][pixels].
  Row,   ///< One row of outputs: acc [out_c][out_w].
  Run    ///< Any number of outputs in raster order: acc [pixels][out_c].
};

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
  /// Whether the kernel can compute a layer of these storages; null: always.
  bool (*applies)(Conv2DOp conv);
  /// Bytes of scratch that the kernel asks for, aligned to a pointer, where a
  /// call computes `pixels` outputs.
  int64_t (*getPatchBytes)(Conv2DOp conv, int64_t pixels, int64_t pointerBytes);
  /// Arguments between the geometry and the planes; may be empty.
  llvm::StringLiteral leading = "";
  llvm::StringLiteral thresholdEpilogue = "threshold_bits";
  /// Of tiles, to unsigned bytes without a residual.
  llvm::StringLiteral bytesEpilogue = "";
};

/// All strategies, the plain ones first.
llvm::ArrayRef<ConvolutionStrategy> getConvolutionStrategies();

/// The strategy of that name, or null.
const ConvolutionStrategy *lookupConvolutionStrategy(llvm::StringRef name);

/// Whether the strategy can compute the layer, apart from the weights' layout,
/// which bitpack-schedule changes: planes can become nibbles.
bool canCompute(const ConvolutionStrategy &strategy, Conv2DOp conv);

/// Whether accumulators are [out_c][pixels] and not [pixels][out_c].
bool isChannelsFirst(const ConvolutionStrategy &strategy);

/// Outputs that one call of the kernel computes.
int64_t getPixelsPerCall(const ConvolutionStrategy &strategy, Conv2DOp conv);

/// Whether the epilogue takes a whole tile, rather than pixel by pixel.
bool hasTileEpilogue(const ConvolutionStrategy &strategy, Conv2DOp conv);

/// A layer's scratch, in bytes from its start. Absent parts have no bytes.
struct ScratchLayout {
  int64_t accumulators = 0; ///< What one call of the kernel computes.
  int64_t pixel = 0;        ///< Accumulators of one pixel of a tile.
  int64_t residual = 0;     ///< One pixel's residual, as integers.
  int64_t patch = 0;        ///< What the kernel asks for.
  int64_t bytes = 0;
};
ScratchLayout getScratchLayout(Conv2DOp conv);
ScratchLayout getScratchLayout(RequantizeOp requantize);
ScratchLayout getScratchLayout(DequantizeOp dequantize);

} // namespace slb::bitpack

#endif // SLB_DIALECTS_BITPACK_IR_BITPACKSTRATEGIES_H
