//===- SanitizerOptions.cpp - defaults of AddressSanitizer ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

/// LLVM's allocators mark memory that is not handed out. The packaged library
/// is not sanitized: what it hands out of an allocator that our code has filled
/// would stay marked. The status is one that no tool ends with.
extern "C" const char *__asan_default_options() {
  return "allow_user_poisoning=0:exitcode=86";
}
