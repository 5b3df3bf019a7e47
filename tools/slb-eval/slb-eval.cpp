//===- slb-eval.cpp - accuracy by reference and by generated C ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Evaluation/Accuracy.h"
#include "slb/Support/ToolOptions.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace cl = llvm::cl;

static const char overview[] =
    "slb-eval: accuracy of a network by the reference and by its generated "
    "C\n\n"
    "  slb-eval model.mlir --dataset=digits\n"
    "  slb-eval model.mlir --dataset=cifar10:DIR --limit=100 --per-layer\n\n"
    "The reference computes the network's integers by a lowering of its own, "
    "so\n"
    "outputs that differ are an error of the compiler. The status is 1 if an\n"
    "error was found, an output of an integer network differs, or a class of "
    "one\n"
    "with floats does; 0 otherwise.\n";

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::OptionCategory category("slb-eval options");
  cl::opt<std::string> model(cl::Positional, cl::Required,
                             cl::desc("<model.mlir>"), cl::cat(category));
  cl::opt<std::string> dataset(
      "dataset", cl::Required, cl::value_desc("name[:dir]"), cl::cat(category),
      cl::desc("digits, mnist:DIR or cifar10:DIR; the test images are used"));
  cl::opt<unsigned> limit("limit", cl::cat(category), cl::init(0),
                          cl::desc("Images at most (default: all)"));
  cl::opt<bool> perLayer(
      "per-layer", cl::cat(category),
      cl::desc("Compare every layer's output, and show the first difference"));
  cl::opt<bool> json("json", cl::cat(category),
                     cl::desc("Print one JSON object"));
  cl::opt<std::string> compiler("cc", cl::cat(category), cl::init("cc"),
                                cl::value_desc("program"),
                                cl::desc("C compiler (default: cc)"));
  cl::list<std::string> flags("cflag", cl::cat(category),
                              cl::value_desc("flag"),
                              cl::desc("A flag for it (default: -O2)"));
  cl::HideUnrelatedOptions(category);
  slb::parseToolOptions(argc, argv, overview);

  slb::AccuracyOptions options;
  options.model = model;
  options.dataset = dataset;
  options.limit = limit;
  options.perLayer = perLayer;
  options.program.compiler = compiler;
  if (!flags.empty())
    options.program.flags.assign(flags.begin(), flags.end());
  std::string error;
  auto report = slb::measureAccuracy(options, error);
  if (!report) {
    if (!error.empty())
      llvm::errs() << "slb-eval: error: " << error << '\n';
    return EXIT_FAILURE;
  }
  llvm::outs() << (json ? slb::getJSON(*report) : slb::getText(*report));
  return report->isRight() ? EXIT_SUCCESS : EXIT_FAILURE;
}
