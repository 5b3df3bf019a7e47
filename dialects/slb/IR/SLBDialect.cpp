//===- SLBDialect.cpp - registration and constants of the slb dialect --------
//===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/Alignment.h"

using namespace mlir;
using namespace slb;

#include "dialects/slb/IR/SLBDialect.cpp.inc"

void SLBDialect::initialize() {
  registerAttributes();
  registerTypes();
  addOperations<
#define GET_OP_LIST
#include "dialects/slb/IR/SLBOps.cpp.inc"
      >();
}

Operation *SLBDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  if (auto elements = dyn_cast<ElementsAttr>(value))
    if (getLowBitType(type))
      return ConstantOp::create(builder, loc, type, elements);
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

LogicalResult SLBDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                   unsigned argument,
                                                   NamedAttribute attribute) {
  if (attribute.getName() != "slb.pixel_offset")
    return op->emitOpError("expects 'slb.pixel_offset' or no attribute of slb "
                           "at argument ")
           << argument << ", but got " << attribute.getName();
  auto offset = dyn_cast<IntegerAttr>(attribute.getValue());
  if (offset && offset.getType().isSignlessInteger(64))
    return success();
  return op->emitOpError("expects an i64 as 'slb.pixel_offset' of argument ")
         << argument << ", but got " << attribute.getValue();
}

LowBitType slb::getLowBitType(Type tensor) {
  if (auto shaped = dyn_cast<ShapedType>(tensor))
    return dyn_cast<LowBitType>(shaped.getElementType());
  return {};
}

std::string slb::getDataFault(ElementsAttr elements) {
  auto resource = dyn_cast<DenseResourceElementsAttr>(elements);
  if (!resource)
    return isa<DenseElementsAttr>(elements) ? "" : "elements of another kind";
  std::string name =
      ("resource '" + resource.getRawHandle().getKey() + "'").str();
  if (!resource.getRawHandle().getBlob())
    return "no data of " + name;
  Type element = elements.getElementType();
  if (!element.isIntOrFloat() || element.getIntOrFloatBitWidth() % 8 != 0)
    return name + " for elements that are not whole bytes";
  int64_t bytes =
      elements.getNumElements() * element.getIntOrFloatBitWidth() / 8;
  int64_t actual = resource.getData().size();
  if (actual == bytes)
    return "";
  return name + " of " + std::to_string(actual) + " bytes for " +
         std::to_string(bytes);
}

ElementsAttr slb::getConstantElements(Value value) {
  ElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) ||
      !getDataFault(elements).empty())
    return {};
  return elements;
}

ArrayRef<char> slb::getDistinctData(ElementsAttr elements,
                                    SmallVectorImpl<char> &storage) {
  if (auto dense = dyn_cast<DenseElementsAttr>(elements))
    return dense.getRawData();
  ArrayRef<char> data = cast<DenseResourceElementsAttr>(elements).getData();
  if (llvm::isAddrAligned(llvm::Align::Of<int64_t>(), data.data()))
    return data;
  storage.assign(data.begin(), data.end());
  return storage;
}

ArrayRef<char> slb::getRawData(ElementsAttr elements,
                               SmallVectorImpl<char> &storage) {
  ArrayRef<char> raw = getDistinctData(elements, storage);
  int64_t count = elements.getNumElements();
  if (!elements.isSplat() || count == 1)
    return raw;
  storage.clear();
  storage.reserve(count * raw.size());
  for (int64_t i = 0; i < count; ++i)
    storage.append(raw.begin(), raw.end());
  return storage;
}
