//===- StoredSoftmax.h - softmax of K - 1 stored logits ---------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_CONVERSION_SLBTOVECTOR_STOREDSOFTMAX_H
#define SLB_LIB_CONVERSION_SLBTOVECTOR_STOREDSOFTMAX_H

#include "lib/Conversion/SLBToVector/Tile.h"

namespace slb {

/// What the kernels compute from the stored logits of a tile: the one
/// description of the mathematics for hosts and GPUs.
class StoredSoftmax {
public:
  /// `temperature` is a scalar; `values` are v_k.
  StoredSoftmax(Tile &tile, mlir::ValueRange stored, mlir::Value temperature,
                llvm::ArrayRef<double> values);

  /// sum_k p_k v_k.
  mlir::Value getWeights();
  /// Comes before getGradient: dL/dw.
  void setWeightsGrad(mlir::Value weightsGrad);
  /// The gradient of a stored logit. Row by row, so that those of many
  /// candidates need not all be in registers.
  mlir::Value getGradient(int64_t row);
  /// The bits of the argmax, each packed to an i32.
  llvm::SmallVector<mlir::Value> getPlanes(unsigned bits);

private:
  void initTwo(mlir::Value difference);
  void initMany(mlir::ValueRange stored);
  void selectIf(mlir::Value isLarger, int64_t code);
  /// exp(T * gap).
  mlir::Value getExp(mlir::Value gap);

  Tile &tile;
  mlir::Type element;
  /// T in powers of two: exp(T x) = 2^(steepness * x).
  mlir::Value steepness;
  llvm::ArrayRef<double> values;
  /// exp(T * (a_k - max)).
  llvm::SmallVector<mlir::Value> exps;
  /// v_k - v_argmax.
  llvm::SmallVector<mlir::Value> valueGaps;
  mlir::Value sum, selected, code;
  /// w - v_argmax: the weight without the part that would hide small terms.
  mlir::Value weightGap;
  /// T * dL/dw / sum.
  mlir::Value factor;
};

} // namespace slb

#endif // SLB_LIB_CONVERSION_SLBTOVECTOR_STOREDSOFTMAX_H
