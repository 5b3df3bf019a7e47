//===- Runtime.cpp - the runtime library's sources ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Target/C/Runtime.h"
#include <string_view>

using namespace slb;

static const RuntimeFile embeddedFiles[] = {
#include "lib/Target/C/EmbeddedRuntime.inc"
};

std::vector<RuntimeFile> slb::getRuntimeFiles() {
  return {std::begin(embeddedFiles), std::end(embeddedFiles)};
}

static bool startsWith(std::string_view line, std::string_view prefix) {
  return line.substr(0, prefix.size()) == prefix;
}

/// Cuts the first line off `text`.
static std::string_view takeLine(std::string_view &text) {
  size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? "" : text.substr(end + 1);
  return line;
}

/// What an #include names, with its brackets or quotes and the folders of the
/// runtime cut off.
static std::string getIncluded(std::string_view line) {
  size_t begin = line.find_first_of("<\"") + 1;
  line = line.substr(begin, line.find_first_of(">\"", begin) - begin);
  size_t slash = startsWith(line, "../") ? line.rfind('/') + 1 : 0;
  return std::string(line.substr(slash));
}

/// The banner, two lines of dashes and what is between, and the include guard.
static std::string_view skipBanner(std::string_view text) {
  takeLine(text);
  while (!text.empty() && !startsWith(takeLine(text), "//===---"))
    ;
  while (!text.empty() && !startsWith(takeLine(text), "#define"))
    ;
  return text;
}

bool RuntimeSource::add(std::string_view name) {
  return addFile(std::string(name) + ".h");
}

bool RuntimeSource::addFile(const std::string &file) {
  if (done.count(file))
    return true;
  const RuntimeFile *found = nullptr;
  for (const RuntimeFile &embedded : embeddedFiles)
    if (embedded.name == file)
      found = &embedded;
  if (!found)
    return false;
  done.insert(file);

  std::string body;
  bool isBlank = true;
  int conditions = 0; // How many #if are open.
  std::string_view rest = skipBanner(found->text);
  while (!rest.empty()) {
    std::string_view line = takeLine(rest);
    if (startsWith(line, "#endif // SLB_"))
      break;
    if (startsWith(line, "#if"))
      ++conditions;
    if (startsWith(line, "#endif"))
      --conditions;
    // Headers that only some cores have stay where their condition is.
    if (startsWith(line, "#include <") && conditions == 0) {
      headers.insert(getIncluded(line));
    } else if (startsWith(line, "#include \"")) {
      if (!addFile(getIncluded(line)))
        return false;
    } else if (!line.empty() || !isBlank) {
      isBlank = line.empty();
      body.append(line).push_back('\n');
    }
  }
  if (!isBlank)
    body.push_back('\n');
  text += body;
  return true;
}

static bool isWordCharacter(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

bool slb::isRuntimeName(std::string_view name) {
  if (!startsWith(name, "slb_") && !startsWith(name, "SLB_"))
    return false;
  for (const RuntimeFile &file : embeddedFiles) {
    size_t at = file.text.find(name);
    for (; at != std::string_view::npos; at = file.text.find(name, at + 1)) {
      size_t end = at + name.size();
      bool isWhole =
          (at == 0 || !isWordCharacter(file.text[at - 1])) &&
          (end == file.text.size() || !isWordCharacter(file.text[end]));
      if (isWhole)
        return true;
    }
  }
  return false;
}
