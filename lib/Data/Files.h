//===- Files.h - reads whole plain or gzip files ----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_DATA_FILES_H
#define SLB_LIB_DATA_FILES_H

#include <cstdint>
#include <string>
#include <vector>

namespace slb {

/// Returns the first of `path` and `path`.gz that exists, or an empty string.
std::string findFile(const std::string &path);

/// Reads a file, decompressed if it is gzip. `path` is completed by findFile.
/// Leaves the name of the file that was read in `path`.
bool readFile(std::string &path, std::vector<uint8_t> &bytes,
              std::string &error);

} // namespace slb

#endif // SLB_LIB_DATA_FILES_H
