//===- Passes.td - the pass that lowers slb to linalg -------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOLINALG_PASSES_TD
#define SLB_CONVERSION_SLBTOLINALG_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertSLBToLinalg : Pass<"convert-slb-to-linalg", "::mlir::ModuleOp"> {
  let summary = "lower the slb dialect to linalg on plain tensors";
  let description = [{
    The reference meaning of every phase from `search` to `integer`. A low-bit
    tensor becomes the tensor of its integers, in the smallest of i8, i16 and
    i32 that holds them; sets without negative values are unsigned there.
    Function signatures change with them. Real-valued convolutions of two
    low-bit tensors are computed exactly on the integers, then scaled.

    ```mlir
    %0 = slb.dequantize %x
       : (tensor<4x!slb.lowbit<range<0:3>, scale = 0.5>>) -> tensor<4xf32>
    ```

    becomes

    ```mlir
    %0 = linalg.generic {...} ins(%x : tensor<4xi8>) outs(%e : tensor<4xf32>) {
    ^bb0(%in: i8, %out: f32):
      %1 = arith.uitofp %in : i8 to f32
      %2 = arith.mulf %1, %cst : f32
      linalg.yield %2 : f32
    } -> tensor<4xf32>
    ```
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::math::MathDialect", "::mlir::tensor::TensorDialect"];
}

#endif // SLB_CONVERSION_SLBTOLINALG_PASSES_TD
