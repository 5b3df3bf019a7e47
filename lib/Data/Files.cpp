//===- Files.cpp - reads whole plain or gzip files ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Files.h"

#include <sys/stat.h>
#include <zlib.h>

using namespace slb;

static bool isFile(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string slb::findFile(const std::string &path) {
  for (const char *suffix : {"", ".gz"})
    if (isFile(path + suffix))
      return path + suffix;
  return "";
}

bool slb::readFile(std::string &path, std::vector<uint8_t> &bytes,
                   std::string &error) {
  std::string found = findFile(path);
  if (found.empty()) {
    error = "cannot find '" + path + "' or '" + path + ".gz'";
    return false;
  }
  path = found;
  // zlib reads files that are not compressed as they are.
  gzFile file = gzopen(path.c_str(), "rb");
  if (!file) {
    error = "cannot open '" + path + "'";
    return false;
  }
  bytes.clear();
  std::vector<uint8_t> chunk(1 << 20);
  int count;
  while ((count = gzread(file, chunk.data(), chunk.size())) > 0)
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + count);
  // The state before closing tells a truncated stream from a whole one.
  int status = Z_OK;
  gzerror(file, &status);
  gzclose(file);
  if (count >= 0 && (status == Z_OK || status == Z_STREAM_END))
    return true;
  error = "'" + path + "': the compressed data is damaged or truncated after " +
          std::to_string(bytes.size()) + " bytes";
  return false;
}
