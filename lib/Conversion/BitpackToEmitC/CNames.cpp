//===- CNames.cpp - names and comments in generated C ---------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CNames.h"
#include "slb/Conversion/BitpackToEmitC/BitpackToEmitC.h"
#include "slb/Target/C/Runtime.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace slb;

//===----------------------------------------------------------------------===//
// What C has already
//===----------------------------------------------------------------------===//

/// Keywords of C and C++ that a prefix and a word can make; all our names hold
/// an underscore.
static constexpr StringLiteral keywords[] = {
    "and_eq",        "co_await",     "co_return",        "co_yield",
    "const_cast",    "dynamic_cast", "not_eq",           "or_eq",
    "static_assert", "static_cast",  "reinterpret_cast", "thread_local",
    "typeof_unqual", "xor_eq"};

/// The start of a macro of <stdint.h> or <limits.h>: INT8 of INT8_MAX.
static bool isLimitOf(StringRef type) {
  static constexpr StringLiteral types[] = {
      "char",    "schar", "uchar", "shrt",   "ushrt",      "int",  "uint",
      "long",    "ulong", "llong", "ullong", "sig_atomic", "size", "rsize",
      "ptrdiff", "wchar", "wint",  "bool",   "flt",        "dbl",  "ldbl"};
  if (is_contained(types, type))
    return true;
  type.consume_front("u");
  if (!type.consume_front("int") || type.empty())
    return false;
  if (!type.consume_front("_least"))
    type.consume_front("_fast");
  return type == "ptr" || type == "max" || llvm::all_of(type, isDigit);
}

/// Whether a name at file scope would clash with C, C++ or their libraries.
/// `name` is in lower case.
static bool isReserved(StringRef name) {
  auto [type, limit] = name.rsplit('_');
  bool isLimit = is_contained({"min", "max", "c", "width"}, limit);
  // Types end in _t.
  return is_contained(keywords, name) || name.ends_with("_t") ||
         (isLimit && isLimitOf(type));
}

bool slb::isHeaderName(StringRef name) {
  static constexpr StringLiteral standard[] = {
      "assert",      "complex",  "ctype",   "errno",       "fenv",
      "float",       "inttypes", "iso646",  "limits",      "locale",
      "math",        "setjmp",   "signal",  "stdalign",    "stdarg",
      "stdatomic",   "stdbit",   "stdbool", "stdckdint",   "stddef",
      "stdint",      "stdio",    "stdlib",  "stdnoreturn", "string",
      "tgmath",      "threads",  "time",    "uchar",       "wchar",
      "wctype",      "arm_acle", "arm_mve", "arm_neon",    "immintrin",
      "riscv_vector"};
  // A trigraph would name another file.
  return !name.contains("??") && all_of(name, [](char c) {
    return uint8_t(c) >= ' ' && c != '"' && c != '\\' && c != 0x7f;
  }) && !is_contained(standard, sys::path::stem(name).lower());
}

//===----------------------------------------------------------------------===//
// Names and comments
//===----------------------------------------------------------------------===//

std::string slb::getCWords(StringRef name) {
  std::string words;
  bool isNext = false; // The next letter begins a word.
  for (char c : name) {
    if (!isAlnum(c)) {
      isNext = !words.empty();
      continue;
    }
    if (isNext)
      words += '_';
    isNext = false;
    words += c;
  }
  return words;
}

std::string slb::getCIdentifier(StringRef name) {
  std::string words = getCWords(name);
  if (words.empty())
    return "net";
  return isDigit(words.front()) ? "net_" + words : words;
}

std::string slb::getCComment(StringRef text) {
  std::string comment;
  for (char c : text) {
    // Slashes next to each other or to a star begin or end comments.
    bool isPlain = isAlnum(c) || StringRef(" _.-+:,()[]<>=").contains(c) ||
                   (c == '/' && !StringRef(comment).ends_with("/"));
    comment += isPlain ? c : '_';
  }
  return comment;
}

std::string CNames::add(const Twine &name) {
  std::string base = name.str(), free = base;
  auto isTaken = [&](StringRef name) {
    std::string lower = name.lower();
    return isReserved(lower) || isRuntimeName(name.str()) ||
           !taken.insert(lower).second;
  };
  for (int i = 2; isTaken(free); ++i)
    free = base + "_" + std::to_string(i);
  return free;
}
