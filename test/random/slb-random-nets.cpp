//===- slb-random-nets.cpp - writes random networks as C ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Draws networks and compiles each for targets, with what the reference
// computes as its self-check; cores.py builds and runs that. Every network is
// compiled in a process of its own, so that one that crashes is one line.
//
//===----------------------------------------------------------------------===//

#include "Coverage.h"
#include "RandomNetwork.h"
#include "slb/Pipelines/Compiler.h"
#include "slb/Support/ToolOptions.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;
using namespace slb;

static cl::opt<unsigned> firstSeed("first", cl::desc("The first seed"),
                                   cl::init(0));
static cl::opt<unsigned> networkCount("count", cl::desc("Number of networks"),
                                      cl::init(10));
static cl::opt<std::string>
    folder("output-dir",
           cl::desc("Folder for netN.mlir, as drawn and at phase integer, and "
                    "for TARGET/netN.c"),
           cl::value_desc("dir"), cl::init("."));
static cl::list<std::string> targets("target", cl::desc("Of slb-compile"));
static cl::opt<bool>
    coverage("coverage",
             cl::desc("Count what was drawn and which kernels compute it "
                      "instead; fails if a kernel of a target never came up"));

/// Longer than any network takes.
static constexpr unsigned secondsPerNetwork = 120;

static bool writeText(const Twine &path, StringRef text) {
  std::error_code error;
  raw_fd_ostream os(path.str(), error);
  os << text;
  return !error;
}

/// Compiles the network in all ways; returns how many succeeded.
static int compileNetwork(const std::string &name) {
  CompilerOptions options;
  options.tool = "slb-random-nets";
  options.quiet = true;
  options.selfCheck = true;
  options.to = Phase::Integer;
  options.input = folder + "/" + name + ".mlir";
  options.output = folder + "/" + name + ".integer.mlir";
  if (failed(compileModel(options)))
    return 0;
  int compiled = 1;
  options.selfCheck = false; // It has come with the model.
  options.to = std::nullopt;
  options.input = options.output;
  options.name = name;
  for (const std::string &target : targets) {
    options.target = target;
    options.output = folder + "/" + target + "/" + name + ".c";
    if (failed(compileModel(options)))
      return compiled;
    ++compiled;
  }
  return compiled;
}

/// Runs compileNetwork in a process whose errors go to a file; the process'
/// status.
static int runProcess(const std::string &name, const std::string &log) {
  pid_t child = fork();
  if (child == 0) {
    if (!freopen(log.c_str(), "w", stderr))
      _exit(0);
    alarm(secondsPerNetwork);
    _exit(compileNetwork(name));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

/// One line of JSON: what became of the network.
static json::Object checkNetwork(uint64_t seed) {
  RandomNetwork network = drawNetwork(seed);
  std::string name = "net" + std::to_string(seed);
  std::string log = folder + "/" + name + ".log";
  if (!writeText(folder + "/" + name + ".mlir", network.text)) {
    errs() << "slb-random-nets: error: cannot write to '" << folder << "'\n";
    exit(EXIT_FAILURE);
  }
  int status = runProcess(name, log);
  json::Object line{{"name", name}, {"description", network.description}};
  if (auto file = MemoryBuffer::getFile(log))
    line["errors"] = (*file)->getBuffer().rtrim();
  if (WIFSIGNALED(status))
    line["crash"] = strsignal(WTERMSIG(status));
  else if (int compiled = WEXITSTATUS(status); compiled <= int(targets.size()))
    line["refused"] = compiled == 0 ? "" : targets[compiled - 1];
  return line;
}

int main(int argc, char **argv) {
  parseToolOptions(argc, argv,
                   "slb-random-nets: writes random networks as C\n");
  if (coverage)
    return printCoverage(firstSeed, networkCount, outs());
  for (const std::string &target : targets)
    (void)sys::fs::create_directories(folder + "/" + target);
  for (uint64_t seed = firstSeed; seed < firstSeed + networkCount; ++seed) {
    outs() << json::Value(checkNetwork(seed)) << '\n';
    outs().flush();
  }
  return 0;
}
