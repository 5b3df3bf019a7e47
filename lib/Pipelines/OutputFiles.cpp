//===- OutputFiles.cpp - files that are written all or none ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutputFiles.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace slb;

static Error createError(StringRef path, const std::string &reason) {
  return createStringError("cannot write '" + path + "': " + reason);
}

static Error writeTemporary(sys::fs::TempFile &temporary, StringRef path,
                            StringRef content) {
  raw_fd_ostream os(temporary.FD, /*shouldClose=*/false);
  os << content;
  os.flush();
  if (!os.has_error())
    return Error::success();
  std::string reason = os.error().message();
  os.clear_error();
  return createError(path, reason);
}

Error OutputFiles::commit() {
  std::vector<sys::fs::TempFile> temporaries;
  Error error = Error::success();
  for (const File &file : files) {
    // Renaming over a directory would fail only after others were written.
    if (sys::fs::is_directory(file.path)) {
      error = createError(file.path, "is a directory");
      break;
    }
    auto temporary = sys::fs::TempFile::create(
        file.path + ".%%%%%%", sys::fs::all_read | sys::fs::owner_write);
    if (!temporary) {
      error = createError(file.path,
                          errorToErrorCode(temporary.takeError()).message());
      break;
    }
    temporaries.push_back(std::move(*temporary));
    error = writeTemporary(temporaries.back(), file.path, file.content);
    if (error)
      break;
  }
  size_t kept = 0;
  while (!error && kept < temporaries.size()) {
    error = temporaries[kept].keep(files[kept].path);
    ++kept;
  }
  for (size_t i = kept; i < temporaries.size(); ++i)
    consumeError(temporaries[i].discard());
  return error;
}
