//===- Pipelines.cpp - the phases of compilation --------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Pipelines/Pipelines.h"
#include "dialects/bitpack/IR/BitpackDialect.h"
#include "dialects/bitpack/Transforms/BufferizableOpInterfaceImpl.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "dialects/slb/Transforms/Passes.h"
#include "mlir/Dialect/Arith/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/FuncBufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/EmitC/IR/EmitC.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/AllocationOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "slb/Conversion/BitpackToEmitC/BitpackToEmitC.h"
#include "slb/Conversion/SLBToBitpack/SLBToBitpack.h"
#include "slb/Scheduling/Scheduling.h"

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// The table of phases
//===----------------------------------------------------------------------===//

static const PhaseInfo phases[] = {
    {Phase::Search, "search", "the network as trained: logits over values"},
    {Phase::Selected, "selected", "low-bit weights, discrete statistics"},
    {Phase::Fused, "fused", "one op a layer, with norm, pool and activation"},
    {Phase::Integer, "integer", "integers only (float networks stay float)"},
    {Phase::Packed, "packed", "words, layouts and a kernel for each layer"},
    {Phase::Buffers, "buffers", "buffers at their places in one arena"},
    {Phase::EmitC, "emitc", "C files as EmitC"},
};

ArrayRef<PhaseInfo> slb::getPhases() { return phases; }

StringRef slb::stringifyPhase(Phase phase) {
  return phases[static_cast<int>(phase)].name;
}

std::optional<Phase> slb::symbolizePhase(StringRef name) {
  for (const PhaseInfo &info : phases)
    if (info.name == name)
      return info.phase;
  return std::nullopt;
}

/// The earliest phase in which `op` may be met.
static std::optional<Phase> getPhaseOf(Operation *op) {
  return TypeSwitch<Operation *, std::optional<Phase>>(op)
      .Case<ExpectationOp, StateBatchNormOp>([](auto) { return Phase::Search; })
      .Case<Conv2DOp, LinearOp, BatchNormOp, SelectOp, QuantizeOp>(
          [](auto) { return Phase::Selected; })
      .Case<FusedConv2DOp, FusedLinearOp, DequantizeOp>(
          [](auto) { return Phase::Fused; })
      .Case<IntegerConv2DOp, IntegerLinearOp, RequantizeOp, Pool2DOp>(
          [](auto) { return Phase::Integer; })
      .Case([](emitc::FileOp) { return Phase::EmitC; })
      .Default([](Operation *op) -> std::optional<Phase> {
        if (!isa<bitpack::LayerOpInterface>(op))
          return std::nullopt;
        return op->getNumResults() > 0 ? Phase::Packed : Phase::Buffers;
      });
}

Phase slb::detectPhase(ModuleOp module) {
  std::optional<Phase> earliest;
  module.walk([&](Operation *op) {
    std::optional<Phase> phase = getPhaseOf(op);
    if (phase && (!earliest || *phase < *earliest))
      earliest = phase;
  });
  return earliest.value_or(Phase::Search);
}

//===----------------------------------------------------------------------===//
// Pipelines
//===----------------------------------------------------------------------===//

void slb::populateSelectedPipeline(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(createSLBSelect());
  manager.addPass(createCanonicalizerPass());
}

void slb::populateFusedPipeline(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(createSLBFuse());
  manager.addPass(createCanonicalizerPass());
}

void slb::populateIntegerPipeline(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(createSLBIntegerize());
  manager.addPass(createCanonicalizerPass());
}

void slb::populatePackedPipeline(OpPassManager &manager,
                                 const CodeOptions &options) {
  manager.addPass(createConvertSLBToBitpackPass());
  if (options.listStrategies) {
    bitpack::BitpackListStrategiesPassOptions list;
    list.target = options.target;
    list.layer = *options.listStrategies;
    manager.addPass(bitpack::createBitpackListStrategiesPass(list));
    return;
  }
  bitpack::BitpackSchedulePassOptions schedule;
  schedule.target = options.target;
  schedule.maxArena = options.maxArena;
  schedule.optimize = options.optimize == Objective::Ram ? "ram" : "speed";
  llvm::append_range(schedule.strategies, options.strategies);
  manager.addPass(bitpack::createBitpackSchedulePass(schedule));
}

