//===- TranslateToC.cpp - prints EmitC files as C -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Target/C/TranslateToC.h"
#include "mlir/Dialect/EmitC/IR/EmitC.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/Target/Cpp/CppEmitter.h"
#include "slb/Target/C/Literals.h"
#include <cstring>

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// Constant arrays
//
// MLIR's printer writes elements one by one through attributes and streams, in
// decimal: seconds for millions of weights, and nothing that a person could
// compare with bits. Here words are hexadecimal, written into a buffer.
//===----------------------------------------------------------------------===//

static void appendHex(uint32_t word, std::string &text) {
  static const char digits[] = "0123456789abcdef";
  char buffer[11] = {'0', 'x'};
  for (int i = 0; i < 8; ++i)
    buffer[2 + i] = digits[(word >> (28 - 4 * i)) & 15];
  buffer[10] = 'u';
  text.append(buffer, sizeof(buffer));
}

static void appendInteger(int64_t value, std::string &text) {
  // -9223372036854775808 would be the negation of what does not fit.
  text +=
      value == INT64_MIN ? "(-9223372036854775807 - 1)" : std::to_string(value);
}

template <typename T> static T readElement(ArrayRef<char> data, size_t index) {
  T value;
  std::memcpy(&value, data.data() + index * sizeof(T), sizeof(T));
  return value;
}

static void appendElement(Type type, ArrayRef<char> data, size_t index,
                          std::string &text) {
  if (type.isF32()) {
    text += getCFloat(readElement<float>(data, index));
    return;
  }
  bool isUnsigned = type.isUnsignedInteger();
  switch (type.getIntOrFloatBitWidth()) {
  case 8:
    return appendInteger(isUnsigned ? readElement<uint8_t>(data, index)
                                    : readElement<int8_t>(data, index),
                         text);
  case 16:
    return appendInteger(isUnsigned ? readElement<uint16_t>(data, index)
                                    : readElement<int16_t>(data, index),
                         text);
  case 32:
    if (isUnsigned)
      return appendHex(readElement<uint32_t>(data, index), text);
    return appendInteger(readElement<int32_t>(data, index), text);
  default:
    return appendInteger(readElement<int64_t>(data, index), text);
  }
}

/// float, int8_t, uint32_t, ...
static std::string getCType(Type type) {
  if (type.isF32())
    return "float";
  return (type.isUnsignedInteger() ? "uint" : "int") +
         std::to_string(type.getIntOrFloatBitWidth()) + "_t";
}

/// Appends the elements, comma-separated, in lines of at most 80 characters.
static void appendElements(DenseElementsAttr elements, std::string &text) {
  Type type = elements.getElementType();
  ArrayRef<char> data = elements.getRawData();
  size_t lineStart = text.size();
  std::string element;
  text += "   ";
  for (size_t i = 0, e = elements.getNumElements(); i < e; ++i) {
    element.clear();
    appendElement(type, data, elements.isSplat() ? 0 : i, element);
    if (text.size() - lineStart + element.size() + 2 > 80) {
      text += '\n';
      lineStart = text.size();
      text += "   ";
    }
    text += ' ';
    text += element;
    text += ',';
  }
  text.back() = '}';
}

/// Whether it is of one dimension, of numbers that the text has a form for.
static bool isPrintable(emitc::ArrayType type) {
  if (!type || type.getRank() != 1)
    return false;
  Type element = type.getElementType();
  return element.isF32() ||
         (isa<IntegerType>(element) &&
          llvm::is_contained({8, 16, 32, 64}, element.getIntOrFloatBitWidth()));
}

static LogicalResult printGlobal(emitc::GlobalOp global, raw_ostream &os) {
  auto type = dyn_cast<emitc::ArrayType>(global.getType());
  if (!isPrintable(type))
    return global.emitOpError("expects an array of one dimension, of f32 or of "
                              "integers of 8 to 64 bits, but got ")
           << global.getType();
  std::string declaration =
      ((global.getConstSpecifier() ? "const " : "") +
       getCType(type.getElementType()) + " " + global.getSymName() + "[" +
       Twine(type.getNumElements()) + "]")
          .str();
  auto elements =
      dyn_cast_or_null<DenseElementsAttr>(global.getInitialValueAttr());
  if (!elements) {
    os << "extern " << declaration << ";\n";
    return success();
  }
  os << '\n';
  if (global.getStaticSpecifier())
    os << "static ";
  else // Else C++ would keep a constant to its file.
    os << "extern " << declaration << ";\n";
  std::string text = " = {\n";
  appendElements(elements, text);
  os << declaration << text << ";\n";
  return success();
}

LogicalResult slb::translateToC(ModuleOp module, StringRef file,
                                raw_ostream &os) {
  for (auto fileOp : module.getOps<emitc::FileOp>()) {
    if (fileOp.getId() != file)
      continue;
    for (Operation &op : fileOp.getBodyRegion().front()) {
      auto global = dyn_cast<emitc::GlobalOp>(op);
      if (failed(global ? printGlobal(global, os)
                        : emitc::translateToCpp(&op, os)))
        return failure();
    }
  }
  return success();
}
