//===- HostCompiler.cpp - compiles modules for this machine ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Host/HostCompiler.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/FuncBufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/AllInterfaces.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/IR/TensorInferTypeOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/IR/TensorTilingInterfaceImpl.h"
#include "mlir/Dialect/Tensor/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/Transforms/SubsetInsertionOpInterfaceImpl.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include <cstdlib>

using namespace mlir;
using namespace slb;

void slb::registerHostDialects(DialectRegistry &registry) {
  registry.insert<SLBDialect, arith::ArithDialect,
                  bufferization::BufferizationDialect, func::FuncDialect,
                  linalg::LinalgDialect, math::MathDialect,
                  memref::MemRefDialect, scf::SCFDialect, tensor::TensorDialect,
                  tosa::TosaDialect, vector::VectorDialect>();
  arith::registerBufferizableOpInterfaceExternalModels(registry);
  bufferization::func_ext::registerBufferizableOpInterfaceExternalModels(
      registry);
  linalg::registerAllDialectInterfaceImplementations(registry);
  scf::registerBufferizableOpInterfaceExternalModels(registry);
  tensor::registerBufferizableOpInterfaceExternalModels(registry);
  tensor::registerInferTypeOpInterfaceExternalModels(registry);
  tensor::registerSubsetOpInterfaceExternalModels(registry);
  tensor::registerTilingInterfaceExternalModels(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
}

bool slb::runPasses(ModuleOp module,
                    llvm::function_ref<void(OpPassManager &)> build,
                    std::string &error) {
  ScopedDiagnosticHandler handler(
      module.getContext(), [&](Diagnostic &diagnostic) {
        if (error.empty() &&
            diagnostic.getSeverity() == DiagnosticSeverity::Error)
          error = diagnostic.str();
        return success();
      });
  PassManager pm(module.getContext());
  build(pm);
  if (succeeded(pm.run(module)))
    return true;
  if (error.empty())
    error = "lowering to llvm fails without a message";
  return false;
}

void slb::buildHostLoweringPipeline(OpPassManager &pm, bool useBarePointers) {
  pm.addPass(createConvertLinalgToLoopsPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createConvertVectorToSCFPass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createConvertIndexToLLVMPass());
  FinalizeMemRefToLLVMConversionPassOptions memory;
  // malloc and rounding up would hide that buffers do not overlap.
  memory.useAlignedAlloc = true;
  pm.addPass(createFinalizeMemRefToLLVMConversionPass(memory));
  ConvertFuncToLLVMPassOptions options;
  options.useBarePtrCallConv = useBarePointers;
  pm.addPass(createConvertFuncToLLVMPass(options));
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  pm.addPass(createCanonicalizerPass());
}

//===----------------------------------------------------------------------===//
// Processors
//===----------------------------------------------------------------------===//

/// The loops are vectorized by O2; O3 and later scheduling take three times as
/// long for networks that run no faster.
static constexpr auto kCodeGenLevel = llvm::CodeGenOptLevel::Less;

std::string slb::getHostCpu() {
  const char *cpu = std::getenv("SLB_HOST_CPU");
  return cpu ? cpu : "";
}

static llvm::Error makeError(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

/// Fails for a name that LLVM does not know, which it would only warn of.
static llvm::Expected<const llvm::Target *>
findTarget(const llvm::Triple &triple, StringRef cpu) {
  std::string problem;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, problem);
  if (!target)
    return makeError(problem);
  std::unique_ptr<llvm::MCSubtargetInfo> all(
      target->createMCSubtargetInfo(triple, "", ""));
  if (!all || !all->isCPUStringValid(cpu))
    return makeError("expects a processor of " + triple.getArchName() +
                     " that LLVM knows, but got '" + cpu + "'");
  return target;
}

/// Fails for a processor with instructions that this machine's has not.
static llvm::Error checkFeatures(const llvm::Target &target,
                                 const llvm::Triple &triple, StringRef cpu) {
  std::unique_ptr<llvm::MCSubtargetInfo> wanted(
      target.createMCSubtargetInfo(triple, cpu, ""));
  llvm::StringMap<bool> present = llvm::sys::getHostCPUFeatures();
  for (const llvm::SubtargetFeatureKV &feature :
       wanted->getAllProcessorFeatures()) {
    auto found = present.find(feature.Key);
    if (wanted->getFeatureBits()[feature.Value] && found != present.end() &&
        !found->second)
      return makeError("'" + cpu + "' has " + feature.Key +
                       ", which this machine's processor has not");
  }
  return llvm::Error::success();
}

/// The machine that getHostCpu() names.
static llvm::Expected<llvm::orc::JITTargetMachineBuilder> findHost() {
  std::string cpu = getHostCpu();
  if (cpu.empty())
    return llvm::orc::JITTargetMachineBuilder::detectHost();
  llvm::Triple triple(llvm::sys::getProcessTriple());
  auto target = findTarget(triple, cpu);
  if (!target)
    return makeError("SLB_HOST_CPU: " + llvm::toString(target.takeError()));
  if (llvm::Error lacking = checkFeatures(**target, triple, cpu))
    return makeError("SLB_HOST_CPU: " + llvm::toString(std::move(lacking)));
  llvm::orc::JITTargetMachineBuilder host(triple);
  host.setCPU(cpu);
  return host;
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

static auto makeOptimizer(llvm::TargetMachine &machine, unsigned level = 2) {
  return makeOptimizingTransformer(level, /*sizeLevel=*/0, &machine);
}

std::unique_ptr<ExecutionEngine>
slb::compileForHost(ModuleOp module, std::string &error, bool optimize) {
  // Twice is harmless, but not at the same time. Where LLVM has no back end for
  // this processor, no machine is found below.
  static const bool isMissing = llvm::InitializeNativeTarget() ||
                                llvm::InitializeNativeTargetAsmPrinter();
  (void)isMissing;
  auto fail = [&](llvm::Error failure) {
    error = "host compiler: " + llvm::toString(std::move(failure));
    return nullptr;
  };
  auto host = findHost();
  if (!host)
    return fail(host.takeError());
  auto level = optimize ? kCodeGenLevel : llvm::CodeGenOptLevel::None;
  host->setCodeGenOptLevel(level);
  auto machine = host->createTargetMachine();
  if (!machine)
    return fail(machine.takeError());
  ExecutionEngineOptions options;
  auto transform = makeOptimizer(**machine, optimize ? 2 : 0);
  options.transformer = transform;
  options.jitCodeGenOptLevel = level;
  options.enableGDBNotificationListener = false;
  options.enablePerfNotificationListener = false;
  // The optimizer asks the machine even after the engine takes it over.
  auto engine = ExecutionEngine::create(module, options, std::move(*machine));
  if (!engine)
    return fail(engine.takeError());
  return std::move(*engine);
}

/// A machine of any of LLVM's targets.
static llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createMachine(const llvm::Triple &triple, StringRef cpu) {
  static const bool isInitialized = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
    return true;
  }();
  (void)isInitialized;
  auto target = findTarget(triple, cpu);
  if (!target)
    return target.takeError();
  std::unique_ptr<llvm::TargetMachine> machine((*target)->createTargetMachine(
      triple, cpu, "", llvm::TargetOptions(), llvm::Reloc::PIC_, std::nullopt,
      kCodeGenLevel));
  if (!machine)
    return makeError("cannot compile for " + triple.str());
  return std::move(machine);
}

std::string slb::compileToObject(ModuleOp module, const std::string &triple,
                                 const std::string &cpu, std::string &error) {
  auto machine = createMachine(llvm::Triple(triple), cpu);
  if (!machine) {
    error = llvm::toString(machine.takeError());
    return "";
  }
  llvm::LLVMContext context;
  auto code = translateModuleToLLVMIR(module, context);
  if (!code) {
    error = "the module does not translate to LLVM's";
    return "";
  }
  ExecutionEngine::setupTargetTripleAndDataLayout(code.get(), machine->get());
  if (llvm::Error failure = makeOptimizer(**machine)(code.get())) {
    error = llvm::toString(std::move(failure));
    return "";
  }
  llvm::SmallString<0> object;
  llvm::raw_svector_ostream stream(object);
  llvm::legacy::PassManager passes;
  if ((*machine)->addPassesToEmitFile(passes, stream, nullptr,
                                      llvm::CodeGenFileType::ObjectFile)) {
    error = "LLVM writes no object files for " + triple;
    return "";
  }
  passes.run(*code);
  return object.str().str();
}
