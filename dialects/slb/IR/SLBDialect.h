//===- SLBDialect.h - the slb dialect, its types and ops --------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_SLB_IR_SLBDIALECT_H
#define SLB_DIALECTS_SLB_IR_SLBDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <optional>

#include "dialects/slb/IR/SLBDialect.h.inc"
#include "dialects/slb/IR/SLBEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/slb/IR/SLBAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/slb/IR/SLBTypes.h.inc"

namespace slb {

/// A convolution in one record. A linear layer is a 1x1 convolution of a 1x1
/// image, so what packs or lowers one handles the other.
struct ConvolutionGeometry {
  int64_t inputHeight = 1, inputWidth = 1, inputChannels = 1;
  int64_t kernelHeight = 1, kernelWidth = 1;
  int64_t strideHeight = 1, strideWidth = 1;
  int64_t padTop = 0, padBottom = 0, padLeft = 0, padRight = 0;
  int64_t dilationHeight = 1, dilationWidth = 1;
  int64_t groups = 1;
  int64_t poolHeight = 1, poolWidth = 1;
  int64_t outputChannels = 1;

  /// Kernel and pool window fit the padded input, so that there is a result.
  bool fits() const {
    return inputHeight + padTop + padBottom >
               dilationHeight * (kernelHeight - 1) &&
           inputWidth + padLeft + padRight >
               dilationWidth * (kernelWidth - 1) &&
           getConvHeight() >= poolHeight && getConvWidth() >= poolWidth;
  }
  /// Before pooling.
  int64_t getConvHeight() const {
    return (inputHeight + padTop + padBottom -
            dilationHeight * (kernelHeight - 1) - 1) /
               strideHeight +
           1;
  }
  int64_t getConvWidth() const {
    return (inputWidth + padLeft + padRight -
            dilationWidth * (kernelWidth - 1) - 1) /
               strideWidth +
           1;
  }
  /// After pooling.
  int64_t getOutputHeight() const { return getConvHeight() / poolHeight; }
  int64_t getOutputWidth() const { return getConvWidth() / poolWidth; }
  int64_t getGroupChannels() const { return inputChannels / groups; }
  /// Weights of one output channel.
  int64_t getRowLength() const {
    return kernelHeight * kernelWidth * getGroupChannels();
  }
  int64_t getMacs() const {
    return getConvHeight() * getConvWidth() * outputChannels * getRowLength();
  }
};

/// The element type of a low-bit tensor, or null.
LowBitType getLowBitType(mlir::Type tensor);
inline LowBitType getLowBitType(mlir::Value value) {
  return getLowBitType(value.getType());
}

/// The real values of a set. SLB's own scale, if there is none, is exact.
llvm::SmallVector<double> getRealValues(ValueSetAttr set,
                                        std::optional<llvm::APFloat> scale);

/// The raw data of a constant: `DenseElementsAttr` or
/// `DenseResourceElementsAttr` that is not a splat. Expands splats into
/// `storage`.
llvm::ArrayRef<char> getRawData(mlir::ElementsAttr elements,
                                llvm::SmallVectorImpl<char> &storage);

} // namespace slb

#define GET_OP_CLASSES
#include "dialects/slb/IR/SLBOps.h.inc"

#endif // SLB_DIALECTS_SLB_IR_SLBDIALECT_H
