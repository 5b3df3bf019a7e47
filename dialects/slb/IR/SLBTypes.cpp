//===- SLBTypes.cpp - value sets and the low-bit type ----------------------
//===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace slb;

#include "dialects/slb/IR/SLBEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/slb/IR/SLBAttrs.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/slb/IR/SLBTypes.cpp.inc"

void SLBDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/slb/IR/SLBAttrs.cpp.inc"
      >();
}

void SLBDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/slb/IR/SLBTypes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// ValueSetAttr
//===----------------------------------------------------------------------===//

int64_t ValueSetAttr::size() const {
  switch (getKind()) {
  case ValueSetKind::Odd:
    return getHi() + 1;
  case ValueSetKind::Range:
    return getHi() - getLo() + 1;
  case ValueSetKind::List:
    return getList().size();
  }
  llvm_unreachable("unknown kind of value set");
}

unsigned ValueSetAttr::getBits() const {
  return std::max(1u, llvm::Log2_64_Ceil(size()));
}

int64_t ValueSetAttr::getInteger(int64_t code) const {
  switch (getKind()) {
  case ValueSetKind::Odd:
    return 2 * code - getHi();
  case ValueSetKind::Range:
    return getLo() + code;
  case ValueSetKind::List:
    return getList()[code];
  }
  llvm_unreachable("unknown kind of value set");
}

int64_t ValueSetAttr::getNearestCode(double x) const {
  double last = size() - 1;
  switch (getKind()) {
  case ValueSetKind::Odd:
    return std::clamp(std::floor((x + getHi()) / 2 + 0.5), 0.0, last);
  case ValueSetKind::Range:
    return std::clamp(std::floor(x + 0.5) - getLo(), 0.0, last);
  case ValueSetKind::List:
    break;
  }
  int64_t code = 0;
  while (code < last && 2 * x >= getList()[code] + getList()[code + 1])
    ++code;
  return code;
}

SmallVector<int64_t> ValueSetAttr::getIntegers() const {
  assert(size() <= (1 << 16) && "the set is too large to list");
  SmallVector<int64_t> integers;
  for (int64_t code = 0, e = size(); code < e; ++code)
    integers.push_back(getInteger(code));
  return integers;
}

std::optional<SmallVector<int64_t>> ValueSetAttr::getSignPlanes() const {
  int64_t count = size();
  if (count < 2 || count > 256 || !llvm::isPowerOf2_64(count))
    return std::nullopt;
  // Flipping bit j of code 0 moves the value by 2 m_j.
  SmallVector<int64_t> planes;
  for (int64_t bit = 1; bit < count; bit *= 2) {
    int64_t step = getInteger(bit) - getInteger(0);
    if (step % 2 != 0)
      return std::nullopt;
    planes.push_back(step / 2);
  }
  for (int64_t code = 0; code < count; ++code) {
    int64_t value = 0;
    for (auto [j, plane] : llvm::enumerate(planes))
      value += (code >> j) & 1 ? plane : -plane;
    if (value != getInteger(code))
      return std::nullopt;
  }
  return planes;
}

bool ValueSetAttr::isSymmetric() const {
  if (getKind() != ValueSetKind::List)
    return getLo() == -getHi();
  ArrayRef<int64_t> list = getList();
  for (size_t i = 0; i < list.size(); ++i)
    if (list[i] != -list[list.size() - 1 - i])
      return false;
  return true;
}

unsigned ValueSetAttr::getStorageBits() const {
  for (unsigned bits : {8, 16}) {
    bool isUnsignedFit = getLo() >= 0 && llvm::isUIntN(bits, getHi());
    if (isUnsignedFit ||
        (llvm::isIntN(bits, getLo()) && llvm::isIntN(bits, getHi())))
      return bits;
  }
  return 32;
}

LogicalResult ValueSetAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   ValueSetKind kind, int64_t lo, int64_t hi,
                                   ArrayRef<int64_t> list) {
  if (kind == ValueSetKind::Odd) {
    if (hi != 1 && hi != 3 && hi != 7 && hi != 15)
      return emitError() << "expects 1 to 4 bits in an odd value set";
    return success();
  }
  constexpr int64_t min = std::numeric_limits<int32_t>::min();
  constexpr int64_t max = std::numeric_limits<int32_t>::max();
  if (kind == ValueSetKind::List) {
    if (list.size() < 2 || list.size() > 256)
      return emitError() << "expects 2 to 256 values in a list, but got "
                         << list.size();
    for (size_t i = 1; i < list.size(); ++i)
      if (list[i - 1] >= list[i])
        return emitError() << "expects ascending values, but got " << list[i]
                           << " after " << list[i - 1];
  }
  if (lo >= hi)
    return emitError() << "expects at least two values, but got the range "
                       << lo << ":" << hi;
  if (lo < min || hi > max)
    return emitError() << "expects 32-bit values, but got the range " << lo
                       << ":" << hi;
  return success();
}

