//===- BitpackDialect.h - the bitpack dialect and its ops -------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECTS_BITPACK_IR_BITPACKDIALECT_H
#define SLB_DIALECTS_BITPACK_IR_BITPACKDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <optional>

#include "dialects/bitpack/IR/BitpackDialect.h.inc"
#include "dialects/bitpack/IR/BitpackEnums.h.inc"
#include "dialects/bitpack/IR/BitpackInterfaces.h.inc"

#define GET_OP_CLASSES
#include "dialects/bitpack/IR/BitpackOps.h.inc"

namespace slb::bitpack {

/// How activations are stored, see the dialect's table.
enum class Storage {
  UnsignedBytes,
  SignedBytes,
  Planes,
  Shorts,
  Integers,
  Floats
};

/// The storage of a tensor or memref; its element type tells.
Storage getStorage(mlir::Type type);
inline Storage getStorage(mlir::Value value) {
  return getStorage(value.getType());
}

/// As kernels' names spell it: u8, s8, bits, s16, s32, f32.
llvm::StringRef stringifyStorage(Storage storage);

/// How a filter is stored: planes [O][plane][ceil(R / 32)], nibbles
/// [O][ceil(R / 8)], bytes and floats [O][R].
enum class WeightStorage { Planes, Nibbles, SignedBytes, Floats };

/// Words of planes have three dimensions, words of nibbles two.
WeightStorage getWeightStorage(mlir::Type type);

/// The integers that an element can hold, the lowest and the highest; those of
/// int32 for planes and floats.
std::pair<int64_t, int64_t> getIntegerLimits(Storage storage);

/// Bytes of a tensor or memref of static shape.
int64_t getStorageBytes(mlir::Type type);

/// The dimensions of an activation, or of its storage, without the batch, where
/// `type`, the activation before packing, has one.
inline llvm::ArrayRef<int64_t> dropBatch(llvm::ArrayRef<int64_t> shape,
                                         mlir::RankedTensorType type) {
  bool hasBatch = type.getRank() > 1 && type.getDimSize(0) == 1;
  return hasBatch ? shape.drop_front() : shape;
}

/// Rounded up: words of 32 bits for `bits` bits.
inline int64_t getWords(int64_t bits) { return (bits + 31) / 32; }

} // namespace slb::bitpack

#endif // SLB_DIALECTS_BITPACK_IR_BITPACKDIALECT_H
