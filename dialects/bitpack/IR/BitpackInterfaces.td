//===- BitpackInterfaces.td - what passes ask of a layer ---*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITPACK_INTERFACES_TD
#define BITPACK_INTERFACES_TD

include "mlir/IR/OpBase.td"

def LayerOpInterface : OpInterface<"LayerOpInterface"> {
  let cppNamespace = "::slb::bitpack";
  let description = [{
    A layer: an op that computes one output from its operands, by a kernel of
    the runtime library, and becomes one C function.
  }];
  let methods = [
    InterfaceMethod<"The layer's name in the network, if it has one.",
                    "std::optional<llvm::StringRef>", "getLayer">,
    InterfaceMethod<"", "void", "setLayerAttr", (ins "::mlir::StringAttr":$name)>,
    InterfaceMethod<"The kernel that computes the layer, once scheduled.",
                    "std::optional<llvm::StringRef>", "getStrategy">,
    InterfaceMethod<"", "void", "setStrategyAttr",
                    (ins "::mlir::StringAttr":$name)>,
    InterfaceMethod<"The output's type before packing: shape, set and scale.",
                    "::mlir::RankedTensorType", "getOutputTensorType", (ins), "",
                    "return ::llvm::cast<::mlir::RankedTensorType>($_op.getOutputType());">,
    InterfaceMethod<"Where the output goes.", "::mlir::OpOperand &",
                    "getOutputMutable">,
    InterfaceMethod<"The memory that the kernel needs beside its operands.",
                    "::mlir::MutableOperandRange", "getScratchMutable">,
    InterfaceMethod<[{
      Bytes of scratch: what the scheduled kernel asks for, and the accumulators
      and the residual of one pixel.
    }], "int64_t", "getScratchBytes">,
    InterfaceMethod<[{
      Operands that the output may overwrite: each of its pixels is read before
      the output's same pixel is written, and is at least as large.
    }], "llvm::SmallVector<::mlir::OpOperand *>", "getInPlaceOperands", (ins),
    "", "return {};">,
    InterfaceMethod<"Multiplications and additions.", "int64_t", "getMacs",
                    (ins), "", "return 0;">];
}

#endif // BITPACK_INTERFACES_TD
