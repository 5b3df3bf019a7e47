//===- SLBOps.td - searched and low-bit layers --------------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_OPS_TD
#define SLB_OPS_TD

include "SLBDialect.td"
include "SLBSearchOps.td"
include "SLBTypes.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Searched weights
//===----------------------------------------------------------------------===//

def SLB_ConstantOp : SLB_Op<"constant", [Pure, ConstantLike]> {
  let summary = "a low-bit constant, given by its codes";
  let description = [{
    `codes` holds, as i8, each element's index into the value set of the result
    type. Codes, not integers, because they are what is packed later.

    **Constraints:** codes and result have one shape; 0 <= code < K; a resource
    holds just the codes.

    **Phases:** made by `slb-select` and by importers; removed by packing.
  }];
  let arguments = (ins ElementsAttr:$codes);
  let results = (outs SLB_LowBitTensor:$result);
  let assemblyFormat = "$codes attr-dict `:` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def SLB_ExpectationOp : SLB_Op<"expectation", [Pure]> {
  let summary = "the expected value of searched weights";
  let description = [{
    With K logits a_k for each weight, the inverse temperature T and the values
    v_k = scale * integer_k of `set` (yang2020, equation 4):

      p = softmax(T * a),  w = sum_k p_k v_k

    computed as exp(T * (a_k - max a)), so that T up to 1e8 stays finite.

    **Shapes:** logits [K, shape...] (candidate-major), temperature a scalar,
    weights [shape...]. Dimensions may be dynamic: the trainer's kernels are
    this op too. Element types are f32 or f64, the same everywhere.

    **Constraints:** K <= 256; the scale is positive and finite, a constant
    temperature finite and at least 0.

    **Phases:** `search`; removed by `slb-select`.

    ```mlir
    %w = slb.expectation %logits, %t set = <odd<1>>
       : (tensor<2x8x3x3x4xf32>, f32) -> tensor<8x3x3x4xf32>
    ```
  }];
  let arguments = (ins TensorOf<[F32, F64]>:$logits,
                       AnyTypeOf<[F32, F64]>:$temperature,
                       SLB_ValueSetAttr:$set, OptionalAttr<F32Attr>:$scale);
  let results = (outs TensorOf<[F32, F64]>:$weights);
  let assemblyFormat = [{
    $logits `,` $temperature `set` `=` $set (`scale` `=` $scale^)? attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The low-bit type of the discrete weights.
    LowBitType getLowBitType();
  }];
}

