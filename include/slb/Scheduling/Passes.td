//===- Passes.td - kernels and places for layers -----------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SCHEDULING_PASSES_TD
#define SLB_SCHEDULING_PASSES_TD

include "mlir/Pass/PassBase.td"

def BitpackSchedulePass : Pass<"bitpack-schedule", "::mlir::ModuleOp"> {
  let summary = "name the layers and choose a kernel for each";
  let description = [{
    Gives each layer a `strategy`, the name of the kernel that computes it: for
    convolutions one among the target's kernels that can compute the layer,
    unless `strategies` names another: those that are estimated to need the
    fewest instructions and whose arena is `max-arena` bytes or less; or, to
    optimize `ram`, those of the smallest arena. Where a kernel wants them so,
    filters of four planes become nibbles. Layers without a name get one of
    their kind and number.

    The module's attributes tell the estimated instructions and the arena of
    what was chosen, of the fastest kernels, and of the smallest arena:
    `bitpack.{chosen,fastest,least}_{instructions,arena_bytes}`.

    ```mlir
    bitpack.relu %x into %0 {...}
    ```
    becomes
    ```mlir
    bitpack.relu %x into %0 {layer = "relu1", strategy = "relu_f32", ...}
    ```
  }];
  let options = [
    Option<"target", "target", "std::string", "\"c99\"",
           "The core to choose kernels for">,
    Option<"maxArena", "max-arena", "int64_t", "INT64_MAX",
           "The largest arena in bytes">,
    Option<"optimize", "optimize", "std::string", "\"speed\"",
           "What to save: instructions (speed) or bytes of arena (ram)">,
    ListOption<"strategies", "strategies", "std::string",
               "Kernels of convolutions, as layer:strategy">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::bufferization::BufferizationDialect",
                           "::mlir::memref::MemRefDialect",
                           "::slb::bitpack::BitpackDialect"];
}

def BitpackListStrategiesPass
    : Pass<"bitpack-list-strategies", "::mlir::ModuleOp"> {
  let summary = "print what could compute each convolution, and why not";
  let description = [{
    Prints, for each convolution, the kernels of the target that can compute it,
    with the instructions and the scratch that they would take, the fastest
    first; and why the others cannot.

    ```
    conv1:
      tile_u8_bits                 12345 instructions,    9680 bytes of scratch
      tile_u8_nibbles          expects weights of 4 planes, but got 1
    ```
  }];
  let options = [
    Option<"target", "target", "std::string", "\"c99\"",
           "The core whose kernels to list">,
    Option<"layer", "layer", "std::string", "\"\"",
           "The layer to list kernels for; empty: all">];
}

def BitpackSeparateResultsPass
    : Pass<"bitpack-separate-results", "::mlir::func::FuncOp"> {
  let summary = "copy values that are returned more than once";
  let description = [{
    Every result becomes a buffer that the caller gives, in which its value is
    computed. A value that is returned twice cannot be computed in both.

    ```mlir
    return %y, %y : tensor<1x4xui8>, tensor<1x4xui8>
    ```
    becomes
    ```mlir
    %0 = bufferization.alloc_tensor() copy(%y) : tensor<1x4xui8>
    return %y, %0 : tensor<1x4xui8>, tensor<1x4xui8>
    ```
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect"];
}

def BitpackPlanArenaPass : Pass<"bitpack-plan-arena", "::mlir::ModuleOp"> {
  let summary = "place all buffers in one arena";
  let description = [{
    Takes a bufferized network, gives each layer the scratch that it asks for,
    and turns all allocations into views of one arena, a new last argument.
    Buffers that are not alive at once share bytes; a layer's output overwrites
    an operand that dies there where the layer allows it. The module's
    attributes tell the result: `bitpack.arena_bytes`, the lower bound that no
    plan can undercut, `bitpack.arena_lower_bound` (the most bytes alive at
    once, scratch included), and `bitpack.scratch_bytes`, the largest scratch.

    ```mlir
    func.func @net(%x: memref<1x8x8x1xui8>, %y: memref<1x10xi32>) {
      %a = memref.alloc() : memref<1x8x8x1x1xui32>
      bitpack.conv2d %x, %w thresholds = %t into %a ...
      bitpack.conv2d %a, %v multiplier = %m addend = %b into %y ...
    ```
    becomes
    ```mlir
    func.func @net(%x: memref<1x8x8x1xui8>, %y: memref<1x10xi32>,
                   %arena: memref<672xi8>) {
      %c0 = arith.constant 0 : index
      %a = memref.view %arena[%c0][] : memref<672xi8> to memref<1x8x8x1x1xui32>
      %c256 = arith.constant 256 : index
      %s = memref.view %arena[%c256][] : memref<672xi8> to memref<416xi8>
      bitpack.conv2d %x, %w thresholds = %t scratch = %s into %a ...
    ```
  }];
  let options = [Option<"alignment", "alignment", "int64_t", "8",
                        "Alignment of every buffer in bytes">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect"];
}

#endif // SLB_SCHEDULING_PASSES_TD
