//===- Tile.h - some weights in registers -----------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_CONVERSION_SLBTOVECTOR_TILE_H
#define SLB_LIB_CONVERSION_SLBTOVECTOR_TILE_H

#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"

namespace slb {

/// The place of `lanes` neighbouring weights from `index` on, and the builder
/// that writes what is done with them. Loads and stores are those of vectors.
struct Tile {
  mlir::ImplicitLocOpBuilder &b;
  int64_t lanes;
  mlir::Value index;
  mlir::Value mask = nullptr; ///< Null: all lanes count.
  bool isAligned = false;     ///< Every access, to its size.

  template <typename OpT, typename... Args> mlir::Value create(Args &&...args) {
    return OpT::create(b, std::forward<Args>(args)...);
  }

  mlir::Value splat(mlir::Value scalar);
  mlir::Value real(mlir::Type element, double value);
  mlir::Value integer(int64_t value);

  /// The weights' elements of a vector, or of one row of a matrix. bf16 is
  /// loaded as f32, and f32 rounded where bf16 is stored.
  mlir::Value load(mlir::Value vector);
  mlir::Value load(mlir::Value matrix, int64_t row);
  void store(mlir::Value elements, mlir::Value vector);
  void store(mlir::Value elements, mlir::Value matrix, int64_t row);

  /// `elements` as they come back from `memref` if they are stored there.
  mlir::Value rounded(mlir::Value elements, mlir::Value memref);

  /// A boolean for each lane, as the lowest bits of an i32. Masked lanes are 0.
  mlir::Value packed(mlir::Value booleans);

private:
  llvm::MaybeAlign getAlignment(mlir::VectorType type) const;
  mlir::VectorType getVector(mlir::Type element) const {
    return mlir::VectorType::get({lanes}, element);
  }
  mlir::Value loadAt(mlir::Value memref, mlir::ValueRange indices);
  void storeAt(mlir::Value elements, mlir::Value memref,
               mlir::ValueRange indices);
};

} // namespace slb

#endif // SLB_LIB_CONVERSION_SLBTOVECTOR_TILE_H
