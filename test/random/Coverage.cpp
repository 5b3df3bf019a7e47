//===- Coverage.cpp - what random networks came to ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coverage.h"
#include "RandomNetwork.h"
#include "dialects/bitpack/IR/BitpackDialect.h"

#include "mlir/Parser/Parser.h"
#include "slb/Pipelines/Pipelines.h"
#include "slb/Target/Targets.h"
#include "llvm/Support/Format.h"
#include <map>

using namespace mlir;
using namespace slb;

using Counts = std::map<std::string, int64_t>;

/// Brings a network to phase `integer`, if that is possible.
static OwningOpRef<ModuleOp> integerize(const std::string &text,
                                        MLIRContext &context) {
  auto module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    return module;
  PassManager manager(&context);
  for (Phase phase : {Phase::Selected, Phase::Fused, Phase::Integer})
    if (phase > detectPhase(*module))
      populatePhasePipeline(manager, phase, {});
  if (failed(manager.run(*module)))
    return {};
  return module;
}

/// Counts the kernels that the target's schedule gives to the layers.
static void countKernels(ModuleOp module, StringRef target, Counts &counts) {
  CodeOptions options;
  options.target = target.str();
  PassManager manager(module.getContext());
  populatePackedPipeline(manager, options);
  OwningOpRef<ModuleOp> copy = module.clone();
  if (failed(manager.run(*copy)))
    return;
  copy->walk([&](bitpack::LayerOpInterface layer) {
    if (auto strategy = layer.getStrategy())
      ++counts[strategy->str()];
  });
}

static void print(StringRef title, const Counts &counts,
                  llvm::raw_ostream &os) {
  os << title << '\n';
  for (auto &[name, count] : counts)
    os << llvm::format_decimal(count, 8) << "  " << name << '\n';
}

int slb::printCoverage(uint64_t first, uint64_t count, llvm::raw_ostream &os) {
  DialectRegistry registry;
  registerPipelineDialects(registry);
  MLIRContext context(registry);
  ScopedDiagnosticHandler silent(&context, [](Diagnostic &) {});
  Counts features;
  std::map<std::string, Counts> kernels;
  for (const bitpack::Target &target : bitpack::getTargets())
    for (const bitpack::KernelCost &kernel : bitpack::getKernels(target))
      kernels[target.name.str()][std::string(kernel.strategy)] = 0;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    RandomNetwork network = drawNetwork(seed);
    for (const std::string &feature : network.features)
      ++features[feature];
    OwningOpRef<ModuleOp> module = integerize(network.text, context);
    ++features[module ? "reached phase integer" : "refused"];
    for (auto &[target, counts] : kernels)
      if (module)
        countKernels(*module, target, counts);
  }
  print("drawn", features, os);
  int missing = 0;
  for (auto &[target, counts] : kernels) {
    print(target, counts, os);
    for (auto &[name, number] : counts)
      missing += number == 0;
  }
  os << missing << " kernels never chosen\n";
  return missing != 0;
}
