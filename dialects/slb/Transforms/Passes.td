//===- Passes.td - passes between the phases of the slb dialect -*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TRANSFORMS_PASSES_TD
#define SLB_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def SLBCheckNetwork : Pass<"slb-check-network", "::mlir::ModuleOp"> {
  let summary = "Refuse what cannot be compiled, in one line";
  let description = [{
    The door of the pipeline, at whatever phase a file enters it. What passes
    may not crash a later pass, nor become C that is wrong; operators that are
    not supported are left to `convert-slb-to-bitpack`, which knows them.

    The module holds one public function of one block, the network. Its
    arguments and results are tensors of f32, i32 or `!slb.lowbit`, results of a
    batch of 1. Every value has a static shape of 1 to 2^31 - 1 elements in at
    least one dimension, with scales that fit it. Constants can be read: a
    resource is there and has the size of its type; floats are finite, and lists
    of numbers fit the fields of the C. Parameters of integer layers are
    constants.

    Nothing is changed.
  }];
}

def SLBReportFloats : Pass<"slb-report-floats", "::mlir::func::FuncOp"> {
  let summary = "Name what a quantized network still computes in float";
  let description = [{
    At phase `integer`. A layer of a quantized network whose filter is low-bit,
    but which reads or makes real values since no quantizer stands between it
    and its neighbours, draws a warning. Networks of float activations draw none.

    With `integer-only` the first such layer is an error, or else the first
    operator on floats, whatever the network.
  }];
  let options = [
    Option<"integerOnly", "integer-only", "bool", "false",
           "Refuse arithmetic on floats">];
}

def SLBSelect : Pass<"slb-select", "::mlir::func::FuncOp"> {
  let summary = "Take the discrete weights and their statistics";
  let description = [{
    From phase `search` to `selected`: every searched weight becomes the value
    with the largest logit, and every batch norm turns to the statistics of the
    discrete weights. Logits and temperatures are gone afterwards.

    ```mlir
    %w = slb.expectation %logits, %t set = <odd<1>>
       : (tensor<2x1x2xf32>, f32) -> tensor<1x2xf32>
    %y = slb.linear %x, %w : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
    ```

    becomes

    ```mlir
    %w = slb.constant dense<[[1, 0]]> : tensor<1x2xi8>
       : tensor<1x2x!slb.lowbit<odd<1>>>
    %y = slb.linear %x, %w
       : (tensor<1x2xf32>, tensor<1x2x!slb.lowbit<odd<1>>>) -> tensor<1x1xf32>
    ```
  }];
  let dependentDialects = ["::slb::SLBDialect"];
}

def SLBFuse : Pass<"slb-fuse", "::mlir::func::FuncOp"> {
  let summary = "Fuse layers with bias, batch norm, pooling and quantizer";
  let description = [{
    From phase `selected` to `fused`: every `slb.conv2d` and `slb.linear` becomes
    one `slb.fused_*`, which also takes over the operators behind it as far as

      y = Q(A(scale * P(conv) + shift + residual))

    can say them: constant biases, batch norms and one max pool with windows
    that do not overlap (in any order), then a residual, then relu, then the
    quantizer. An operator is taken only if it alone reads the value before it.
    Scale and shift are composed in double and rounded once.

    A batch norm in front of its pool may have falling channels: their filters
    are negated, where the value set is symmetric, so that the maximum stays a
    maximum. Where a pool cannot be fused (its windows overlap, or it stands
    behind a residual), relu and quantizer, which are monotone, move in front of
    it; so they do with reshapes and concatenations.

    A batch norm that no layer can take over is an error: later phases have no
    arithmetic for it.

    ```mlir
    %0 = slb.linear %x, %w {layer = "fc"} : ... -> tensor<1x8xf32>
    %1 = tosa.add %0, %bias : ...
    %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : ...
    %3 = slb.quantize %2 : (tensor<1x8xf32>) -> tensor<1x8x!slb.lowbit<range<0:15>>>
    ```

    becomes

    ```mlir
    %3 = slb.fused_linear %x, %w scale = %ones shift = %bias {layer = "fc", relu}
       : ... -> tensor<1x8x!slb.lowbit<range<0:15>>>
    ```
  }];
  let dependentDialects = ["::slb::SLBDialect", "::mlir::tosa::TosaDialect"];
}

def SLBIntegerize : Pass<"slb-integerize", "::mlir::func::FuncOp"> {
  let summary = "Compute low-bit layers in integers alone";
  let description = [{
    From phase `fused` to `integer`. A fused layer whose input and filter are
    low-bit becomes a `slb.integer_*`:

    - with thresholds, if its result has at most 4 bits or is of a list, and it adds
      no residual. They are exact: the smallest int32 accumulator that reaches
      each level of the real formula, evaluated in double;
    - else with multiplier, addend and shift, the addend holding the rounding.

    Operators on real values between low-bit tensors become integer operators:
    sums and average pools in front of a quantizer become `slb.requantize` (and
    `slb.pool2d sum`), max pools become `slb.pool2d max`, and reshapes and
    concatenations move onto the low-bit tensors.

    **Results of the function:** where a low-bit network returns real values,
    the function returns integers instead and **its type changes**: logits become
    `!slb.lowbit<range<-2147483648:2147483647>, scale = s>`, whose real values
    scale * integer are the old results.

    Layers that read or make real activations (A32 networks, or parts of one)
    stay as they are. A quantizer that no integer operator can take over is an
    error.

    ```mlir
    %y = slb.fused_linear %x, %w scale = %scale shift = %shift {relu}
       : (tensor<1x64x!slb.lowbit<range<0:3>>>, tensor<8x64x!slb.lowbit<odd<1>>>,
          tensor<8xf32>, tensor<8xf32>) -> tensor<1x8x!slb.lowbit<range<0:3>>>
    ```

    becomes

    ```mlir
    %y = slb.integer_linear %x, %w thresholds = %thresholds
       : (tensor<1x64x!slb.lowbit<range<0:3>>>, tensor<8x64x!slb.lowbit<odd<1>>>,
          tensor<8x3xi32>) -> tensor<1x8x!slb.lowbit<range<0:3>>>
    ```
  }];
  let dependentDialects = ["::slb::SLBDialect", "::mlir::tensor::TensorDialect"];
}

#endif // SLB_TRANSFORMS_PASSES_TD
