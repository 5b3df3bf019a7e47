//===- FuzzOptions.cpp - the command lines of the tools -------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Built once for each tool, whose main file SLB_FUZZ_MAIN names. An input's
// lines are the arguments. Tools end where an argument is wrong, and leave
// options behind in llvm::cl: so each input has a process of its own, which is
// this one forked and therefore starts fast. MLIR's own drivers, slb-opt and
// slb-lsp-server, have MLIR's command lines.

#include "Folder.h"
#include <csignal>
#include <cstring>
#include <sys/wait.h>
#include <vector>

#define main toolMain
#include SLB_FUZZ_MAIN
#undef main

/// What a sanitizer ends with: cmake/SanitizerOptions.cpp.
static constexpr int kSanitizerStatus = 86;
/// A command line may be right, and then ask for much.
static constexpr unsigned kSeconds = 20;

static const char model[] =
    "func.func @net(%x: tensor<1x4xf32>) -> tensor<1x2xf32> {\n"
    "  %w = arith.constant dense<1.0> : tensor<2x4xf32>\n"
    "  %y = slb.linear %x, %w {layer = \"fc\"} : (tensor<1x4xf32>, "
    "tensor<2x4xf32>) -> tensor<1x2xf32>\n"
    "  return %y : tensor<1x2xf32>\n"
    "}\n";

/// The lines, with the tool's name before them and null behind.
static std::vector<char *> split(std::string &text) {
  static char tool[] = "tool";
  std::vector<char *> arguments = {tool};
  for (char *line = std::strtok(text.data(), "\n"); line;
       line = std::strtok(nullptr, "\n"))
    arguments.push_back(line);
  arguments.push_back(nullptr);
  return arguments;
}

/// Runs the tool in the folder and ends.
[[noreturn]] static void runTool(std::string text) {
  if (chdir(slb::getFolder().c_str()) != 0)
    _exit(0);
  alarm(kSeconds);
  // Before libFuzzer, which takes it for a fault that the process ends.
  on_exit([](int status, void *) { _exit(status); }, nullptr);
  std::vector<char *> arguments = split(text);
  std::exit(toolMain(int(arguments.size()) - 1, arguments.data()));
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string text(reinterpret_cast<const char *>(data), size);
  // Nothing is written out of the folder.
  if (text.find('/') != std::string::npos)
    return 0;
  slb::writeFile("model.mlir", reinterpret_cast<const uint8_t *>(model),
                 sizeof model - 1);
  pid_t child = fork();
  if (child == 0)
    runTool(text);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child)
    return 0;
  if (WIFSIGNALED(status) && WTERMSIG(status) != SIGALRM)
    slb::abandon("ended by signal " + std::to_string(WTERMSIG(status)));
  if (WIFEXITED(status) && WEXITSTATUS(status) == kSanitizerStatus)
    slb::abandon("a sanitizer ended it");
  return 0;
}
