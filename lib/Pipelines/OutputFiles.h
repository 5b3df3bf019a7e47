//===- OutputFiles.h - files that are written all or none -------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_PIPELINES_OUTPUTFILES_H
#define SLB_LIB_PIPELINES_OUTPUTFILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace slb {

/// Whether what is written to one path would be found at the other: the same
/// name spelled otherwise, or links. Nothing is lost in a device, so several
/// outputs may go there.
bool leadToOneFile(llvm::StringRef a, llvm::StringRef b);

/// Collects the content of output files, then writes all of them: first beside
/// their places, then into them, so that a failure leaves none. Symbolic links
/// stay, and lead to the new file; FIFOs and devices are written through.
class OutputFiles {
public:
  void add(llvm::StringRef path, std::string content) {
    files.push_back({path.str(), std::move(content)});
  }
  llvm::Error commit();

private:
  struct File {
    std::string path, content;
  };
  std::vector<File> files;
};

} // namespace slb

#endif // SLB_LIB_PIPELINES_OUTPUTFILES_H
