//===- CompilerCommandLine.cpp - the options of slb-compile ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Pipelines/CompilerCommandLine.h"
#include "slb/Support/ToolOptions.h"
#include "llvm/Support/CommandLine.h"
#include <cstdlib>

using namespace slb;
namespace cl = llvm::cl;

namespace {
/// Writes what it parses into `options`.
struct CompilerCommandLine {
  using Text = cl::opt<std::string, true>;
  using Flag = cl::opt<bool, true>;

  CompilerOptions options;
  cl::OptionCategory category{"slb-compile options"};

  Text input{cl::Positional, cl::Required, cl::desc("<model.mlir>"),
             cl::location(options.input), cl::cat(category)};
  Text output{"o", cl::desc("C file to write, with a header beside it"),
              cl::value_desc("net.c"), cl::location(options.output),
              cl::cat(category)};
  Text name{
      "name", cl::desc("Prefix of names in C (default: from the file name)"),
      cl::value_desc("name"), cl::location(options.name), cl::cat(category)};

  cl::opt<Phase> from{"compile-from",
                      cl::desc("Phase of the input (default: by its ops)"),
                      cl::cat(category)};
  cl::opt<Phase> to{"compile-to", cl::desc("Stop at a phase, write IR"),
                    cl::cat(category)};
  Text dump{"dump-phases-to",
            cl::desc("Write the IR at each phase to a folder"),
            cl::value_desc("dir"), cl::location(options.dumpDirectory),
            cl::cat(category)};

  Text target{"target", cl::desc("The core to compile for; see --list-targets"),
              cl::value_desc("name"), cl::location(options.target),
              cl::cat(category)};
  // Answers at once: no model is needed.
  cl::opt<bool> listTargets{"list-targets",
                            cl::desc("List the targets and exit"),
                            cl::cat(category), cl::callback([](const bool &) {
                              printTargets(llvm::outs());
                              std::exit(EXIT_SUCCESS);
                            })};
  cl::list<std::string, std::vector<std::string>> strategies{
      "strategy", cl::desc("Compute a layer by a kernel of the target"),
      cl::value_desc("layer:name"), cl::location(options.strategies),
      cl::cat(category)};
  cl::opt<int64_t, true> maxArena{
      "max-arena", cl::desc("Use the fastest kernels whose arena fits"),
      cl::value_desc("bytes"), cl::location(options.maxArena),
      cl::cat(category)};
  cl::opt<Objective, true> optimize{
      "optimize", cl::desc("What kernels shall save"),
      cl::values(
          clEnumValN(Objective::Speed, "speed", "instructions (default)"),
          clEnumValN(Objective::Ram, "ram", "bytes of the arena")),
      cl::location(options.optimize), cl::cat(category)};
  cl::opt<std::string> listStrategies{
      "list-strategies", cl::ValueOptional, cl::value_desc("layer"),
      cl::desc(
          "List what could compute a layer, or all, and why others cannot"),
      cl::cat(category)};

  Text weights{"weights-file",
               cl::desc("Put the constants in a C file of their own"),
               cl::value_desc("weights.c"), cl::location(options.weightsFile),
               cl::cat(category)};
  Text report{"report",
              cl::desc("Write costs and layouts of each layer as JSON"),
              cl::value_desc("file.json"), cl::location(options.reportFile),
              cl::cat(category)};
  Flag arena{"static-arena", cl::desc("Keep the working memory in the C file"),
             cl::location(options.staticArena), cl::cat(category)};
  Flag check{"self-check",
             cl::desc("Add a function that compares with the reference"),
             cl::location(options.selfCheck), cl::cat(category)};
  Flag integers{"integer-only", cl::desc("Refuse a network that needs floats"),
                cl::location(options.integerOnly), cl::cat(category)};
  Flag profile{"profile",
               cl::desc("Call your hooks before and after each layer"),
               cl::location(options.profile), cl::cat(category)};

  Flag verify{"verify-diagnostics",
              cl::desc("Compare errors with those expected"),
              cl::location(options.verifyDiagnostics), cl::cat(category)};
  Flag split{"split-input-file",
             cl::desc("Compile chunks between // ----- lines"),
             cl::location(options.splitInputFile), cl::cat(category)};

  CompilerCommandLine() {
    for (cl::opt<Phase> *option : {&from, &to})
      for (const PhaseInfo &info : getPhases())
        option->getParser().addLiteralOption(info.name, info.phase,
                                             info.description);
    cl::HideUnrelatedOptions(category);
  }
};
} // namespace

CompilerOptions slb::parseCompilerOptions(int argc, char **argv,
                                          const char *overview) {
  CompilerCommandLine line;
  parseToolOptions(argc, argv, overview);
  if (line.from.getNumOccurrences())
    line.options.from = line.from;
  if (line.to.getNumOccurrences())
    line.options.to = line.to;
  if (line.listStrategies.getNumOccurrences())
    line.options.listStrategies = line.listStrategies.getValue();
  return line.options;
}
