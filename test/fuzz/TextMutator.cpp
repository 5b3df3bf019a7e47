//===- TextMutator.cpp - changes IR token by token ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include <random>

using namespace llvm;

using Random = std::minstd_rand;

static size_t draw(Random &random, size_t count) { return random() % count; }

/// Where a token ends that begins with the first character of `text`: a word
/// with its sigil, a number, or one character.
static size_t getTokenLength(StringRef text) {
  auto isWord = [](char c) { return isAlnum(c) || c == '_' || c == '.'; };
  size_t length = 1;
  bool isDigits = isDigit(text[0]);
  if (text[0] == 'x' && text.size() > 1 && isDigit(text[1]))
    return 1; // Between the dimensions of a shape.
  if (!isDigits && !isWord(text[0]) && !StringRef("%!@-\"").contains(text[0]))
    return 1;
  while (length < text.size() &&
         (isDigits ? isDigit(text[length]) : isWord(text[length])))
    ++length;
  return length;
}

static SmallVector<StringRef> getTokens(StringRef text) {
  SmallVector<StringRef> tokens;
  while (!text.empty()) {
    size_t length = getTokenLength(text);
    if (!isSpace(text[0]))
      tokens.push_back(text.take_front(length));
    text = text.drop_front(length);
  }
  return tokens;
}

/// A token with the brackets that follow it, such as tensor<...>.
static StringRef extendByBrackets(StringRef token, StringRef text) {
  const char *end = token.end();
  if (end == text.end() || !StringRef("<[{(").contains(*end))
    return token;
  int depth = 0;
  for (; end != text.end(); ++end) {
    depth += StringRef("<[{(").contains(*end);
    depth -= StringRef(">]})").contains(*end);
    if (depth == 0)
      return StringRef(token.begin(), end + 1 - token.begin());
  }
  return token;
}

static StringRef drawSpan(StringRef text, Random &random) {
  SmallVector<StringRef> tokens = getTokens(text);
  if (tokens.empty())
    return text;
  StringRef token = tokens[draw(random, tokens.size())];
  return draw(random, 3) == 0 ? extendByBrackets(token, text) : token;
}

static StringRef drawLine(StringRef text, Random &random) {
  SmallVector<StringRef> lines;
  text.split(lines, '\n');
  return lines[draw(random, lines.size())];
}

static std::string drawNumber(Random &random) {
  static const char *const numbers[] = {"0",
                                        "1",
                                        "2",
                                        "3",
                                        "4",
                                        "7",
                                        "8",
                                        "15",
                                        "16",
                                        "17",
                                        "31",
                                        "32",
                                        "33",
                                        "63",
                                        "64",
                                        "65",
                                        "127",
                                        "128",
                                        "255",
                                        "256",
                                        "257",
                                        "1000",
                                        "32767",
                                        "32768",
                                        "65535",
                                        "65536",
                                        "2147483647",
                                        "2147483648",
                                        "4294967295",
                                        "4294967296",
                                        "-1",
                                        "-2",
                                        "-128",
                                        "-2147483648",
                                        "1.0",
                                        "0.5",
                                        "-0.0",
                                        "1.0e-38",
                                        "1.0e38",
                                        "0x7F800000",
                                        "0x7FC00000",
                                        "9223372036854775807",
                                        "-9223372036854775808"};
  return numbers[draw(random, std::size(numbers))];
}

static std::string drawWord(Random &random) {
  static const char *const words[] = {
      "f32",
      "f64",
      "f16",
      "i1",
      "i8",
      "i16",
      "i32",
      "i64",
      "index",
      "?",
      "tensor<f32>",
      "tensor<1x4xf32>",
      "tensor<?x4xf32>",
      "memref<4xi32>",
      "!slb.lowbit<odd<1>>",
      "!slb.lowbit<odd<2>>",
      "!slb.lowbit<odd<4>>",
      "!slb.lowbit<range<0:255>, scale = 0.5>",
      "!slb.lowbit<range<-8:7>, scale = 0.5>",
      "!slb.lowbit<range<-1000:1000>, scale = 0.5>",
      "!slb.lowbit<range<-2147483648:2147483647>>",
      "!slb.lowbit<list<-1, 0, 1>>",
      "!slb.lowbit<list<-4, -2, -1, 0, 1, 2, 4>, scale = 0.25>",
      "!slb.lowbit<range<0:3>, scales = [1.0, 2.0] axis = 3>",
      "slb.conv2d",
      "slb.linear",
      "slb.quantize",
      "slb.dequantize",
      "slb.requantize",
      "slb.pool2d",
      "slb.integer_conv2d",
      "slb.integer_linear",
      "slb.fused_conv2d",
      "slb.fused_linear",
      "slb.constant",
      "slb.select",
      "tosa.add",
      "tosa.clamp",
      "tosa.max_pool2d",
      "tensor.concat",
      "func.func private",
      "layer = \"int\"",
      "layer = \"a*/b\"",
      "{pool = array<i64: 2, 2>}",
      "groups = 2 : i64",
      "strides = array<i64: 2, 2>",
      "pads = array<i64: 1, 1, 1, 1>",
      "dilations = array<i64: 2, 2>",
      "dense<0>",
      "dense<>",
      "dense<1.0>",
      "array<i64>",
      "unit"};
  return words[draw(random, std::size(words))];
}

