//===- Runtime.h - the runtime library's sources ----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The C files of runtime/ are built into the compiler. Plain C++.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TARGET_C_RUNTIME_H
#define SLB_TARGET_C_RUNTIME_H

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace slb {

/// runtime/FOLDER/NAME; the folder is an instruction set, or what several
/// share.
struct RuntimeFile {
  std::string_view folder, name, text;
};

/// All files, by folder and name.
std::vector<RuntimeFile> getRuntimeFiles();

/// The runtime functions that a program uses, and those they use in turn, as
/// source to paste.
class RuntimeSource {
public:
  /// Adds the function or type `name`, which the file `name`.h defines. False
  /// if there is no such file.
  bool add(std::string_view name);

  /// Headers of the C library that the source needs.
  const std::set<std::string> &getSystemHeaders() const { return headers; }
  /// Each file once, after the files it needs; without licence banners and
  /// include guards.
  const std::string &getText() const { return text; }

private:
  bool addFile(const std::string &file);

  std::set<std::string> done, headers;
  std::string text;
};

/// Whether a file of the runtime uses the name, which begins with slb_ or SLB_.
bool isRuntimeName(std::string_view name);

} // namespace slb

#endif // SLB_TARGET_C_RUNTIME_H
