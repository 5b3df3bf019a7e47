//===- slb-compile.cpp - compiles a network to C --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Diagnostics.h"
#include "slb/Pipelines/Compiler.h"
#include "slb/Pipelines/ToolOptions.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include <cstdlib>
#include <memory>

namespace cl = llvm::cl;

static const char overview[] =
    "slb-compile: compiles a network to C99\n\n"
    "  slb-compile model.mlir -o net.c      writes net.c and net.h\n"
    "  cc -std=c99 -O2 -c net.c             the object for your program\n\n"
    "and in your program, for a network named net:\n\n"
    "  #include \"net.h\"\n"
    "  static uint64_t arena[(NET_ARENA_BYTES + 7) / 8];\n"
    "  NET_INPUT_TYPE input[NET_INPUT_SIZE];\n"
    "  NET_OUTPUT_TYPE output[NET_OUTPUT_SIZE];\n"
    "  net_run(input, output, arena);\n\n"
    "To look into the compilation: --dump-phases-to=phases, or\n"
    "--compile-to=integer to stop at a phase; an edited dump compiles on.\n";

/// Makes the phases of the table the option's values.
static void addPhases(cl::opt<slb::Phase> &option) {
  for (const slb::PhaseInfo &info : slb::getPhases())
    option.getParser().addLiteralOption(info.name, info.phase,
                                        info.description);
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  slb::CompilerOptions options;
  cl::OptionCategory category("slb-compile options");
  auto text = [&](llvm::StringRef name, const char *what, const char *value,
                  std::string &target) {
    return std::make_unique<cl::opt<std::string, true>>(
        name, cl::desc(what), cl::value_desc(value), cl::location(target),
        cl::cat(category));
  };
  auto flag = [&](llvm::StringRef name, const char *what, bool &target) {
    return std::make_unique<cl::opt<bool, true>>(
        name, cl::desc(what), cl::location(target), cl::cat(category));
  };
  cl::opt<std::string, true> input(cl::Positional, cl::Required,
                                   cl::desc("<model.mlir>"),
                                   cl::location(options.input));
  auto output = text("o", "C file to write, with a header beside it", "net.c",
                     options.output);
  auto name = text("name", "Prefix of names in C (default: from the file name)",
                   "name", options.name);
  cl::opt<slb::Phase> from("compile-from",
                           cl::desc("Phase of the input (default: by its ops)"),
                           cl::cat(category));
  cl::opt<slb::Phase> to("compile-to", cl::desc("Stop at a phase, write IR"),
                         cl::cat(category));
  addPhases(from);
  addPhases(to);
  auto target = text("target", "The core to compile for; see --list-targets",
                     "name", options.target);
  // Answers at once: no model is needed.
  cl::opt<bool> list("list-targets", cl::desc("List the targets and exit"),
                     cl::cat(category), cl::callback([](const bool &) {
                       slb::printTargets(llvm::outs());
                       std::exit(EXIT_SUCCESS);
                     }));
  cl::list<std::string, std::vector<std::string>> strategies(
      "strategy", cl::desc("Compute a layer by a kernel of the target"),
      cl::value_desc("layer:name"), cl::location(options.strategies),
      cl::cat(category));
  cl::opt<int64_t, true> maxArena(
      "max-arena", cl::desc("Use the fastest kernels whose arena fits"),
      cl::value_desc("bytes"), cl::location(options.maxArena),
      cl::cat(category));
  cl::opt<slb::Objective, true> optimize(
      "optimize", cl::desc("What kernels shall save"),
      cl::values(
          clEnumValN(slb::Objective::Speed, "speed", "instructions (default)"),
          clEnumValN(slb::Objective::Ram, "ram", "bytes of the arena")),
      cl::location(options.optimize), cl::cat(category));
  cl::opt<std::string> listStrategies(
      "list-strategies", cl::ValueOptional, cl::value_desc("layer"),
      cl::desc(
          "List what could compute a layer, or all, and why others cannot"),
      cl::cat(category));
  auto dump = text("dump-phases-to", "Write the IR at each phase to a folder",
                   "dir", options.dumpDirectory);
  auto weights =
      text("weights-file", "Put the constants in a C file of their own",
           "weights.c", options.weightsFile);
  auto report = text("report", "Write costs and layouts of each layer as JSON",
                     "file.json", options.reportFile);
  auto arena = flag("static-arena", "Keep the working memory in the C file",
                    options.staticArena);
  auto check =
      flag("self-check", "Add a function that compares with the reference",
           options.selfCheck);
  auto integers = flag("integer-only", "Refuse a network that needs floats",
                       options.integerOnly);
  auto profile = flag("profile", "Call your hooks before and after each layer",
                      options.profile);
  auto verify = flag("verify-diagnostics", "Compare errors with those expected",
                     options.verifyDiagnostics);
  auto split = flag("split-input-file", "Compile chunks between // ----- lines",
                    options.splitInputFile);
  cl::HideUnrelatedOptions(category);
  slb::parseToolOptions(argc, argv, overview);
  if (from.getNumOccurrences())
    options.from = from;
  if (to.getNumOccurrences())
    options.to = to;
  if (listStrategies.getNumOccurrences())
    options.listStrategies = listStrategies;
  return mlir::failed(slb::compileModel(options)) ? EXIT_FAILURE : EXIT_SUCCESS;
}
