//===- Passes.td - conversion from bitpack to EmitC --------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_BITPACKTOEMITC_PASSES_TD
#define SLB_CONVERSION_BITPACKTOEMITC_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertBitpackToEmitCPass : Pass<"convert-bitpack-to-emitc", "::mlir::ModuleOp"> {
  let summary = "C files of a network whose buffers are planned";
  let description = [{
    Turns a network at phase `buffers` into `emitc.file` ops: "source" with the
    runtime functions that it needs, the constant arrays and a function for each
    layer; "header" with what a caller needs; and "weights", if asked for, with
    the constant arrays.

    Constant arrays are `emitc.global` ops. Functions are `emitc.verbatim` ops,
    one each: the generated C is read by people, and EmitC's translator would
    call every argument and variable v1, v2, v3.
  }];
  let options = [
    Option<"name", "name", "std::string", "\"net\"",
           "Prefix of all names in C">,
    Option<"header", "header", "std::string", "\"net.h\"",
           "File name of the header, for #include">,
    Option<"staticArena", "static-arena", "bool", "false",
           "Keep the arena in the source instead of taking it as an argument">,
    Option<"separateWeights", "separate-weights", "bool", "false",
           "Put the constant arrays in the file \"weights\"">,
    Option<"profile", "profile", "bool", "false",
           "Call user-defined hooks before and after each layer">];
  let dependentDialects = ["::mlir::emitc::EmitCDialect"];
}

#endif // SLB_CONVERSION_BITPACKTOEMITC_PASSES_TD
