//===- Storage.cpp - how low-bit tensors are stored -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/SLBToBitpack/Storage.h"
#include "dialects/bitpack/IR/BitpackDialect.h"
#include "slb/Conversion/SLBToBitpack/Packing.h"
#include <cstring>

using namespace mlir;
using namespace slb;

bool slb::isStoredAsPlanes(ValueSetAttr set) {
  if (set.isOdd())
    return true;
  return set.isRange() && set.getLo() == 0 && set.getBits() <= 4 &&
         set.size() == int64_t(1) << set.getBits();
}

static RankedTensorType getPlanesType(RankedTensorType type, unsigned bits) {
  SmallVector<int64_t> shape(type.getShape());
  int64_t channels = shape.pop_back_val();
  shape.append({int64_t(bits), bitpack::getWords(channels)});
  return RankedTensorType::get(
      shape, IntegerType::get(type.getContext(), 32, IntegerType::Unsigned));
}

RankedTensorType slb::getStorageType(RankedTensorType type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit)
    return type;
  ValueSetAttr set = lowBit.getSet();
  if (isStoredAsPlanes(set))
    return getPlanesType(type, set.getBits());
  MLIRContext *context = type.getContext();
  if (set.getStorageBits() > 8)
    return type.clone(IntegerType::get(context, 32));
  return type.clone(IntegerType::get(context, 8,
                                     set.isSigned() ? IntegerType::Signless
                                                    : IntegerType::Unsigned));
}

static std::vector<char> storeAsPlanes(ArrayRef<int64_t> integers,
                                       RankedTensorType type) {
  ValueSetAttr set = getLowBitType(type).getSet();
  std::vector<uint8_t> codes;
  for (int64_t integer : integers)
    codes.push_back(uint8_t(set.getNearestCode(integer)));
  int64_t channels = type.getShape().back();
  std::vector<uint32_t> words = packActivations(
      codes.data(), type.getNumElements() / channels, channels, set.getBits());
  auto *bytes = reinterpret_cast<const char *>(words.data());
  return {bytes, bytes + words.size() * sizeof(uint32_t)};
}

std::vector<char> slb::storeIntegers(ArrayRef<int64_t> integers,
                                     RankedTensorType type) {
  if (isStoredAsPlanes(getLowBitType(type).getSet()))
    return storeAsPlanes(integers, type);
  size_t width = getStorageType(type).getElementTypeBitWidth() / 8;
  std::vector<char> bytes(integers.size() * width);
  // Attributes hold bytes as the host does, and hosts are little-endian.
  for (size_t i = 0; i < integers.size(); ++i)
    std::memcpy(bytes.data() + i * width, &integers[i], width);
  return bytes;
}

SmallVector<int64_t> slb::getActivationPlanes(Type type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit || !isStoredAsPlanes(lowBit.getSet()))
    return {};
  ValueSetAttr set = lowBit.getSet();
  SmallVector<int64_t> planes = {set.getLo()};
  for (unsigned bit = 0; bit < set.getBits(); ++bit)
    planes.push_back((int64_t(set.isOdd() ? 2 : 1)) << bit);
  return planes;
}
