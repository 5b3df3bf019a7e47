//===- GeneratedProgram.cpp - generated C, built and run ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Evaluation/GeneratedProgram.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace slb;

/// {0} is the prefix, {1} the prefix of macros, {2} the layer hooks, {3} the
/// ports, {4} their reading, {5} the call's arguments, {6} their writing.
static constexpr char mainTemplate[] = R"(#include "net.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *layers;
{2}
static uint64_t arena[{1}_ARENA_BYTES / 8 + 1];
{3}
int main(int argc, char **argv) {{
  FILE *in = argc > 3 ? fopen(argv[1], "rb") : NULL;
  FILE *out = argc > 3 ? fopen(argv[2], "wb") : NULL;
  layers = argc > 4 ? fopen(argv[4], "wb") : NULL;
  if (!in || !out || (argc > 4 && !layers))
    return 2;
  for (long sample = atol(argv[3]); sample > 0; --sample) {{
    int isDone = 1;
    {4}
    memset(arena, 0x5a, sizeof arena);
    {0}_run({5}arena);
    {6}
    if (!isDone)
      return 3;
  }
  if (layers && fclose(layers) != 0)
    return 3;
  return fclose(out) == 0 ? 0 : 3;
}
)";

/// {0} is the port's name, {1} the prefix of its macros.
static constexpr char portTemplate[] = "static {1}_TYPE {0}[{1}_SIZE];\n";
static constexpr char readTemplate[] =
    "isDone &= fread({0}, sizeof {0}, 1, in) == 1;\n    ";
static constexpr char writeTemplate[] =
    "isDone &= fwrite({0}, sizeof {0}, 1, out) == 1;\n    ";

static constexpr char hooksTemplate[] = R"(
void {0}_layer_begin(int32_t index, const char *name, const void *output,
                     size_t bytes) {{
  (void)index, (void)name, (void)output, (void)bytes;
}
void {0}_layer_end(int32_t index, const char *name, const void *output,
                   size_t bytes) {{
  (void)index, (void)name;
  if (layers)
    fwrite(output, bytes, 1, layers);
}
)";

/// Runs a program; what it prints on its standard error goes into `error`.
static bool execute(ArrayRef<std::string> command, StringRef logPath,
                    std::string &error) {
  ErrorOr<std::string> program = sys::findProgramByName(command.front());
  if (!program) {
    error = formatv("expects the program '{0}' on the path, but found none",
                    command.front());
    return false;
  }
  SmallVector<StringRef> arguments(command.begin(), command.end());
  std::optional<StringRef> redirects[] = {StringRef(), logPath, logPath};
  std::string message;
  int status = sys::ExecuteAndWait(*program, arguments, std::nullopt, redirects,
                                   0, 0, &message);
  if (status == 0)
    return true;
  auto log = MemoryBuffer::getFile(logPath);
  StringRef text = log ? (*log)->getBuffer().rtrim() : StringRef();
  error = formatv("'{0}' ended with status {1}{2}{3}", command.front(), status,
                  text.empty() && message.empty() ? "" : ": ",
                  text.empty() ? StringRef(message) : text.take_front(2000));
  return false;
}

static bool writeFile(const Twine &path, ArrayRef<char> data,
                      std::string &error) {
  std::error_code code;
  raw_fd_ostream stream(path.str(), code);
  if (!code) {
    stream.write(data.data(), data.size());
    stream.close();
    code = stream.error();
  }
  if (code)
    error = formatv("{0}: {1}", path, code.message());
  return !code;
}

static bool readFile(const Twine &path, std::vector<char> &data,
                     std::string &error) {
  auto file = MemoryBuffer::getFile(path, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
  if (!file) {
    error = formatv("{0}: {1}", path, file.getError().message());
    return false;
  }
  data.assign((*file)->getBufferStart(), (*file)->getBufferEnd());
  return true;
}

static std::string getMain(StringRef prefix,
                           const GeneratedProgram::Options &options) {
  std::string hooks =
      options.withLayers ? formatv(hooksTemplate, prefix).str() : "";
  std::string ports, reads, arguments, writes;
  auto addPort = [&](StringRef side, size_t index) {
    // As net.h numbers them.
    std::string name = side.str() + (index > 0 ? std::to_string(index) : "");
    std::string macro = StringRef(prefix.str() + "_" + name).upper();
    ports += formatv(portTemplate, name, macro).str();
    arguments += name + ", ";
    return name;
  };
  for (size_t i = 0; i < options.inputs; ++i)
    reads += formatv(readTemplate, addPort("input", i)).str();
  for (size_t i = 0; i < options.outputs; ++i)
    writes += formatv(writeTemplate, addPort("output", i)).str();
  return formatv(mainTemplate, prefix, prefix.upper(), hooks, ports, reads,
                 arguments, writes);
}

std::unique_ptr<GeneratedProgram>
GeneratedProgram::build(StringRef folder, StringRef prefix,
                        const Options &options, std::string &error) {
  // Programs of several compilers may share the folder.
  static int serial = 0;
  std::string name = formatv("net{0}", serial++);
  std::string mainPath = formatv("{0}/{1}-main.c", folder, name);
  if (!writeFile(mainPath, getMain(prefix, options), error))
    return nullptr;
  std::vector<std::string> command = {options.compiler, "-std=c99"};
  command.insert(command.end(), options.flags.begin(), options.flags.end());
  for (std::string each :
       {std::string("-o"), formatv("{0}/{1}", folder, name).str(),
        (folder + "/net.c").str(), mainPath})
    command.push_back(each);
  if (!execute(command, formatv("{0}/{1}.log", folder, name).str(), error))
    return nullptr;
  return std::unique_ptr<GeneratedProgram>(new GeneratedProgram(folder, name));
}

bool GeneratedProgram::run(ArrayRef<char> inputs, int64_t count,
                           std::vector<char> &outputs,
                           std::vector<char> *layers, std::string &error) {
  std::string base = folder + "/" + name;
  if (!writeFile(base + ".in", inputs, error))
    return false;
  std::vector<std::string> command = {base, base + ".in", base + ".out",
                                      std::to_string(count)};
  if (layers)
    command.push_back(base + ".layers");
  if (!execute(command, base + ".log", error) ||
      !readFile(base + ".out", outputs, error))
    return false;
  return !layers || readFile(base + ".layers", *layers, error);
}
