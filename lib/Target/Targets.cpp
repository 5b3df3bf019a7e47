//===- Targets.cpp - cores and what kernels cost on them ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Target/Targets.h"
#include "Core.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace slb::bitpack;

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static TargetRegistry createRegistry() {
  TargetRegistry registry;
#define SLB_CORE(core) register##core(registry);
#include "lib/Target/Cores.def"
#undef SLB_CORE
  // The default, which is nobody's child, first.
  llvm::sort(registry.targets, [](const Target &a, const Target &b) {
    return std::make_pair(!a.base.empty(), StringRef(a.name)) <
           std::make_pair(!b.base.empty(), StringRef(b.name));
  });
  return registry;
}

static const TargetRegistry &getRegistry() {
  static const TargetRegistry registry = createRegistry();
  return registry;
}

ArrayRef<ConvolutionStrategy> slb::bitpack::getConvolutionStrategies() {
  return getRegistry().strategies;
}

const ConvolutionStrategy *
slb::bitpack::lookupConvolutionStrategy(StringRef name) {
  for (const ConvolutionStrategy &strategy : getConvolutionStrategies())
    if (strategy.name == name)
      return &strategy;
  return nullptr;
}

ArrayRef<Target> slb::bitpack::getTargets() { return getRegistry().targets; }

const Target *slb::bitpack::lookupTarget(StringRef name) {
  for (const Target &target : getTargets())
    if (target.name == name)
      return &target;
  return nullptr;
}

const Target &slb::bitpack::getTarget(Operation *op) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  if (module)
    if (auto name = module->getAttrOfType<StringAttr>("bitpack.target"))
      if (const Target *target = lookupTarget(name))
        return *target;
  return getTargets().front();
}

SmallVector<KernelCost> slb::bitpack::getKernels(const Target &target) {
  SmallVector<KernelCost> kernels;
  for (const Target *next = &target; next; next = lookupTarget(next->base))
    for (const KernelCost &kernel : next->kernels)
      if (llvm::none_of(kernels, [&](const KernelCost &other) {
            return other.strategy == kernel.strategy;
          }))
        kernels.push_back(kernel);
  return kernels;
}

//===----------------------------------------------------------------------===//
// Cost
//===----------------------------------------------------------------------===//

static int64_t getPlaneCount(ArrayRef<int64_t> planes) {
  return planes.empty() ? 1 : planes.size() - 1;
}

/// What a kernel computes in fours, or one for four.
static int64_t padToFours(int64_t count) {
  return count < 4 ? 4 * count : llvm::alignTo(count, 4);
}

double slb::bitpack::estimateInstructions(const KernelCost &cost,
                                          ConvolutionOpInterface conv) {
  const ConvolutionStrategy &strategy =
      *lookupConvolutionStrategy(cost.strategy);
  int64_t groups = conv.getGroups();
  int64_t gathered = conv.getOutputHeight() * conv.getOutputWidth();
  int64_t outputs = conv.getOutputChannels() / groups;
  if (strategy.form == KernelForm::Tile)
    gathered = llvm::alignTo(gathered, strategy.pixels);
  if (strategy.form == KernelForm::Row)
    gathered = conv.getOutputHeight() *
               llvm::alignTo(conv.getInputWidth(), strategy.pixels);
  int64_t pixels = gathered;
  if (strategy.form == KernelForm::Run) {
    pixels = padToFours(pixels);
    outputs = padToFours(outputs);
  }
  double weightPlanes = getPlaneCount(conv.getWeightPlanes());
  double inputPlanes = getPlaneCount(conv.getInputPlanes());
  double perMac = cost.perMac + weightPlanes * cost.perPlane +
                  weightPlanes * inputPlanes * cost.perProduct;
  double rows = double(llvm::alignTo(conv.getRowLength(), strategy.rowUnit)) *
                groups * conv.getPool()[0] * conv.getPool()[1];
  double perInput = cost.perInput;
  if (strategy.form == KernelForm::Row) // The taps of a row share tables.
    perInput /= conv.getKernel()[1];
  return rows * (pixels * outputs * perMac + gathered * perInput);
}
