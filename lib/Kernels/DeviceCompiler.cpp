//===- DeviceCompiler.cpp - PTX of searched weights -----------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/DeviceCompiler.h"
#include "DeviceModule.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Transforms/Passes.h"
#include "slb/Conversion/SLBToVector/SLBToVector.h"
#include "slb/Host/HostCompiler.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Target/TargetMachine.h"

// Declared by hand: llvm/Support/TargetSelect.h has the host's alone.
extern "C" {
void LLVMInitializeNVPTXTargetInfo();
void LLVMInitializeNVPTXTarget();
void LLVMInitializeNVPTXTargetMC();
void LLVMInitializeNVPTXAsmPrinter();
}

using namespace mlir;
using namespace slb;

std::string slb::getChip(int major, int minor, std::string &error) {
  // Code of an older chip runs on newer ones: the driver compiles PTX.
  constexpr int chips[] = {120, 100, 90, 89, 86, 80, 75};
  for (int chip : chips)
    if (chip <= 10 * major + minor)
      return "sm_" + std::to_string(chip);
  error = "expects a GPU of compute capability 7.5 or higher, but got " +
          std::to_string(major) + "." + std::to_string(minor);
  return "";
}

static void buildDevicePipeline(OpPassManager &pm) {
  OpPassManager &gpu = pm.nest<gpu::GPUModuleOp>();
  gpu.addPass(createConvertSLBToGPU());
  gpu.addPass(createCanonicalizerPass());
  gpu.addPass(createCSEPass());
  gpu.addPass(createSCFToControlFlowPass());
  gpu.addPass(memref::createExpandStridedMetadataPass());
  gpu.addPass(createLowerAffinePass());
  gpu.addPass(createConvertVectorToLLVMPass());
  gpu.addPass(createConvertGpuOpsToNVVMOps());
  gpu.addPass(createConvertMathToLLVMPass());
  gpu.addPass(createArithToLLVMConversionPass());
  gpu.addPass(createCanonicalizerPass());
  gpu.addPass(createCSEPass());
  gpu.addPass(createReconcileUnrealizedCastsPass());
}

static std::unique_ptr<llvm::TargetMachine>
createMachine(const std::string &chip, std::string &error) {
  static const bool isInitialized = [] {
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
    return true;
  }();
  (void)isInitialized;
  llvm::Triple triple("nvptx64-nvidia-cuda");
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return nullptr;
  // Without features LLVM takes the oldest PTX version that knows the chip, so
  // that old drivers take it too.
  std::unique_ptr<llvm::TargetMachine> machine(target->createTargetMachine(
      triple, chip, "", llvm::TargetOptions(), std::nullopt, std::nullopt,
      llvm::CodeGenOptLevel::Aggressive));
  if (machine && machine->getMCSubtargetInfo()->isCPUStringValid(chip))
    return machine;
  error = "expects a chip that LLVM " LLVM_VERSION_STRING " knows, but got '" +
          chip + "'";
  return nullptr;
}

static std::string emitPtx(llvm::Module &module, llvm::TargetMachine &machine,
                           std::string &error) {
  auto optimize =
      makeOptimizingTransformer(/*optLevel=*/3, /*sizeLevel=*/0, &machine);
  if (llvm::Error failure = optimize(&module)) {
    error = llvm::toString(std::move(failure));
    return "";
  }
  llvm::SmallString<0> ptx;
  llvm::raw_svector_ostream stream(ptx);
  llvm::legacy::PassManager codeGen;
  if (machine.addPassesToEmitFile(codeGen, stream, nullptr,
                                  llvm::CodeGenFileType::AssemblyFile)) {
    error = "LLVM's NVPTX back end cannot print PTX";
    return "";
  }
  codeGen.run(module);
  return std::string(ptx);
}

static std::string compile(const std::string &source, const std::string &chip,
                           std::string &error) {
  auto machine = createMachine(chip, error);
  if (!machine)
    return "";
  DialectRegistry registry;
  registerHostDialects(registry);
  registry.insert<cf::ControlFlowDialect, gpu::GPUDialect, LLVM::LLVMDialect,
                  NVVM::NVVMDialect>();
  // What convert-gpu-to-nvvm finds beside the gpu dialect.
  arith::registerConvertArithToLLVMInterface(registry);
  cf::registerConvertControlFlowToLLVMInterface(registry);
  registerConvertMemRefToLLVMInterface(registry);
  registerAllToLLVMIRTranslations(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(source, &context);
  if (!module) {
    error = "the kernels of searched weights do not parse";
    return "";
  }
  if (!runPasses(*module, buildDevicePipeline, error))
    return "";
  auto gpuModule = *module->getOps<gpu::GPUModuleOp>().begin();
  // Before the translation, which gives loads and stores the alignment of their
  // types there.
  gpuModule->setAttr(
      LLVM::LLVMDialect::getTargetTripleAttrName(),
      StringAttr::get(&context, machine->getTargetTriple().str()));
  gpuModule->setAttr(
      LLVM::LLVMDialect::getDataLayoutAttrName(),
      StringAttr::get(&context,
                      machine->createDataLayout().getStringRepresentation()));
  llvm::LLVMContext llvmContext;
  auto llvmModule = translateModuleToLLVMIR(gpuModule, llvmContext, "slb");
  if (!llvmModule) {
    error = "the kernels of searched weights do not translate to LLVM";
    return "";
  }
  return emitPtx(*llvmModule, *machine, error);
}

std::string slb::compileSearchPtx(const SearchVariant &variant,
                                  const std::string &chip, std::string &error) {
  SpelledSet spelled;
  if (!spellSet(variant.values, spelled, error))
    return "";
  return compile(getDeviceModule(variant, spelled), chip, error);
}