void slb::populateBuffersPipeline(OpPassManager &manager) {
  bitpack::populateBufferizationPipeline(manager);
  manager.addPass(bitpack::createBitpackPlanArenaPass());
}

void slb::populateEmitCPipeline(OpPassManager &manager,
                                const CodeOptions &options) {
  ConvertBitpackToEmitCPassOptions emitc;
  emitc.name = options.name;
  emitc.header = options.header;
  emitc.staticArena = options.staticArena;
  emitc.separateWeights = options.separateWeights;
  emitc.profile = options.profile;
  manager.addPass(createConvertBitpackToEmitCPass(emitc));
}

void slb::populatePhasePipeline(OpPassManager &manager, Phase phase,
                                const CodeOptions &options) {
  switch (phase) {
  case Phase::Search:
    return;
  case Phase::Selected:
    return populateSelectedPipeline(manager);
  case Phase::Fused:
    return populateFusedPipeline(manager);
  case Phase::Integer:
    return populateIntegerPipeline(manager);
  case Phase::Packed:
    return populatePackedPipeline(manager, options);
  case Phase::Buffers:
    return populateBuffersPipeline(manager);
  case Phase::EmitC:
    return populateEmitCPipeline(manager, options);
  }
}

namespace {
/// CodeOptions as a pipeline's.
struct CodePipelineOptions : PassPipelineOptions<CodePipelineOptions> {
  Option<std::string> target{*this, "target",
                             llvm::cl::desc("The core to compile for"),
                             llvm::cl::init("c99")};
  ListOption<std::string> strategies{
      *this, "strategies", llvm::cl::desc("Kernels, as layer:strategy")};
  Option<int64_t> maxArena{*this, "max-arena",
                           llvm::cl::desc("Bytes of the arena at most"),
                           llvm::cl::init(INT64_MAX)};
  Option<Objective> optimize{
      *this, "optimize", llvm::cl::desc("What kernels shall save"),
      llvm::cl::values(clEnumValN(Objective::Speed, "speed", "instructions"),
                       clEnumValN(Objective::Ram, "ram", "bytes")),
      llvm::cl::init(Objective::Speed)};
  Option<std::string> name{*this, "name",
                           llvm::cl::desc("Prefix of all names in C"),
                           llvm::cl::init("net")};
  Option<std::string> header{*this, "header",
                             llvm::cl::desc("File name of the header"),
                             llvm::cl::init("net.h")};
  Option<bool> staticArena{*this, "static-arena",
                           llvm::cl::desc("Keep the arena in the source")};
  Option<bool> separateWeights{
      *this, "separate-weights",
      llvm::cl::desc("Put the constants in a file of their own")};
  Option<bool> profile{*this, "profile",
                       llvm::cl::desc("Call hooks before and after layers")};

  CodeOptions get() const {
    CodeOptions options;
    options.target = target;
    options.strategies.assign(strategies.begin(), strategies.end());
    options.maxArena = maxArena;
    options.optimize = optimize;
    options.name = name;
    options.header = header;
    options.staticArena = staticArena;
    options.separateWeights = separateWeights;
    options.profile = profile;
    return options;
  }
};
} // namespace

void slb::registerPhasePipelines() {
  // From no phase to the first there is no way.
  for (const PhaseInfo &info : getPhases().drop_front()) {
    PassPipelineRegistration<CodePipelineOptions>(
        ("slb-to-" + info.name).str(), info.description,
        [phase = info.phase](OpPassManager &manager,
                             const CodePipelineOptions &options) {
          manager.addPass(createSLBCheckNetwork());
          populatePhasePipeline(manager, phase, options.get());
        });
  }
}

void slb::registerPipelineDialects(DialectRegistry &registry) {
  registry.insert<SLBDialect, bitpack::BitpackDialect, arith::ArithDialect,
                  bufferization::BufferizationDialect, emitc::EmitCDialect,
                  func::FuncDialect, memref::MemRefDialect,
                  tensor::TensorDialect, tosa::TosaDialect>();
  arith::registerBufferizableOpInterfaceExternalModels(registry);
  bufferization::func_ext::registerBufferizableOpInterfaceExternalModels(
      registry);
  // Lets results be computed in the out parameters rather than copied there.
  memref::registerAllocationOpInterfaceExternalModels(registry);
  tensor::registerBufferizableOpInterfaceExternalModels(registry);
  bitpack::registerBufferizableOpInterfaceExternalModels(registry);
}
