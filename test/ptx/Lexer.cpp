//===- Lexer.cpp - words of PTX -------------------------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lexer.h"
#include <cctype>

using namespace slb::ptx;

static bool isNamePart(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' ||
         c == '%' || c == '.';
}

void Lexer::skipSpace() {
  for (; end < text.size(); ++end) {
    if (text.substr(end, 2) == "//")
      while (end < text.size() && text[end] != '\n')
        ++end;
    if (end == text.size() ||
        !std::isspace(static_cast<unsigned char>(text[end])))
      return;
    line += text[end] == '\n';
  }
}

void Lexer::advance() {
  skipSpace();
  begin = end;
  if (end == text.size()) {
    word.clear();
    return;
  }
  bool isNumber = text[end] == '-';
  ++end;
  if (isNumber || isNamePart(text[begin]))
    while (end < text.size() && isNamePart(text[end]))
      ++end;
  word = text.substr(begin, end - begin);
}

std::string Lexer::take() {
  std::string taken = word;
  advance();
  return taken;
}

bool Lexer::takeIf(std::string_view expected) {
  if (word != expected)
    return false;
  advance();
  return true;
}

std::string Lexer::getLineText() const {
  size_t first = begin;
  while (first > 0 && text[first - 1] != '\n')
    --first;
  while (first < begin && std::isspace(static_cast<unsigned char>(text[first])))
    ++first;
  return std::string(text.substr(first, text.find('\n', begin) - first));
}
