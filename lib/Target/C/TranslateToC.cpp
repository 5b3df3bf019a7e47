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
#include <cstring>

using namespace mlir;

//===----------------------------------------------------------------------===//
// Constant arrays
//
// MLIR's printer writes elements one by one through attributes and streams, in
// decimal: seconds for millions of weights, and nothing that a person could
// compare with bits. Here words are hexadecimal, written into a buffer.
//===----------------------------------------------------------------------===//

static void appendHex(uint32_t word, std::string &text) {
  static const char digits[] = "0123456789abcdef";
  char buffer[10] = {'0', 'x'};
  for (int i = 0; i < 8; ++i)
    buffer[2 + i] = digits[(word >> (28 - 4 * i)) & 15];
  text.append(buffer, sizeof(buffer));
}

static void appendInteger(int64_t value, std::string &text) {
  // -9223372036854775808 would be the negation of what does not fit.
  text +=
      value == INT64_MIN ? "(-9223372036854775807 - 1)" : std::to_string(value);
}

/// Nine digits tell any two floats apart.
static void appendFloat(float value, std::string &text) {
  char buffer[32];
  snprintf(buffer, sizeof(buffer), "%.9g", double(value));
  text += buffer;
  if (!strpbrk(buffer, ".en"))
    text += ".0";
  text += 'f';
}

template <typename T> static T readElement(ArrayRef<char> data, size_t index) {
  T value;
  std::memcpy(&value, data.data() + index * sizeof(T), sizeof(T));
  return value;
}

static void appendElement(Type type, ArrayRef<char> data, size_t index,
                          std::string &text) {
  if (type.isF32())
    appendFloat(readElement<float>(data, index), text);
  else if (type.isUnsignedInteger(8))
    appendInteger(readElement<uint8_t>(data, index), text);
  else if (type.isInteger(8))
    appendInteger(readElement<int8_t>(data, index), text);
  else if (type.isUnsignedInteger(32))
    appendHex(readElement<uint32_t>(data, index), text);
  else if (type.isInteger(32))
    appendInteger(readElement<int32_t>(data, index), text);
  else
    appendInteger(readElement<int64_t>(data, index), text);
}

static StringRef getCType(Type type) {
  if (type.isF32())
    return "float";
  if (type.isUnsignedInteger(8))
    return "uint8_t";
  if (type.isInteger(8))
    return "int8_t";
  if (type.isUnsignedInteger(32))
    return "uint32_t";
  return type.isInteger(32) ? "int32_t" : "int64_t";
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

static void printGlobal(emitc::GlobalOp global, raw_ostream &os) {
  auto type = cast<emitc::ArrayType>(global.getType());
  if (!global.getExternSpecifier())
    os << '\n';
  else
    os << "extern ";
  if (global.getStaticSpecifier())
    os << "static ";
  if (global.getConstSpecifier())
    os << "const ";
  os << getCType(type.getElementType()) << ' ' << global.getSymName() << '['
     << type.getNumElements() << ']';
  if (auto elements =
          dyn_cast_or_null<DenseElementsAttr>(global.getInitialValueAttr())) {
    std::string text = " = {\n";
    appendElements(elements, text);
    os << text;
  }
  os << ";\n";
}

LogicalResult slb::translateToC(ModuleOp module, StringRef file,
                                raw_ostream &os) {
  for (auto fileOp : module.getOps<emitc::FileOp>()) {
    if (fileOp.getId() != file)
      continue;
    for (Operation &op : fileOp.getBodyRegion().front()) {
      if (auto global = dyn_cast<emitc::GlobalOp>(op))
        printGlobal(global, os);
      else if (failed(emitc::translateToCpp(&op, os)))
        return failure();
    }
  }
  return success();
}
