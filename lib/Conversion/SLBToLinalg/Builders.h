//===- Builders.h - what the lowering patterns share ------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_CONVERSION_SLBTOLINALG_BUILDERS_H
#define SLB_LIB_CONVERSION_SLBTOLINALG_BUILDERS_H

#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/DialectConversion.h"

namespace slb {

/// Writes scalar and tensor arithmetic at one place of the IR.
class TensorBuilder {
public:
  /// The result of one element, from those of the operands.
  using Body =
      llvm::function_ref<mlir::Value(TensorBuilder &, mlir::ValueRange)>;

  TensorBuilder(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  template <typename OpT, typename... Args> OpT create(Args &&...args) {
    return OpT::create(builder, loc, std::forward<Args>(args)...);
  }
  mlir::OpBuilder &get() { return builder; }
  mlir::Location getLoc() const { return loc; }

  /// A constant of a scalar type.
  mlir::Value integer(mlir::Type type, int64_t value);
  mlir::Value real(mlir::Type type, double value);

  /// An uninitialised tensor shaped as `like`, with elements of `type`.
  mlir::Value emptyLike(mlir::Value like, mlir::Type type);
  /// A tensor of `shape` filled with `scalar`.
  mlir::Value filled(llvm::ArrayRef<int64_t> shape, mlir::Value scalar);
  /// `x` with `pads` (top, bottom, left, right) of `scalar` around the image.
  mlir::Value padded(mlir::Value x, llvm::ArrayRef<int64_t> pads,
                     mlir::Value scalar);
  /// `x` in another shape with as many elements.
  mlir::Value reshaped(mlir::Value x, llvm::ArrayRef<int64_t> shape);

  /// A loop nest that writes one element of a tensor like `operands[0]` at a
  /// time. An operand of rank 1 beside one of higher rank has one value a
  /// channel.
  mlir::Value elementwise(mlir::ValueRange operands, mlir::Type elementType,
                          Body body);
  /// Combines each window of an image, starting from `neutral`. `body` gets an
  /// element of the window and what was combined before it.
  mlir::Value pooled(mlir::Value x, llvm::ArrayRef<int64_t> kernel,
                     llvm::ArrayRef<int64_t> strides,
                     llvm::ArrayRef<int64_t> resultShape, mlir::Value neutral,
                     Body body);
  /// `x` in the wider integer `type`; unsigned sets extend with zeros.
  mlir::Value extended(mlir::Value x, LowBitType lowBit, mlir::Type type);
  /// The integer values of a low-bit tensor, or of an i32 one, as `type`.
  mlir::Value integers(mlir::Value converted, mlir::Value original,
                       mlir::Type type);
  /// Integers in the storage of `lowBitTensor`, which holds them.
  mlir::Value narrowed(mlir::Value x, mlir::Type lowBitTensor);
  /// The real values of a low-bit tensor, or an f32 tensor as it is.
  mlir::Value reals(mlir::Value converted, mlir::Value original);
  /// `body` of each element and its scale, a tensor of `element`.
  mlir::Value scaled(
      mlir::Value x, LowBitType type, mlir::Type element,
      llvm::function_ref<mlir::Value(TensorBuilder &, mlir::Value, mlir::Value)>
          body);
  /// One scale a value of the type's axis, as a constant tensor.
  mlir::Value scales(LowBitType type);
  /// `scalar`, a float in units of the type's scale, as the nearest integer of
  /// its set.
  mlir::Value quantized(mlir::Value scalar, LowBitType type);
  /// `scalar` within [lo, hi] of the set, in the set's storage.
  mlir::Value saturated(mlir::Value scalar, LowBitType type);

  /// The tensor type that stands for a low-bit one.
  static mlir::Type getStorageType(mlir::Type type);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
};

void populateExpectationPatterns(const mlir::TypeConverter &converter,
                                 mlir::RewritePatternSet &patterns);
void populateElementwisePatterns(const mlir::TypeConverter &converter,
                                 mlir::RewritePatternSet &patterns);
void populateConvolutionPatterns(const mlir::TypeConverter &converter,
                                 mlir::RewritePatternSet &patterns);

} // namespace slb

#endif // SLB_LIB_CONVERSION_SLBTOLINALG_BUILDERS_H
