//===- CNames.h - names and comments in generated C -------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_CONVERSION_BITPACKTOEMITC_CNAMES_H
#define SLB_LIB_CONVERSION_BITPACKTOEMITC_CNAMES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include <string>

namespace slb {

/// The letters and digits of `name`, with one underscore for what is between
/// them. May be empty, and may begin with a digit.
std::string getCWords(llvm::StringRef name);

/// Text for a comment in one line, which nothing in it ends or warns of.
std::string getCComment(llvm::StringRef text);

/// All names of a network at file scope: functions, arrays, macros, constants.
class CNames {
public:
  /// `name`, or, where C, the runtime or the network has that name already, the
  /// first of name_2, name_3, ... that is free. Names differ by more than case:
  /// macros are the upper case of other names.
  std::string add(const llvm::Twine &name);

private:
  llvm::StringSet<> taken; // In lower case.
};

} // namespace slb

#endif // SLB_LIB_CONVERSION_BITPACKTOEMITC_CNAMES_H
