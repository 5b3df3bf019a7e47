//===- BitpackDialect.cpp - registration, attributes, storage kinds -------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

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

//===----------------------------------------------------------------------===//
// Attributes of others' operations
//===----------------------------------------------------------------------===//

static LogicalResult verifyCount(Operation *op, NamedAttribute attribute,
                                 int64_t smallest) {
  auto count = dyn_cast<IntegerAttr>(attribute.getValue());
  if (count && count.getType().isInteger(64) && count.getInt() >= smallest)
    return success();
  return op->emitOpError("expects '")
         << attribute.getName().getValue() << "' of at least " << smallest
         << " in 64 bits, but got " << attribute.getValue();
}

/// {vectors, inputs, outputs}: how many, and for each port those of all
/// vectors.
static LogicalResult verifySelfCheck(Operation *op, Attribute value) {
  auto check = dyn_cast<DictionaryAttr>(value);
  auto isArrays = [](Attribute attribute) {
    auto arrays = dyn_cast_or_null<ArrayAttr>(attribute);
    return arrays && llvm::all_of(arrays, llvm::IsaPred<DenseElementsAttr>);
  };
  if (check && dyn_cast_or_null<IntegerAttr>(check.get("vectors")) &&
      isArrays(check.get("inputs")) && isArrays(check.get("outputs")))
    return success();
  return op->emitOpError("expects 'bitpack.self_check' of vectors, inputs and "
                         "outputs, but got ")
         << value;
}

/// What bitpack-schedule estimates: bitpack.chosen_instructions and the like.
static bool isEstimate(StringRef name) {
  for (StringRef which :
       {"bitpack.chosen_", "bitpack.fastest_", "bitpack.least_"})
    if (name.consume_front(which))
      return name == "instructions" || name == "arena_bytes";
  return false;
}

LogicalResult
BitpackDialect::verifyOperationAttribute(Operation *op,
                                         NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (!isa<ModuleOp>(op))
    return op->emitOpError("expects '")
           << name << "' only on modules, arguments and results";
  if (name == "bitpack.self_check")
    return verifySelfCheck(op, attribute.getValue());
  if (name == "bitpack.arena_alignment")
    return verifyCount(op, attribute, 1);
  if (name == "bitpack.arena_bytes" || name == "bitpack.arena_lower_bound" ||
      name == "bitpack.scratch_bytes" || isEstimate(name))
    return verifyCount(op, attribute, 0);
  if (name != "bitpack.target" && name != "bitpack.model_hash")
    return op->emitOpError("expects attributes of the bitpack dialect, but "
                           "got '")
           << name << "'";
  if (!isa<StringAttr>(attribute.getValue()))
    return op->emitOpError("expects '")
           << name << "' to be a string, but got " << attribute.getValue();
  return success();
}

/// `stored` holds every element of `tensor`: as planes of words, or each by
/// itself.
static bool isStorageOf(Type stored, RankedTensorType tensor) {
  auto shaped = dyn_cast<ShapedType>(stored);
  if (!shaped || !shaped.hasStaticShape() || !tensor.hasStaticShape() ||
      tensor.getRank() == 0)
    return false;
  Type element = shaped.getElementType();
  if (!element.isUnsignedInteger(32))
    return shaped.getShape() == tensor.getShape() &&
           (element.isF32() || element.isUnsignedInteger(8) ||
            element.isSignlessInteger(8) || element.isSignlessInteger(16) ||
            element.isSignlessInteger(32));
  return shaped.getRank() == tensor.getRank() + 1 &&
         shaped.getShape().drop_back(2) == tensor.getShape().drop_back() &&
         shaped.getShape().back() == getWords(tensor.getShape().back());
}

/// Of an argument or a result, whose type it has in storage.
static LogicalResult verifyPort(Operation *op, Type stored,
                                NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (name == "bitpack.type") {
    auto type = dyn_cast<TypeAttr>(attribute.getValue());
    auto tensor =
        type ? dyn_cast<RankedTensorType>(type.getValue()) : RankedTensorType();
    if (!tensor)
      return op->emitOpError("expects 'bitpack.type' to be a tensor, but got ")
             << attribute.getValue();
    if (isStorageOf(stored, tensor))
      return success();
    return op->emitOpError("expects storage of 'bitpack.type' ")
           << tensor << ", but got " << stored;
  }
  if (name != "bitpack.offset")
    return op->emitOpError("expects 'bitpack.type' or 'bitpack.offset' of "
                           "arguments and results, but got '")
           << name << "'";
  if (isa<IntegerAttr>(attribute.getValue()) &&
      getStorage(stored) == Storage::UnsignedBytes)
    return success();
  return op->emitOpError("expects 'bitpack.offset' of unsigned bytes, but got ")
         << attribute.getValue() << " of " << stored;
}

/// A declaration has no arguments but their types.
static LogicalResult verifyPort(Operation *op, bool isResult, unsigned number,
                                NamedAttribute attribute) {
  auto function = cast<FunctionOpInterface>(op);
  Type stored = isResult ? function.getResultTypes()[number]
                         : function.getArgumentTypes()[number];
  return verifyPort(op, stored, attribute);
}

LogicalResult BitpackDialect::verifyRegionArgAttribute(
    Operation *op, unsigned, unsigned argument, NamedAttribute attribute) {
  return verifyPort(op, /*isResult=*/false, argument, attribute);
}

LogicalResult BitpackDialect::verifyRegionResultAttribute(
    Operation *op, unsigned, unsigned result, NamedAttribute attribute) {
  return verifyPort(op, /*isResult=*/true, result, attribute);
}

//===----------------------------------------------------------------------===//
// Storage
//===----------------------------------------------------------------------===//

Storage slb::bitpack::getStorage(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isF32())
    return Storage::Floats;
  if (element.isUnsignedInteger(8))
    return Storage::UnsignedBytes;
  if (element.isSignlessInteger(8))
    return Storage::SignedBytes;
  if (element.isInteger(16))
    return Storage::Shorts;
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
  case Storage::Shorts:
    return "s16";
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

std::pair<int64_t, int64_t> slb::bitpack::getIntegerLimits(Storage storage) {
  switch (storage) {
  case Storage::UnsignedBytes:
    return {0, UINT8_MAX};
  case Storage::SignedBytes:
    return {INT8_MIN, INT8_MAX};
  case Storage::Shorts:
    return {INT16_MIN, INT16_MAX};
  case Storage::Planes:
  case Storage::Integers:
  case Storage::Floats:
    return {INT32_MIN, INT32_MAX};
  }
  llvm_unreachable("unknown storage");
}

int64_t slb::bitpack::getStorageBytes(Type type) {
  auto shaped = cast<ShapedType>(type);
  return shaped.getNumElements() * shaped.getElementTypeBitWidth() / 8;
}
