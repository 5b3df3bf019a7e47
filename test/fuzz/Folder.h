//===- Folder.h - the files that a fuzzer writes ---------------*- C++ -*--===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_FUZZ_FOLDER_H
#define SLB_TEST_FUZZ_FOLDER_H

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <sys/types.h>
#include <unistd.h>

namespace slb {

/// A finding that is no crash of itself.
[[noreturn]] inline void abandon(const std::string &finding) {
  std::fprintf(stderr, "FINDING: %s\n", finding.c_str());
  std::abort();
}

/// A folder of this process, whose files each input replaces.
inline const std::string &getFolder() {
  static const std::string folder = [] {
    const char *parent = std::getenv("TMPDIR");
    std::string path =
        std::string(parent ? parent : "/tmp") + "/slb-fuzz-XXXXXX";
    if (!mkdtemp(path.data()))
      abandon("cannot create '" + path + "'");
    return path;
  }();
  return folder;
}

inline void writeFile(const std::string &name, const uint8_t *data,
                      size_t size) {
  std::ofstream file(getFolder() + "/" + name, std::ios::binary);
  file.write(reinterpret_cast<const char *>(data), std::streamsize(size));
  if (!file.flush())
    abandon("cannot write '" + name + "'");
}

} // namespace slb

#endif // SLB_TEST_FUZZ_FOLDER_H
