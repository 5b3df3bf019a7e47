//===- Passes.td - passes that lower searched weights ------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOVECTOR_PASSES_TD
#define SLB_CONVERSION_SLBTOVECTOR_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertSLBToVector : Pass<"convert-slb-to-vector"> {
  let summary = "lower the kernels of searched weights to loops of vectors";
  let description = [{
    `slb.search_*` become loops over words of 32 weights, `lanes` weights at a
    time in registers; the last word is masked. One thread does the whole range.

    ```mlir
    slb.search_forward %a, %t, %w, %planes [%begin to %end] set = <odd<1>> : ...
    // becomes
    scf.for %i = %begin to %fullWords step %c32 {
      %codes = scf.for %j = %c0 to %c32 step %c16 iter_args(...) {
        %d = vector.load %a[%c0, %at] : ..., vector<16xf32>
        ...
        vector.store %weights, %w[%at] : ..., vector<16xf32>
      }
      memref.store %codes, %planes[%c0, %word]
    }
    scf.if %hasRest { ... vector.maskedload ... }
    ```
  }];
  let options = [Option<"lanes", "lanes", "int64_t", /*default=*/"16",
                        "weights in one vector: 8, 16 or 32">];
  let dependentDialects = ["::mlir::math::MathDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def ConvertSLBToGPU : Pass<"convert-slb-to-gpu"> {
  let summary = "lower the kernels of searched weights to the threads of a block";
  let description = [{
    The range of a `slb.search_*` inside of a kernel is shared by the threads of
    a block, and holds at most four weights for each. A thread takes its four as
    vectors of 16 bytes, so the rows must be aligned to 16 bytes; eight threads
    combine the bits of their codes to one word by shuffles. The block size must
    be a multiple of 32.

    Exponentials become the instruction `ex2.approx`, and divisions approximate
    too (`fastmath<afn>`): two ulps, where libraries would branch.

    ```mlir
    slb.search_forward %a, %t, %w, %planes [%begin to %end] set = <odd<1>> : ...
    // becomes
    %codes = scf.if %hasFour {
      %d = vector.load %a[%c0, %at] {alignment = 16} : ..., vector<4xf32>
      ...
    } else { ... one by one ... }
    %word = gpu.shuffle xor ...
    ```
  }];
  let dependentDialects = ["::mlir::gpu::GPUDialect",
                           "::mlir::LLVM::LLVMDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

#endif // SLB_CONVERSION_SLBTOVECTOR_PASSES_TD
