//===- Lexer.h - words of PTX -----------------------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_LEXER_H
#define SLB_TEST_PTX_LEXER_H

#include <string>
#include <string_view>

namespace slb::ptx {

/// Goes through a text word by word: names with their dots, dollars and percent
/// signs, numbers with their sign, and single characters.
class Lexer {
public:
  explicit Lexer(std::string_view text) : text(text) { advance(); }

  /// The current word; empty at the end.
  const std::string &peek() const { return word; }
  bool isAt(std::string_view expected) const { return word == expected; }
  /// Returns the current word and goes on.
  std::string take();
  /// Goes on if the current word is `expected`.
  bool takeIf(std::string_view expected);

  int getLine() const { return line; }
  /// The whole line that the current word is in.
  std::string getLineText() const;

private:
  void advance();
  void skipSpace();

  std::string_view text;
  size_t begin = 0, end = 0; ///< Of the current word.
  int line = 1;
  std::string word;
};

} // namespace slb::ptx

#endif // SLB_TEST_PTX_LEXER_H
