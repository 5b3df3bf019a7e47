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
      Operands that the output may overwrite: each of its pixels is read before
      the output's same pixel is written, and is at least as large.
    }], "llvm::SmallVector<::mlir::OpOperand *>", "getInPlaceOperands", (ins),
    "", "return {};">,
    InterfaceMethod<"Multiplications and additions.", "int64_t", "getMacs",
                    (ins), "", "return 0;">];
}

def ConvolutionOpInterface : OpInterface<"ConvolutionOpInterface",
                                         [LayerOpInterface]> {
  let cppNamespace = "::slb::bitpack";
  let description = [{
    A layer of products of weights and windows of its input, which kernels for
    convolutions compute; `bitpack.conv2d` explains the numbers.
  }];
  let methods = [
    InterfaceMethod<"", "::mlir::Value", "getInput">,
    InterfaceMethod<"", "::mlir::Value", "getOutput">,
    InterfaceMethod<"", "::mlir::Value", "getWeights">,
    InterfaceMethod<"", "::mlir::MutableOperandRange", "getWeightsMutable">,
    InterfaceMethod<"Null without thresholds.", "::mlir::Value", "getThresholds">,
    InterfaceMethod<"Null without a multiplier.", "::mlir::Value", "getMultiplier">,
    InterfaceMethod<"Null without a residual.", "::mlir::Value", "getResidual">,
    InterfaceMethod<"[H, W, C].", "::llvm::ArrayRef<int64_t>", "getInputShape">,
    InterfaceMethod<"[H, W, C].", "::llvm::ArrayRef<int64_t>", "getOutputShape">,
    InterfaceMethod<"", "::llvm::ArrayRef<int64_t>", "getKernel">,
    InterfaceMethod<"", "::llvm::ArrayRef<int64_t>", "getStrides">,
    InterfaceMethod<"", "::llvm::ArrayRef<int64_t>", "getPads">,
    InterfaceMethod<"", "::llvm::ArrayRef<int64_t>", "getDilations">,
    InterfaceMethod<"", "::llvm::ArrayRef<int64_t>", "getPool">,
    InterfaceMethod<"", "::llvm::ArrayRef<int64_t>", "getInputPlanes">,
    InterfaceMethod<"", "::llvm::ArrayRef<int64_t>", "getWeightPlanes">,
    InterfaceMethod<"The byte of padding.", "int64_t", "getPadValue">,
    InterfaceMethod<"", "int64_t", "getGroups">,
    InterfaceMethod<"", "int64_t", "getShift">,
    InterfaceMethod<"", "int64_t", "getLo">,
    InterfaceMethod<"", "int64_t", "getHi">];
  let extraSharedClassDeclaration = [{
    int64_t getInputHeight() { return $_op.getInputShape()[0]; }
    int64_t getInputWidth() { return $_op.getInputShape()[1]; }
    int64_t getInputChannels() { return $_op.getInputShape()[2]; }
    int64_t getOutputHeight() { return $_op.getOutputShape()[0]; }
    int64_t getOutputWidth() { return $_op.getOutputShape()[1]; }
    int64_t getOutputChannels() { return $_op.getOutputShape()[2]; }
    /// Weights of one output channel.
    int64_t getRowLength() {
      return $_op.getKernel()[0] * $_op.getKernel()[1] *
             (getInputChannels() / int64_t($_op.getGroups()));
    }
  }];
}

#endif // BITPACK_INTERFACES_TD