/// `text` with `span`, a part of it, replaced; `everywhere`: and its equals.
static std::string replace(StringRef text, StringRef span, StringRef by,
                           bool everywhere) {
  if (span.empty())
    return text.str();
  if (!everywhere)
    return (StringRef(text.begin(), span.begin() - text.begin()) + by +
            StringRef(span.end(), text.end() - span.end()))
        .str();
  SmallVector<StringRef> parts;
  text.split(parts, span);
  return join(parts, by);
}

static std::string mutateOnce(StringRef text, Random &random) {
  bool everywhere = draw(random, 2);
  switch (draw(random, 8)) {
  case 0: { // A line less, or once more.
    StringRef line = drawLine(text, random);
    std::string twice = draw(random, 2) ? (line + "\n" + line).str() : "";
    return replace(text, line, twice, false);
  }
  case 1: // A token of another place.
    return replace(text, drawSpan(text, random), drawSpan(text, random),
                   everywhere);
  case 2:
    return replace(text, drawSpan(text, random), "", false);
  case 3: { // One token more.
    StringRef span = drawSpan(text, random);
    return replace(text, span, (span + " " + drawWord(random)).str(), false);
  }
  case 4:
    return replace(text, drawSpan(text, random), drawWord(random), everywhere);
  default: { // Numbers say most: shapes, pads, bounds of value sets.
    SmallVector<StringRef> tokens = getTokens(text);
    llvm::erase_if(tokens, [](StringRef token) { return !isDigit(token[0]); });
    if (tokens.empty())
      return text.str();
    StringRef token = tokens[draw(random, tokens.size())];
    std::string number = drawNumber(random);
    uint64_t old;
    if (draw(random, 2) && !token.getAsInteger(10, old))
      number = std::to_string(old + draw(random, 5) - 2);
    return replace(text, token, number, everywhere);
  }
  }
}

/// Changes a few tokens, types or lines of `text`. What stands in several
/// places, such as a type, is often changed in all of them, so that the text
/// may still parse.
static std::string mutateText(StringRef text, unsigned seed) {
  Random random(seed);
  std::string mutated = text.str();
  for (size_t i = 0, count = 1 + draw(random, 4); i < count; ++i)
    mutated = mutateOnce(mutated, random);
  return mutated;
}

/// Puts tokens or lines of `other` into `text`.
static std::string crossTexts(StringRef text, StringRef other, unsigned seed) {
  Random random(seed);
  if (text.empty() || other.empty())
    return text.str();
  if (draw(random, 2))
    return replace(text, drawSpan(text, random), drawSpan(other, random),
                   draw(random, 2));
  StringRef line = drawLine(text, random);
  return replace(text, line, (drawLine(other, random) + "\n" + line).str(),
                 false);
}

//===----------------------------------------------------------------------===//
// What libFuzzer calls
//===----------------------------------------------------------------------===//

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  // Now and then libFuzzer's own mutations, which know no tokens.
  if (size == 0 || seed % 8 == 0)
    return LLVMFuzzerMutate(data, size, maxSize);
  StringRef text(reinterpret_cast<const char *>(data), size);
  std::string mutated = mutateText(text, seed);
  size = std::min(mutated.size(), maxSize);
  std::copy_n(mutated.begin(), size, data);
  return size;
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
                                            const uint8_t *data2, size_t size2,
                                            uint8_t *out, size_t maxSize,
                                            unsigned seed) {
  StringRef first(reinterpret_cast<const char *>(data1), size1);
  StringRef second(reinterpret_cast<const char *>(data2), size2);
  std::string crossed = crossTexts(first, second, seed);
  size_t size = std::min(crossed.size(), maxSize);
  std::copy_n(crossed.begin(), size, out);
  return size;
}
