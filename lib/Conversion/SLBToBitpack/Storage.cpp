//===- Storage.cpp - how low-bit tensors are stored -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Conversion/SLBToBitpack/Storage.h"
#include "slb/Conversion/SLBToBitpack/Packing.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace mlir;
using namespace slb;
using bitpack::Storage;

static bool isStoredAsPlanes(ValueSetAttr set) {
  if (set.isOdd())
    return true;
  return set.isRange() && set.getLo() == 0 && set.getBits() <= 4 &&
         set.size() == int64_t(1) << set.getBits();
}

static SmallVector<int64_t> getPlanes(ValueSetAttr set) {
  SmallVector<int64_t> planes = {set.getLo()};
  for (unsigned bit = 0; bit < set.getBits(); ++bit)
    planes.push_back((int64_t(set.isOdd() ? 2 : 1)) << bit);
  return planes;
}

static StoredForm getStoredSetForm(ValueSetAttr set) {
  int64_t lo = set.getLo(), hi = set.getHi();
  if (isStoredAsPlanes(set))
    return {Storage::Planes, 0, getPlanes(set)};
  if (lo >= 0 && llvm::isUInt<8>(hi))
    return {Storage::UnsignedBytes, 0, {}};
  if (llvm::isInt<8>(lo) && llvm::isInt<8>(hi))
    return {Storage::SignedBytes, 0, {}};
  if (set.isRange() && lo <= 0 && hi >= 0 && set.size() <= 256)
    return {Storage::UnsignedBytes, lo, {}};
  if (llvm::isInt<16>(lo) && llvm::isInt<16>(hi))
    return {Storage::Shorts, 0, {}};
  return {Storage::Integers, 0, {}};
}

StoredForm slb::getStoredForm(Type type) {
  if (LowBitType lowBit = getLowBitType(type))
    return getStoredSetForm(lowBit.getSet());
  Type element = getElementTypeOrSelf(type);
  return {element.isF32() ? Storage::Floats : Storage::Integers, 0, {}};
}

std::optional<StoredForm> slb::getStoredFilterForm(ValueSetAttr set) {
  SmallVector<int64_t> integers = set.getIntegers();
  auto planes = getPlaneCoefficients({integers.begin(), integers.end()});
  bool fitsBytes = llvm::isInt<8>(set.getLo()) && llvm::isInt<8>(set.getHi());
  if (fitsBytes && (!planes || planes->coefficients.size() > 4))
    return StoredForm{Storage::SignedBytes, 0, {}};
  if (!planes)
    return std::nullopt;
  StoredForm form{Storage::Planes, 0, {planes->offset}};
  llvm::append_range(form.planes, planes->coefficients);
  return form;
}

static RankedTensorType getPlanesType(RankedTensorType type, unsigned bits) {
  SmallVector<int64_t> shape(type.getShape());
  int64_t channels = shape.pop_back_val();
  shape.append({int64_t(bits), bitpack::getWords(channels)});
  return RankedTensorType::get(
      shape, IntegerType::get(type.getContext(), 32, IntegerType::Unsigned));
}

RankedTensorType slb::getStorageType(RankedTensorType type) {
  if (!getLowBitType(type))
    return type;
  MLIRContext *context = type.getContext();
  StoredForm form = getStoredForm(type);
  switch (form.storage) {
  case Storage::Planes:
    return getPlanesType(type, form.planes.size() - 1);
  case Storage::UnsignedBytes:
    return type.clone(IntegerType::get(context, 8, IntegerType::Unsigned));
  case Storage::SignedBytes:
    return type.clone(IntegerType::get(context, 8));
  case Storage::Shorts:
    return type.clone(IntegerType::get(context, 16));
  case Storage::Integers:
    return type.clone(IntegerType::get(context, 32));
  case Storage::Floats:
    break;
  }
  llvm_unreachable("low-bit values are not stored as floats");
}

static std::vector<char> storeAsPlanes(ArrayRef<int64_t> integers,
                                       RankedTensorType type) {
  ValueSetAttr set = getLowBitType(type).getSet();
  std::vector<uint8_t> codes;
  for (int64_t integer : integers)
    codes.push_back(uint8_t(set.getNearestCode(double(integer))));
  int64_t channels = type.getShape().back();
  std::vector<uint32_t> words = packActivations(
      codes.data(), int64_t(codes.size()) / channels, channels, set.getBits());
  std::vector<char> bytes(words.size() * sizeof(uint32_t));
  std::memcpy(bytes.data(), words.data(), bytes.size());
  return bytes;
}

std::vector<char> slb::storeIntegers(ArrayRef<int64_t> integers,
                                     RankedTensorType type) {
  StoredForm form = getStoredForm(type);
  if (form.storage == Storage::Planes)
    return storeAsPlanes(integers, type);
  size_t width =
      getStorageType(type).getElementType().getIntOrFloatBitWidth() / 8;
  std::vector<char> bytes(integers.size() * width);
  for (auto [i, integer] : llvm::enumerate(integers)) {
    // The compiler runs on little-endian machines.
    int64_t stored = integer - form.offset;
    std::memcpy(bytes.data() + i * width, &stored, width);
  }
  return bytes;
}
