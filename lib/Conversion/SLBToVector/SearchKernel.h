//===- SearchKernel.h - what a kernel does with a tile ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_CONVERSION_SLBTOVECTOR_SEARCHKERNEL_H
#define SLB_LIB_CONVERSION_SLBTOVECTOR_SEARCHKERNEL_H

#include "lib/Conversion/SLBToVector/Tile.h"
#include "mlir/IR/Operation.h"
#include <functional>

namespace slb {

/// What a tile leaves to the loop around it, as i32.
struct TileResult {
  /// The bits of the argmax, one packed integer a plane.
  llvm::SmallVector<mlir::Value> planes;
  /// How many of the tile's codes changed, or null.
  mlir::Value flips;
};

/// A `slb.search_*` op, apart from how a target walks over the weights.
struct SearchKernel {
  mlir::Operation *op;
  mlir::Value begin, end;
  mlir::Value planes = nullptr; ///< Where the words of codes go, or null.
  mlir::Value flips = nullptr;  ///< Where the number of flips goes, or null.
  unsigned planeCount = 0;
  std::function<TileResult(Tile &)> emitTile = nullptr;

  /// An i32 for each value that a tile leaves: the planes, then the flips.
  unsigned getResultCount() const { return planeCount + (flips ? 1 : 0); }
};

/// The kernels nested in `root`.
llvm::SmallVector<SearchKernel> getSearchKernels(mlir::Operation *root);

/// An i32 constant.
mlir::Value getI32(mlir::ImplicitLocOpBuilder &b, int64_t value);

/// TileResult to values in the order of SearchKernel::getResultCount.
llvm::SmallVector<mlir::Value> flatten(const TileResult &result);

/// Adds what a thread counted to the kernel's flips, if that is not zero.
void emitFlips(mlir::ImplicitLocOpBuilder &b, const SearchKernel &kernel,
               mlir::Value count);

/// Conversions between bf16 and f32 to arithmetic on their bits, which every
/// processor has.
void expandBFloat16(mlir::Operation *root);

} // namespace slb

#endif // SLB_LIB_CONVERSION_SLBTOVECTOR_SEARCHKERNEL_H
