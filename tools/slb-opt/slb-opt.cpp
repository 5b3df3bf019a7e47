//===- slb-opt.cpp - runs slb's passes one by one -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "slb/Pipelines/Registration.h"
#include "slb/Support/ToolOptions.h"

int main(int argc, char **argv) {
  slb::setToolVersion(argv[0]);
  mlir::DialectRegistry registry;
  slb::registerAllDialects(registry);
  slb::registerAllPasses();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "slb optimizer driver\n", registry));
}
