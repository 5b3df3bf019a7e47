//===- slb-lsp-server.cpp - language server for slb's dialects ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "slb/Pipelines/Registration.h"
#include "slb/Support/ToolOptions.h"
#include "llvm/Support/LogicalResult.h"

int main(int argc, char **argv) {
  slb::setToolVersion(argv[0]);
  mlir::DialectRegistry registry;
  slb::registerAllDialects(registry);
  return llvm::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
