//===- SLBDialect.td - the slb dialect ----------------------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_DIALECT_TD
#define SLB_DIALECT_TD

include "mlir/IR/OpBase.td"

def SLB_Dialect : Dialect {
  let name = "slb";
  let cppNamespace = "::slb";
  let summary = "Networks whose weights were searched among low-bit values";
  let description = [{
    Says what a low-bit network means, on tensors with value semantics:
    activations NHWC, convolution filters OHWI, linear filters OI. A low-bit
    tensor carries its preset integers and its scale in its element type
    (`!slb.lowbit`), so a pass need only look at types to know what fits.

    A network walks through these phases:

    | phase      | weights                   | activations                | arithmetic |
    | ---------- | ------------------------- | -------------------------- | ---------- |
    | `search`   | `slb.expectation`         | `slb.quantize`             | real       |
    | `selected` | `slb.constant` of codes   | `slb.quantize`             | real       |
    | `fused`    | the same                  | inside `slb.fused_*`       | real       |
    | `integer`  | the same                  | inside `slb.integer_*`     | integer    |

    An argument may say how a pixel becomes the integer that the network takes:
    pixel - `slb.pixel_offset`. Passes do not look at it; the generated header
    tells callers.

    Words, layouts and kernels are the `bitpack` dialect's, one phase later.
    The method: Yang et al., "Searching for Low-Bit Weights in Quantized
    Neural Networks", NeurIPS 2020.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let hasRegionArgAttrVerify = 1;
  let extraClassDeclaration = [{
    void registerTypes();
    void registerAttributes();
  }];
}

class SLB_Op<string mnemonic, list<Trait> traits = []>
    : Op<SLB_Dialect, mnemonic, traits>;

#endif // SLB_DIALECT_TD