def SLB_ExpectationGradOp : SLB_Op<"expectation_grad", [Pure]> {
  let summary = "the gradient of slb.expectation with respect to its logits";
  let description = [{
    With g = dL/dw and p, w as in `slb.expectation`:

      dL/da_k = T * p_k * (v_k - w) * g

    p is computed anew: nothing need be saved between forward and backward.

    **Shapes:** logits and the result [K, shape...], weights_grad [shape...].

    **Constraints:** those of `slb.expectation`.

    **Phases:** only in the trainer's kernels.
  }];
  let arguments = (ins TensorOf<[F32, F64]>:$logits,
                       AnyTypeOf<[F32, F64]>:$temperature,
                       TensorOf<[F32, F64]>:$weights_grad,
                       SLB_ValueSetAttr:$set, OptionalAttr<F32Attr>:$scale);
  let results = (outs TensorOf<[F32, F64]>:$logits_grad);
  let assemblyFormat = [{
    $logits `,` $temperature `,` $weights_grad `set` `=` $set
    (`scale` `=` $scale^)? attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def SLB_SelectOp : SLB_Op<"select", [Pure]> {
  let summary = "the discrete weights: the value with the largest logit";
  let description = [{
    code = argmax_k a_k, the lowest k where several are largest.

    **Shapes:** logits [K, shape...], result [shape...] of a type with K values.

    **Phases:** made and folded to `slb.constant` by `slb-select`.
  }];
  let arguments = (ins SLB_FloatTensor:$logits);
  let results = (outs SLB_LowBitTensor:$result);
  let assemblyFormat = "$logits attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Between real and low-bit values
//===----------------------------------------------------------------------===//

def SLB_QuantizeOp : SLB_Op<"quantize", [Pure]> {
  let summary = "the activation quantizer: the nearest preset value";
  let description = [{
    The value of the result's set that is nearest to x, ties toward +inf,
    saturating at the ends. For `range<lo:hi>` with scale s that is
    clamp(floor(x / s + 0.5), lo, hi); for `odd<1>` it is the sign, +1 at 0.
    `range<0:2^b-1>` is PACT's quantizer with clip = s * (2^b - 1).

    **Shapes:** the same for both.

    **Phases:** `search`, `selected`; fused into the layer before it.
  }];
  let arguments = (ins SLB_FloatTensor:$input);
  let results = (outs SLB_LowBitTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def SLB_DequantizeOp : SLB_Op<"dequantize", [Pure]> {
  let summary = "the real values of a low-bit tensor: scale * integer";
  let description = [{
    **Shapes:** the same for both.

    **Phases:** `search`, `selected`, `fused`, around operators on real values;
    `slb-integerize` removes it. A convolution reads low-bit operands itself,
    so one in front of it folds away.
  }];
  let arguments = (ins SLB_LowBitTensor:$input);
  let results = (outs SLB_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Layers on real values
//===----------------------------------------------------------------------===//

defvar SLB_ConvolutionText = [{
    With x, w the real values of input and filter, zero outside the image:

      y[oy, ox, o] = sum_{ky, kx, i} w[o, ky, kx, i]
        * x[oy*strides[0] + ky*dilations[0] - pads[0],
            ox*strides[1] + kx*dilations[1] - pads[2], group(o)*I + i]

    **Shapes:** input [1, H, W, C]; filter [O, kh, kw, I] with I = C / groups;
    `groups` = C makes it depthwise. `pads` are top, bottom, left, right.
    out = (in + pads - dilation*(k - 1) - 1) / stride + 1, rounded down.

    **Constraints:** strides, pads, dilations and the number of padded elements
    fit int32. Where input and filter are low-bit, their products sum up in int32, on the way
    too: R * reach(w) * reach(x) < 2^31 for rows of R weights. reach(x) is the
    largest magnitude, or hi - lo if that is more and x has at most 256 values,
    which may be stored as codes; reach(w) is |lo| + hi - lo for weights of at
    most 16 values, which are summed plane by plane, else the largest magnitude.

}];

class SLB_ConvolutionOp<string mnemonic, list<Trait> traits = []>
    : SLB_Op<mnemonic, !listconcat([Pure], traits)> {
  let hasVerifier = 1;
  code geometryDeclaration = [{
    /// Shape, strides and pads in one record; a linear layer is a 1x1
    /// convolution of a 1x1 image.
    ::slb::ConvolutionGeometry getGeometry();
  }];
  let extraClassDeclaration = geometryDeclaration;
}

defvar SLB_GeometryArguments = (ins
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$strides,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$dilations,
    DefaultValuedAttr<ConfinedAttr<I64Attr, [IntPositive]>, "1">:$groups);

defvar SLB_PoolArguments = (ins
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$pool);

defvar SLB_LayerName = (ins OptionalAttr<StrAttr>:$layer);

def SLB_Conv2DOp : SLB_ConvolutionOp<"conv2d"> {
  let summary = "2-D convolution of real values";
  let description = SLB_ConvolutionText # [{
    **Phases:** `search`, `selected`; `slb-fuse` makes `slb.fused_conv2d` of it.

    ```mlir
    %y = slb.conv2d %x, %w {pads = array<i64: 1, 1, 1, 1>, layer = "conv2"}
       : (tensor<1x8x8x4x!slb.lowbit<range<0:255>, scale = 0.125>>,
          tensor<8x3x3x4x!slb.lowbit<odd<1>>>) -> tensor<1x8x8x8xf32>
    ```
  }];
  let arguments = !con((ins SLB_RealTensor:$input, SLB_RealTensor:$filter),
                       SLB_GeometryArguments, SLB_LayerName);
  let results = (outs SLB_FloatTensor:$result);
  let assemblyFormat =
      "$input `,` $filter attr-dict `:` functional-type(operands, results)";
  let hasCanonicalizeMethod = 1;
}

def SLB_LinearOp : SLB_ConvolutionOp<"linear"> {
  let summary = "linear layer on real values";
  let description = [{
    y[o] = sum_i w[o, i] x[i], on the real values of both.

    **Shapes:** input [1, I], filter [O, I], result [1, O].

    **Constraints:** sums of low-bit products as in `slb.conv2d`.

    **Phases:** `search`, `selected`; `slb-fuse` makes `slb.fused_linear` of it.
  }];
  let arguments = !con((ins SLB_RealTensor:$input, SLB_RealTensor:$filter),
                       SLB_LayerName);
  let results = (outs SLB_FloatTensor:$result);
  let assemblyFormat =
      "$input `,` $filter attr-dict `:` functional-type(operands, results)";
  let hasCanonicalizeMethod = 1;
}

def SLB_StateBatchNormOp : SLB_Op<"state_batch_norm", [Pure]> {
  let summary = "batch norm with the searched and the discrete statistics";
  let description = [{
    State batch norm (yang2020, section 3.3) keeps two sets of statistics under
    one affine map, because expected and discrete weights give their outputs
    different distributions. Its value at phase `search` is

      y = gamma * (x - mean) / sqrt(variance + epsilon) + beta

    and `slb-select` turns to the discrete statistics.

    **Shapes:** input and result [..., C]; all parameters [C].

    **Constraints:** epsilon is finite and at least 0.

    **Phases:** `search`; `slb-select` makes `slb.batch_norm` of it.
  }];
  let arguments = (ins SLB_FloatTensor:$input, SLB_FloatVector:$gamma,
                       SLB_FloatVector:$beta, SLB_FloatVector:$mean,
                       SLB_FloatVector:$variance,
                       SLB_FloatVector:$discrete_mean,
                       SLB_FloatVector:$discrete_variance, F32Attr:$epsilon);
  let results = (outs SLB_FloatTensor:$result);
  let assemblyFormat = [{
    $input `gamma` `=` $gamma `beta` `=` $beta `mean` `=` $mean
    `variance` `=` $variance `discrete_mean` `=` $discrete_mean
    `discrete_variance` `=` $discrete_variance attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def SLB_BatchNormOp : SLB_Op<"batch_norm", [Pure]> {
  let summary = "batch norm in inference mode";
  let description = [{
    y = gamma * (x - mean) / sqrt(variance + epsilon) + beta, a channel each.

    **Shapes:** input and result [..., C]; all parameters [C].

    **Constraints:** epsilon is finite and at least 0.

    **Phases:** `selected`; folded into the layer before it by `slb-fuse`.
  }];
  let arguments = (ins SLB_FloatTensor:$input, SLB_FloatVector:$gamma,
                       SLB_FloatVector:$beta, SLB_FloatVector:$mean,
                       SLB_FloatVector:$variance, F32Attr:$epsilon);
  let results = (outs SLB_FloatTensor:$result);
  let assemblyFormat = [{
    $input `gamma` `=` $gamma `beta` `=` $beta `mean` `=` $mean
    `variance` `=` $variance attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Fused layers
//===----------------------------------------------------------------------===//

defvar SLB_FusedText = [{
      y = Q(A(scale[o] * P(conv(x, w))[oy, ox, o] + shift[o] + residual))

    on real values: P is the maximum over non-overlapping `pool` windows (whole
    ones only), A is max(0, .) if `relu` is set, and Q is `slb.quantize` to the
    result's type, or nothing where the result is f32. scale and shift hold the
    bias and the batch norm of the discrete statistics.

    **Constraints:** scale times the scales of low-bit operands is finite.

    **Phases:** `fused`; float networks keep it until packing.
}];

def SLB_FusedConv2DOp : SLB_ConvolutionOp<"fused_conv2d"> {
  let summary = "convolution, pooling, batch norm, activation and quantizer";
  let description = SLB_ConvolutionText # SLB_FusedText;
  let arguments = !con((ins SLB_RealTensor:$input, SLB_RealTensor:$filter,
                            SLB_FloatVector:$scale, SLB_FloatVector:$shift,
                            Optional<SLB_RealTensor>:$residual),
                       SLB_GeometryArguments, SLB_PoolArguments,
                       (ins UnitAttr:$relu), SLB_LayerName);
  let results = (outs SLB_RealTensor:$result);
  let assemblyFormat = [{
    $input `,` $filter `scale` `=` $scale `shift` `=` $shift
    (`residual` `=` $residual^)? attr-dict `:` functional-type(operands, results)
  }];
}

def SLB_FusedLinearOp : SLB_ConvolutionOp<"fused_linear"> {
  let summary = "linear layer, batch norm, activation and quantizer";
  let description = [{
    **Shapes:** input [1, I], filter [O, I], scale, shift [O], result [1, O].
  }] # SLB_FusedText;
  let arguments = !con((ins SLB_RealTensor:$input, SLB_RealTensor:$filter,
                            SLB_FloatVector:$scale, SLB_FloatVector:$shift,
                            Optional<SLB_RealTensor>:$residual,
                            UnitAttr:$relu), SLB_LayerName);
  let results = (outs SLB_RealTensor:$result);
  let assemblyFormat = [{
    $input `,` $filter `scale` `=` $scale `shift` `=` $shift
    (`residual` `=` $residual^)? attr-dict `:` functional-type(operands, results)
  }];
}

//===----------------------------------------------------------------------===//
// Integer layers
//===----------------------------------------------------------------------===//

defvar SLB_IntegerText = [{
    acc = P(conv(x, w)) in int32, on the integers of input and filter (scales
    play no part any more), P the maximum over non-overlapping `pool` windows.
    Then one of:

      thresholds:  code = number of l with signs[o] * acc >= thresholds[o, l]
      multiplier:  y = clamp(floor((acc * multiplier[o]
                        + residual * residual_multiplier + addend[o]) / 2^shift))

    The first has one threshold fewer than the result has values, ascending;
    `signs` (+1 or -1) stands for batch norms that fall, and is left out where
    all are +1. The second is computed in int64 and clamped to the result's
    `range`; for an `odd` set it gives the code, clamped to 0 .. K - 1. Both are
    exact integer functions: every lowering gives these bits.

    **Constraints:** thresholds or multiplier and addend, not both; thresholds
    ascend (equal ones may follow each other); signs are +1 or -1, and only with
    thresholds; residual and a multiplier for it come together, only with
    multiplier; for the largest acc and residual of their types, the sum before
    the shift fits int64; with a multiplier the result's set is a range or odd;
    0 <= shift <= 62.

    **Phases:** `integer`; packing turns it into `bitpack`.
}];

defvar SLB_IntegerArguments = (ins
    Optional<2DTensorOf<[I32]>>:$thresholds, Optional<1DTensorOf<[I8]>>:$signs,
    Optional<1DTensorOf<[I32]>>:$multiplier, Optional<1DTensorOf<[I64]>>:$addend,
    Optional<SLB_LowBitTensor>:$residual);

defvar SLB_ShiftArguments = (ins
    DefaultValuedAttr<I64Attr, "0">:$shift,
    DefaultValuedAttr<I32Attr, "0">:$residual_multiplier);

defvar SLB_IntegerFormat = [{
    $input `,` $filter (`thresholds` `=` $thresholds^)? (`signs` `=` $signs^)?
    (`multiplier` `=` $multiplier^)? (`addend` `=` $addend^)?
    (`residual` `=` $residual^)? attr-dict `:` functional-type(operands, results)
}];

def SLB_IntegerConv2DOp
    : SLB_ConvolutionOp<"integer_conv2d", [AttrSizedOperandSegments]> {
  let summary = "integer convolution with its requantization";
  let description = SLB_ConvolutionText # SLB_IntegerText;
  let arguments = !con((ins SLB_LowBitTensor:$input, SLB_LowBitTensor:$filter),
                       SLB_IntegerArguments, SLB_GeometryArguments,
                       SLB_PoolArguments, SLB_ShiftArguments, SLB_LayerName);
  let results = (outs SLB_LowBitTensor:$result);
  let assemblyFormat = SLB_IntegerFormat;
}

def SLB_IntegerLinearOp
    : SLB_ConvolutionOp<"integer_linear", [AttrSizedOperandSegments]> {
  let summary = "integer linear layer with its requantization";
  let description = [{
    **Shapes:** input [1, I], filter [O, I], result [1, O].

  }] # SLB_IntegerText;
  let arguments = !con((ins SLB_LowBitTensor:$input, SLB_LowBitTensor:$filter),
                       SLB_IntegerArguments, SLB_ShiftArguments, SLB_LayerName);
  let results = (outs SLB_LowBitTensor:$result);
  let assemblyFormat = SLB_IntegerFormat;
}

def SLB_RequantizeOp : SLB_Op<"requantize", [Pure]> {
  let summary = "integers to another scale, alone or as a sum of two";
  let description = [{
      y = clamp(floor((x * multiplier + other * other_multiplier + addend)
                      / 2^shift))

    element by element in int64, clamped to the result's `range`; for an `odd`
    set it gives the code, clamped to 0 .. K - 1. With `other` it is the addition
    of two tensors of different scales.

    **Constraints:** all tensors have one shape; other and its multiplier come
    together; for the largest x and other of their types, or of the windows they
    are sums of, the sum before the shift fits int64; the result's set is a range
    or odd; 0 <= shift <= 62.

    **Phases:** `integer`.
  }];
  let arguments = !con((ins SLB_IntegerTensor:$input,
                            Optional<SLB_IntegerTensor>:$other,
                            I32Attr:$multiplier,
                            DefaultValuedAttr<I32Attr, "0">:$other_multiplier,
                            DefaultValuedAttr<I64Attr, "0">:$addend,
                            DefaultValuedAttr<I64Attr, "0">:$shift),
                       SLB_LayerName);
  let results = (outs SLB_LowBitTensor:$result);
  let assemblyFormat = [{
    $input (`,` $other^)? attr-dict `:` functional-type(operands, results)
  }];
  let hasFolder = 1;
  let hasVerifier = 1;
}

def SLB_PoolKind : I32EnumAttr<"PoolKind", "pooling function", [
    I32EnumAttrCase<"Max", 0, "max">, I32EnumAttrCase<"Sum", 1, "sum">]> {
  let cppNamespace = "::slb";
}

def SLB_Pool2DOp : SLB_Op<"pool2d", [Pure]> {
  let summary = "maximum or sum of the integers in each window";
  let description = [{
    TOSA's pools refuse low-bit element types, and their average divides; here
    the sum stays exact and `slb.requantize` divides once.

    **Shapes:** input [1, H, W, C]; out = (in + pads - kernel) / stride + 1,
    rounded down. Elements outside the image do not count.

    **Constraints:** max keeps the input's type; sum gives i32, which it fits.
    Each pad is smaller than the kernel; all numbers and the number of padded
    elements fit int32.

    **Phases:** `integer`.
  }];
  let arguments = !con((ins SLB_PoolKind:$kind, SLB_LowBitTensor:$input,
                            DenseI64ArrayAttr:$kernel, DenseI64ArrayAttr:$strides,
                            DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads),
                       SLB_LayerName);
  let results = (outs SLB_IntegerTensor:$result);
  let assemblyFormat =
      "$kind $input attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Bounds the magnitude of what a sum comes to on its way.
    int64_t getLargestSum();
  }];
}

#endif // SLB_OPS_TD
