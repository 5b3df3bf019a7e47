//===- OutputFiles.cpp - files that are written all or none ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutputFiles.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <unistd.h>

using namespace llvm;
using namespace slb;

static Error createError(StringRef path, const std::string &reason) {
  return createStringError("cannot write '" + path + "': " + reason);
}

//===----------------------------------------------------------------------===//
// Where a path leads
//===----------------------------------------------------------------------===//

/// One link further, if there is one.
static bool followLink(SmallVectorImpl<char> &path) {
  char target[4096];
  std::string link(path.begin(), path.end());
  ssize_t size = readlink(link.c_str(), target, sizeof(target));
  if (size < 0)
    return false;
  StringRef to(target, size);
  if (sys::path::is_absolute(to))
    path.clear();
  else
    sys::path::remove_filename(path);
  sys::path::append(path, to);
  return true;
}

/// The file that a path leads to, which may be yet to come: without links, and
/// spelled in one way.
static std::string getDestination(StringRef path) {
  SmallString<128> real, last(path);
  if (!sys::fs::real_path(path, real))
    return std::string(real);
  // As many links as systems follow.
  for (int links = 0; links < 40 && followLink(last); ++links)
    ;
  StringRef folder = sys::path::parent_path(last);
  if (sys::fs::real_path(folder.empty() ? "." : folder, real))
    return std::string(last);
  sys::path::append(real, sys::path::filename(last));
  return std::string(real);
}

static bool isWrittenThrough(const sys::fs::file_status &status) {
  return sys::fs::exists(status) && !sys::fs::is_regular_file(status);
}

bool slb::leadToOneFile(StringRef a, StringRef b) {
  sys::fs::file_status first, second;
  if (sys::fs::status(a, first) || sys::fs::status(b, second))
    return getDestination(a) == getDestination(b);
  return first.type() != sys::fs::file_type::character_file &&
         first.getUniqueID() == second.getUniqueID();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

static Error write(raw_fd_ostream &os, StringRef path, StringRef content) {
  os << content;
  os.flush();
  if (!os.has_error())
    return Error::success();
  std::string reason = os.error().message();
  os.clear_error();
  return createError(path, reason);
}

static Error writeThrough(StringRef path, StringRef content) {
  std::error_code code;
  raw_fd_ostream os(path, code, sys::fs::CD_OpenExisting, sys::fs::FA_Write,
                    sys::fs::OF_None);
  return code ? createError(path, code.message()) : write(os, path, content);
}

static Error writeTemporary(StringRef path, StringRef destination,
                            StringRef content,
                            std::vector<sys::fs::TempFile> &temporaries) {
  auto temporary = sys::fs::TempFile::create(
      destination + ".%%%%%%", sys::fs::all_read | sys::fs::owner_write);
  if (!temporary)
    return createError(path, errorToErrorCode(temporary.takeError()).message());
  temporaries.push_back(std::move(*temporary));
  raw_fd_ostream os(temporaries.back().FD, /*shouldClose=*/false);
  return write(os, path, content);
}

Error OutputFiles::commit() {
  std::vector<sys::fs::TempFile> temporaries;
  std::vector<std::string> destinations;
  std::vector<const File *> others;
  Error error = Error::success();
  for (const File &file : files) {
    sys::fs::file_status status;
    std::error_code code = sys::fs::status(file.path, status);
    // A link that leads nowhere must not give way to a file.
    if (code == std::errc::too_many_symbolic_link_levels) {
      error = createError(file.path, code.message());
      break;
    }
    // Renaming over a directory would fail only after others were written.
    if (sys::fs::is_directory(status)) {
      error = createError(file.path, "is a directory");
    } else if (isWrittenThrough(status)) {
      others.push_back(&file);
    } else {
      destinations.push_back(getDestination(file.path));
      error = writeTemporary(file.path, destinations.back(), file.content,
                             temporaries);
    }
    if (error)
      break;
  }
  // What goes through cannot be taken back: only renaming may still fail then.
  for (size_t i = 0; !error && i < others.size(); ++i)
    error = writeThrough(others[i]->path, others[i]->content);
  size_t kept = 0;
  while (!error && kept < temporaries.size()) {
    error = temporaries[kept].keep(destinations[kept]);
    ++kept;
  }
  for (size_t i = kept; i < temporaries.size(); ++i)
    consumeError(temporaries[i].discard());
  return error;
}
