//===- RuntimeIndex.cpp - what lies in runtime/, as Markdown --------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Target/C/Runtime.h"
#include "slb/Target/Targets.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace slb;
using namespace slb::bitpack;

static std::string describeForm(const ConvolutionStrategy &strategy) {
  std::string pixels = std::to_string(strategy.pixels);
  switch (strategy.form) {
  case KernelForm::Pixel:
    return "one output";
  case KernelForm::Tile:
    return "tile of " + pixels;
  case KernelForm::Row:
    return "row, in lanes of " + pixels;
  case KernelForm::Run:
    return "run of up to " + pixels;
  }
  llvm_unreachable("unknown form");
}

static std::string describeNeeds(const ConvolutionStrategy &strategy) {
  std::vector<StringRef> needs;
  for (uint32_t bit = 1; bit <= to_underlying(strategy.needs); bit <<= 1) {
    Requirement need = strategy.needs & static_cast<Requirement>(bit);
    if (need != Requirement::Nothing)
      needs.push_back(describeRequirement(need));
  }
  return join(needs, "; ");
}

static std::string listTargets(const ConvolutionStrategy &strategy) {
  std::vector<StringRef> names;
  for (const Target &target : getTargets())
    if (any_of(getKernels(target), [&](const KernelCost &cost) {
          return cost.strategy == strategy.name;
        }))
      names.push_back(target.name);
  return join(names, ", ");
}

static const RuntimeFile *findFile(StringRef function) {
  static const std::vector<RuntimeFile> files = getRuntimeFiles();
  std::string name = ("slb_" + function + ".h").str();
  auto file = find_if(files, [&](const RuntimeFile &file) {
    return StringRef(file.name) == name;
  });
  return file == files.end() ? nullptr : &*file;
}

/// What the first line of a file says that it is for.
static StringRef getPurpose(const RuntimeFile &file) {
  StringRef line = StringRef(file.text).split('\n').first;
  return line.split(" - ").second.rtrim("=/").rtrim('-').trim();
}

/// Prints the kernels of convolutions; false if a kernel has no file.
static bool printKernels(raw_ostream &os) {
  os << "## Kernels of convolutions\n\n"
        "| strategy | file | computes | input | weights | asks for | targets "
        "|\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const ConvolutionStrategy &strategy : getConvolutionStrategies()) {
    const RuntimeFile *file = findFile(strategy.function);
    if (!file) {
      errs() << "expects a file of the kernel '" << strategy.function << "'\n";
      return false;
    }
    os << "| `" << strategy.name << "` | `" << file->folder << '/' << file->name
       << "` | " << describeForm(strategy) << " | " << describeInputs(strategy)
       << " | " << describeWeights(strategy) << " | " << describeNeeds(strategy)
       << " | " << listTargets(strategy) << " |\n";
  }
  return true;
}

static void printFiles(raw_ostream &os) {
  StringRef folder;
  std::vector<RuntimeFile> files = getRuntimeFiles();
  for (const RuntimeFile &file : files) {
    if (folder != StringRef(file.folder)) {
      folder = file.folder;
      os << "\n## runtime/" << folder
         << "\n\n| file | holds |\n| --- | --- |\n";
    }
    os << "| `" << file.name << "` | " << getPurpose(file) << " |\n";
  }
}

int main() {
  outs() << "# The runtime library\n\n";
  if (!printKernels(outs()))
    return 1;
  printFiles(outs());
  return 0;
}
