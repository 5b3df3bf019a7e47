//===- Tile.cpp - some weights in registers -------------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToVector/Tile.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using namespace slb;

Value Tile::splat(Value scalar) {
  return create<vector::BroadcastOp>(getVector(scalar.getType()), scalar);
}

Value Tile::real(Type element, double value) {
  return create<arith::ConstantOp>(DenseElementsAttr::get(
      getVector(element), Attribute(b.getFloatAttr(element, value))));
}

Value Tile::integer(int64_t value) {
  return create<arith::ConstantOp>(DenseElementsAttr::get(
      getVector(b.getI32Type()), b.getI32IntegerAttr(value)));
}

Value Tile::load(Value vector) { return loadAt(vector, index); }

Value Tile::load(Value matrix, int64_t row) {
  Value rowIndex = create<arith::ConstantIndexOp>(row);
  return loadAt(matrix, {rowIndex, index});
}

void Tile::store(Value elements, Value vector) {
  storeAt(elements, vector, index);
}

void Tile::store(Value elements, Value matrix, int64_t row) {
  Value rowIndex = create<arith::ConstantIndexOp>(row);
  storeAt(elements, matrix, {rowIndex, index});
}

Value Tile::rounded(Value elements, Value memref) {
  if (!getElementTypeOrSelf(memref).isBF16())
    return elements;
  Value stored = create<arith::TruncFOp>(getVector(b.getBF16Type()), elements);
  return create<arith::ExtFOp>(elements.getType(), stored);
}

llvm::MaybeAlign Tile::getAlignment(VectorType type) const {
  if (!isAligned)
    return llvm::MaybeAlign();
  return llvm::Align(lanes * type.getElementTypeBitWidth() / 8);
}

/// A memref of bf16 as one of its bits. Memrefs of all elements look alike in
/// memory, so that nothing is left of the cast. Processors that mask accesses
/// of two bytes, or none, do it for integers; of bf16 LLVM would make scalars
/// of another float type and calls of a library that converts them back.
static Value getBits(ImplicitLocOpBuilder &b, Value memref) {
  auto type = cast<MemRefType>(memref.getType());
  if (!type.getElementType().isBF16())
    return memref;
  MemRefType bits = MemRefType::Builder(type).setElementType(b.getI16Type());
  return UnrealizedConversionCastOp::create(b, bits, memref).getResult(0);
}

Value Tile::loadAt(Value memref, ValueRange indices) {
  bool isShort = getElementTypeOrSelf(memref).isBF16();
  memref = getBits(b, memref);
  VectorType type = getVector(getElementTypeOrSelf(memref));
  Value loaded;
  if (mask) {
    Value zero = create<arith::ConstantOp>(b.getZeroAttr(type));
    loaded = create<vector::MaskedLoadOp>(type, memref, indices, mask, zero,
                                          getAlignment(type));
  } else {
    loaded = create<vector::LoadOp>(type, memref, indices,
                                    /*nontemporal=*/false, getAlignment(type));
  }
  if (!isShort)
    return loaded;
  loaded = create<arith::BitcastOp>(getVector(b.getBF16Type()), loaded);
  return create<arith::ExtFOp>(getVector(b.getF32Type()), loaded);
}

void Tile::storeAt(Value elements, Value memref, ValueRange indices) {
  bool isShort = getElementTypeOrSelf(memref).isBF16();
  memref = getBits(b, memref);
  VectorType type = getVector(getElementTypeOrSelf(memref));
  if (isShort) {
    elements = create<arith::TruncFOp>(getVector(b.getBF16Type()), elements);
    elements = create<arith::BitcastOp>(type, elements);
  }
  llvm::MaybeAlign alignment = getAlignment(type);
  if (mask)
    vector::MaskedStoreOp::create(b, memref, indices, mask, elements,
                                  alignment);
  else
    vector::StoreOp::create(b, elements, memref, indices, /*nontemporal=*/false,
                            alignment);
}

Value Tile::packed(Value booleans) {
  if (mask)
    booleans = create<arith::AndIOp>(booleans, mask);
  // What a mask register holds already, or else the sum of the lanes' bits.
  if (lanes >= 8) {
    IntegerType bits = b.getIntegerType(lanes);
    Value one = create<vector::BitCastOp>(VectorType::get({1}, bits), booleans);
    Value scalar = create<vector::ExtractOp>(one, 0);
    return lanes == 32 ? scalar
                       : create<arith::ExtUIOp>(b.getI32Type(), scalar);
  }
  SmallVector<int32_t> bits;
  for (int64_t lane = 0; lane < lanes; ++lane)
    bits.push_back(1 << lane);
  Value laneBits = create<arith::ConstantOp>(
      DenseElementsAttr::get(getVector(b.getI32Type()), ArrayRef(bits)));
  Value chosen = create<arith::SelectOp>(booleans, laneBits, integer(0));
  return create<vector::ReductionOp>(vector::CombiningKind::OR, chosen);
}
