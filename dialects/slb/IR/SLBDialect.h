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
#include <string>

#include "dialects/slb/IR/SLBDialect.h.inc"
#include "dialects/slb/IR/SLBEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/slb/IR/SLBAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/slb/IR/SLBTypes.h.inc"

namespace slb {

/// Places of a window that moves over `padded` elements, `stride` apart; 0 if
/// it fits nowhere. The one formula of output sizes.
inline int64_t countWindows(int64_t padded, int64_t window, int64_t stride) {
  return padded < window ? 0 : (padded - window) / stride + 1;
}

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

  int64_t getPaddedHeight() const { return inputHeight + padTop + padBottom; }
  int64_t getPaddedWidth() const { return inputWidth + padLeft + padRight; }
  /// Before pooling.
  int64_t getConvHeight() const {
    return countWindows(getPaddedHeight(),
                        dilationHeight * (kernelHeight - 1) + 1, strideHeight);
  }
  int64_t getConvWidth() const {
    return countWindows(getPaddedWidth(), dilationWidth * (kernelWidth - 1) + 1,
                        strideWidth);
  }
  /// After pooling; 0 if kernel or pool window do not fit the padded input.
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

/// Why the data of a constant cannot be read, to follow "expects ..., but got
/// ...": it is neither `DenseElementsAttr` nor `DenseResourceElementsAttr`, or
/// the resource is missing or not of its type's size. Empty if it can.
std::string getDataFault(mlir::ElementsAttr elements);

/// The constant behind a value, if its data can be read.
mlir::ElementsAttr getConstantElements(mlir::Value value);

/// The raw data of a constant that can be read. Expands splats, and copies what
/// lies at an odd address, into `storage`.
llvm::ArrayRef<char> getRawData(mlir::ElementsAttr elements,
                                llvm::SmallVectorImpl<char> &storage);

/// The same, but of a splat only the one element.
llvm::ArrayRef<char> getDistinctData(mlir::ElementsAttr elements,
                                     llvm::SmallVectorImpl<char> &storage);

/// The raw data as elements of type T, which must be the constant's.
template <typename T>
llvm::ArrayRef<T> getDataAs(mlir::ElementsAttr elements,
                            llvm::SmallVectorImpl<char> &storage) {
  llvm::ArrayRef<char> raw = getRawData(elements, storage);
  return {reinterpret_cast<const T *>(raw.data()), raw.size() / sizeof(T)};
}

} // namespace slb

#define GET_OP_CLASSES
#include "dialects/slb/IR/SLBOps.h.inc"

#endif // SLB_DIALECTS_SLB_IR_SLBDIALECT_H
