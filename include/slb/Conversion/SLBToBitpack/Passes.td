//===- Passes.td - conversion from slb to bitpack ----------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOBITPACK_PASSES_TD
#define SLB_CONVERSION_SLBTOBITPACK_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertSLBToBitpackPass : Pass<"convert-slb-to-bitpack", "::mlir::ModuleOp"> {
  let summary = "pack weights and activations, one bitpack op a layer";
  let description = [{
    Turns a network at phase `integer` into one at phase `packed`: low-bit
    tensors become bytes or bit planes, filters rows of packed words, layers ops
    of the `bitpack` dialect. Arguments and results keep their old type as the
    attribute `bitpack.type`.

    ```mlir
    %y = slb.integer_linear %x, %w thresholds = %t {layer = "fc"}
       : (tensor<1x64x!slb.lowbit<range<0:255>>>,
          tensor<8x64x!slb.lowbit<odd<1>>>, tensor<8x1xi32>)
       -> tensor<1x8x!slb.lowbit<odd<1>>>
    ```
    becomes
    ```mlir
    %0 = tensor.empty() : tensor<1x1x1xui32>
    %y = bitpack.conv2d %x, %words thresholds = %t into %0
       {input_shape = array<i64: 1, 1, 64>, weight_planes = array<i64: -1, 2>,
        output_planes = array<i64: -1, 2>, layer = "fc", ...}
       : (tensor<1x64xui8>, tensor<8x1x2xi32>, tensor<8x1xi32>,
          tensor<1x1x1xui32>) -> tensor<1x1x1xui32>
    ```
  }];
  let dependentDialects = ["::slb::bitpack::BitpackDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::tensor::TensorDialect"];
}

#endif // SLB_CONVERSION_SLBTOBITPACK_PASSES_TD
