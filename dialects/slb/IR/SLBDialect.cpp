//===- SLBDialect.cpp - registration and constants of the slb dialect --------
//===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"

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

LowBitType slb::getLowBitType(Type tensor) {
  if (auto shaped = dyn_cast<ShapedType>(tensor))
    return dyn_cast<LowBitType>(shaped.getElementType());
  return {};
}

ArrayRef<char> slb::getRawData(ElementsAttr elements,
                               SmallVectorImpl<char> &storage) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    return resource.getData();
  auto dense = cast<DenseElementsAttr>(elements);
  ArrayRef<char> raw = dense.getRawData();
  if (!dense.isSplat() || dense.getNumElements() == 1)
    return raw;
  storage.clear();
  for (int64_t i = 0, e = dense.getNumElements(); i < e; ++i)
    storage.append(raw.begin(), raw.end());
  return storage;
}
