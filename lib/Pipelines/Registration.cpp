//===- Registration.cpp - every dialect and pass of slb's tools -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Pipelines/Registration.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "dialects/slb/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/EmitC/IR/EmitC.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/Passes.h"
#include "slb/Conversion/BitpackToEmitC/BitpackToEmitC.h"
#include "slb/Conversion/SLBToBitpack/SLBToBitpack.h"
#include "slb/Conversion/SLBToLinalg/SLBToLinalg.h"
#include "slb/Conversion/SLBToVector/SLBToVector.h"
#include "slb/Pipelines/Pipelines.h"
#include "slb/Scheduling/Scheduling.h"

using namespace mlir;

void slb::registerAllDialects(DialectRegistry &registry) {
  registerPipelineDialects(registry);
  registry.insert<arith::ArithDialect, bufferization::BufferizationDialect,
                  emitc::EmitCDialect, func::FuncDialect, gpu::GPUDialect,
                  linalg::LinalgDialect, LLVM::LLVMDialect, math::MathDialect,
                  memref::MemRefDialect, scf::SCFDialect, tensor::TensorDialect,
                  tosa::TosaDialect, vector::VectorDialect>();
}

void slb::registerAllPasses() {
  registerSLBTransformsPasses();
  registerSLBToBitpackPasses();
  bitpack::registerSchedulingPasses();
  registerBitpackToEmitCPasses();
  bufferization::registerOneShotBufferizePass();
  bufferization::registerBufferResultsToOutParamsPass();
  registerSLBToLinalgPasses();
  registerSLBToVectorPasses();
  registerPhasePipelines();
  registerCanonicalizerPass();
  registerCSEPass();
}
