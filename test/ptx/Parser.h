//===- Parser.h - PTX from its text -----------------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_PTX_PARSER_H
#define SLB_TEST_PTX_PARSER_H

#include "Program.h"

namespace slb::ptx {

/// Reads what LLVM prints for slb's kernels. Whatever else is there is an
/// error: false, and in `error` the line and what was expected.
bool parse(std::string_view text, Program &program, std::string &error);

} // namespace slb::ptx

#endif // SLB_TEST_PTX_PARSER_H