/// odd<2>, range<0:255>, list<-1, 0, 1>
static ParseResult parseValueSet(AsmParser &parser, ValueSetAttr &set) {
  SMLoc loc = parser.getCurrentLocation();
  auto emitError = [&] { return parser.emitError(loc); };
  StringRef keyword;
  if (parser.parseKeyword(&keyword) || parser.parseLess())
    return failure();
  std::optional<ValueSetKind> kind = symbolizeValueSetKind(keyword);
  if (!kind)
    return emitError() << "expects 'odd', 'range' or 'list', but got '"
                       << keyword << "'";
  int64_t lo = 0, hi = 0;
  SmallVector<int64_t> list;
  switch (*kind) {
  case ValueSetKind::Odd: {
    int64_t bits;
    if (parser.parseInteger(bits))
      return failure();
    if (bits < 1 || bits > 4)
      return emitError() << "expects 1 to 4 bits in an odd value set, but got "
                         << bits;
    hi = (int64_t(1) << bits) - 1;
    lo = -hi;
    break;
  }
  case ValueSetKind::Range:
    if (parser.parseInteger(lo) || parser.parseColon() ||
        parser.parseInteger(hi))
      return failure();
    break;
  case ValueSetKind::List:
    if (parser.parseCommaSeparatedList(
            [&] { return parser.parseInteger(list.emplace_back()); }))
      return failure();
    lo = list.front();
    hi = list.back();
    break;
  }
  if (parser.parseGreater())
    return failure();
  set = ValueSetAttr::getChecked(emitError, parser.getContext(), *kind, lo, hi,
                                 list);
  return success(set != nullptr);
}

static void printValueSet(AsmPrinter &printer, ValueSetAttr set) {
  printer << stringifyValueSetKind(set.getKind()) << '<';
  switch (set.getKind()) {
  case ValueSetKind::Odd:
    printer << set.getBits();
    break;
  case ValueSetKind::Range:
    printer << set.getLo() << ':' << set.getHi();
    break;
  case ValueSetKind::List:
    llvm::interleaveComma(set.getList(), printer);
    break;
  }
  printer << '>';
}

Attribute ValueSetAttr::parse(AsmParser &parser, Type) {
  ValueSetAttr set;
  if (parser.parseLess() || parseValueSet(parser, set) || parser.parseGreater())
    return {};
  return set;
}

void ValueSetAttr::print(AsmPrinter &printer) const {
  printer << '<';
  printValueSet(printer, *this);
  printer << '>';
}

//===----------------------------------------------------------------------===//
// LowBitType
//===----------------------------------------------------------------------===//

float LowBitType::getDefaultScale(ValueSetAttr set) {
  return set.isOdd() ? 1.0f / set.getHi() : 1.0f;
}

LogicalResult LowBitType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 ValueSetAttr, DenseF32ArrayAttr scales,
                                 std::optional<int64_t> axis) {
  if (scales.empty() || (!axis && scales.size() != 1))
    return emitError() << "expects one scale without an axis, but got "
                       << scales.size();
  if (axis && *axis < 0)
    return emitError() << "expects a non-negative axis, but got " << *axis;
  for (float scale : scales.asArrayRef())
    if (!(scale > 0) || !std::isfinite(scale))
      return emitError() << "expects positive finite scales, but got " << scale;
  return success();
}

static ParseResult parseScale(AsmParser &parser, float &scale) {
  APFloat value(APFloat::IEEEsingle());
  if (parser.parseFloat(APFloat::IEEEsingle(), value))
    return failure();
  scale = value.convertToFloat();
  return success();
}

Type LowBitType::parse(AsmParser &parser) {
  ValueSetAttr set;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || parseValueSet(parser, set))
    return {};
  SmallVector<float> scales = {getDefaultScale(set)};
  std::optional<int64_t> axis;
  if (succeeded(parser.parseOptionalComma())) {
    if (succeeded(parser.parseOptionalKeyword("scales"))) {
      scales.clear();
      if (parser.parseEqual() ||
          parser.parseCommaSeparatedList(
              AsmParser::Delimiter::Square,
              [&] { return parseScale(parser, scales.emplace_back()); }) ||
          parser.parseKeyword("axis") || parser.parseEqual() ||
          parser.parseInteger(axis.emplace()))
        return {};
    } else if (parser.parseKeyword("scale") || parser.parseEqual() ||
               parseScale(parser, scales.front())) {
      return {};
    }
  }
  if (parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    set, DenseF32ArrayAttr::get(parser.getContext(), scales),
                    axis);
}

void LowBitType::print(AsmPrinter &printer) const {
  auto printScale = [&](float scale) { printer << APFloat(scale); };
  printer << '<';
  printValueSet(printer, getSet());
  if (isPerChannel()) {
    printer << ", scales = [";
    llvm::interleaveComma(getScales().asArrayRef(), printer, printScale);
    printer << "] axis = " << *getAxis();
  } else if (getScale() != getDefaultScale(getSet())) {
    printer << ", scale = ";
    printScale(getScale());
  }
  printer << '>';
}

SmallVector<double> slb::getRealValues(ValueSetAttr set,
                                       std::optional<APFloat> scaleAttr) {
  double scale = scaleAttr ? scaleAttr->convertToDouble()
                           : (set.isOdd() ? 1.0 / set.getHi() : 1.0);
  SmallVector<double> values;
  for (int64_t integer : set.getIntegers())
    values.push_back(scale * integer);
  return values;
}
