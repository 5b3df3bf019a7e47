//===- BitpackDialect.cpp - registration and storage kinds
//-----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackDialect.h"

using namespace mlir;
using namespace slb::bitpack;

#include "dialects/bitpack/IR/BitpackDialect.cpp.inc"
#include "dialects/bitpack/IR/BitpackEnums.cpp.inc"
#include "dialects/bitpack/IR/BitpackInterfaces.cpp.inc"

void BitpackDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/bitpack/IR/BitpackOps.cpp.inc"
      >();
}

Storage slb::bitpack::getStorage(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isF32())
    return Storage::Floats;
  if (element.isUnsignedInteger(8))
    return Storage::UnsignedBytes;
  if (element.isSignlessInteger(8))
    return Storage::SignedBytes;
  return element.isUnsignedInteger(32) ? Storage::Planes : Storage::Integers;
}

StringRef slb::bitpack::stringifyStorage(Storage storage) {
  switch (storage) {
  case Storage::UnsignedBytes:
    return "u8";
  case Storage::SignedBytes:
    return "s8";
  case Storage::Planes:
    return "bits";
  case Storage::Integers:
    return "s32";
  case Storage::Floats:
    return "f32";
  }
  llvm_unreachable("unknown storage");
}

WeightStorage slb::bitpack::getWeightStorage(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isF32())
    return WeightStorage::Floats;
  if (element.isInteger(8))
    return WeightStorage::SignedBytes;
  return cast<ShapedType>(type).getRank() == 2 ? WeightStorage::Nibbles
                                               : WeightStorage::Planes;
}

int64_t slb::bitpack::getStorageBytes(Type type) {
  auto shaped = cast<ShapedType>(type);
  return shaped.getNumElements() * shaped.getElementTypeBitWidth() / 8;
}
