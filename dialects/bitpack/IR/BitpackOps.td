//===- BitpackOps.td - layers on packed words --------------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITPACK_OPS_TD
#define BITPACK_OPS_TD

include "BitpackDialect.td"
include "BitpackInterfaces.td"
include "mlir/IR/CommonAttrConstraints.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// Activations, see the dialect's table.
def Bitpack_Storage : AnyTypeOf<[
    StaticShapeTensorOf<[UI8, I8, UI32, I16, I32, F32]>,
    StaticShapeMemRefOf<[UI8, I8, UI32, I16, I32, F32]>], "stored activations">;

class Bitpack_ParameterOf<list<Type> types> : AnyTypeOf<[
    StaticShapeTensorOf<types>, StaticShapeMemRefOf<types>]>;

def Bitpack_Scratch : MemRefRankOf<[I8], [1]>;

def Bitpack_PoolKind : I32EnumAttr<"PoolKind", "pooling function", [
    I32EnumAttrCase<"Max", 0, "max">, I32EnumAttrCase<"Sum", 1, "sum">,
    I32EnumAttrCase<"Average", 2, "average">]> {
  let cppNamespace = "::slb::bitpack";
}

class Bitpack_LayerOp<string mnemonic, list<string> interfaceMethods,
                      list<Trait> traits = []>
    : Bitpack_Op<mnemonic, !listconcat(traits, [
        DestinationStyleOpInterface,
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
        DeclareOpInterfaceMethods<LayerOpInterface, interfaceMethods>])> {
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let hasVerifier = 1;
  code layerDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return ::mlir::MutableOperandRange(getOutputMutable());
    }
  }];
  let extraClassDeclaration = layerDeclaration;
}

// Attributes and trailing operands that every layer has.
defvar Bitpack_Output = (ins
    Optional<Bitpack_Scratch>:$scratch, Bitpack_Storage:$output,
    TypeAttrOf<AnyRankedTensor>:$output_type,
    OptionalAttr<StrAttr>:$layer, OptionalAttr<StrAttr>:$strategy);

defvar Bitpack_LayerText = [{
    `output_type` is the output's type before packing, for people and tools
    that decode buffers; `strategy` names the kernel, set by
    `bitpack-schedule`; `scratch` is added by `bitpack-plan-arena`.

    **Phases:** `packed` on tensors, `buffers` on memrefs.
}];

def Bitpack_Conv2DOp : Bitpack_LayerOp<"conv2d", ["getInPlaceOperands", "getMacs"],
                                       [AttrSizedOperandSegments,
                                        ConvolutionOpInterface]> {
  let summary = "convolution or linear layer, with pooling and epilogue";
  let description = [{
    acc = max over the pool window of conv(input, weights), on the integers (or
    floats) that input and weights stand for, then one of the epilogues

      thresholds:  code = number of l with signs[o] * acc >= thresholds[o, l],
                   stored as planes of its bits, or as output_values[code]
      multiplier:  y = clamp(floor((acc * multiplier[o] + addend[o]
                       + residual * residual_multiplier) / 2^shift), lo, hi)
      scale:       y = scale[o] * acc + bias[o] + residual, at least 0 if relu

    `input_shape` and `output_shape` are [H, W, C]; a linear layer is a
    convolution whose kernel is the whole image, so that a flattened image need
    not be packed anew. `pads` are top, bottom, left, right. `pool` windows do
    not overlap; only whole ones count. `input_planes`, `weight_planes`,
    `residual_planes` and `output_planes` hold offset and coefficients of what
    is stored as planes, and are empty otherwise. Padding is 0, not the offset.

    **Constraints:** exactly one epilogue; signs only with thresholds;
    thresholds need an output of planes; scale and bias an output of floats.

  }] # Bitpack_LayerText;
  let arguments = !con((ins
      Bitpack_Storage:$input,
      Bitpack_ParameterOf<[I8, I32, F32]>:$weights,
      Optional<Bitpack_ParameterOf<[I32]>>:$thresholds,
      Optional<Bitpack_ParameterOf<[I8]>>:$signs,
      Optional<Bitpack_ParameterOf<[I32]>>:$multiplier,
      Optional<Bitpack_ParameterOf<[I64]>>:$addend,
      Optional<Bitpack_ParameterOf<[F32]>>:$scale,
      Optional<Bitpack_ParameterOf<[F32]>>:$bias,
      Optional<Bitpack_Storage>:$residual), Bitpack_Output, (ins
      DenseI64ArrayAttr:$input_shape, DenseI64ArrayAttr:$output_shape,
      DenseI64ArrayAttr:$kernel,
      DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$strides,
      DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
      DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$dilations,
      DefaultValuedAttr<ConfinedAttr<I64Attr, [IntPositive]>, "1">:$groups,
      DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$pool,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$input_planes,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$weight_planes,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$residual_planes,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$output_planes,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$output_values,
      DefaultValuedAttr<I64Attr, "0">:$pad_value,
      DefaultValuedAttr<SI64Attr, "0">:$shift,
      DefaultValuedAttr<SI64Attr, "0">:$residual_multiplier,
      DefaultValuedAttr<SI64Attr, "0">:$lo, DefaultValuedAttr<SI64Attr, "0">:$hi,
      UnitAttr:$relu));
  let assemblyFormat = [{
    $input `,` $weights (`thresholds` `=` $thresholds^)? (`signs` `=` $signs^)?
    (`multiplier` `=` $multiplier^)? (`addend` `=` $addend^)?
    (`scale` `=` $scale^)? (`bias` `=` $bias^)? (`residual` `=` $residual^)?
    (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_Pool2DOp : Bitpack_LayerOp<"pool2d", []> {
  let summary = "maximum, sum or average of each window";
  let description = [{
    Elements outside the image do not count. The maximum keeps the storage, the
    sum of integers gives `i32`, the average is one of floats.

    `input_shape` and `output_shape` are [H, W, C], `input_planes` as in
    `bitpack.conv2d`; a sum adds `input_offset` to each byte.

    **Constraints:** pads are smaller than the kernel, which fits the padded
    input; `input_offset` is 0 but for sums of unsigned bytes.

  }] # Bitpack_LayerText;
  let arguments = !con((ins Bitpack_PoolKind:$kind, Bitpack_Storage:$input),
      Bitpack_Output, (ins
      DenseI64ArrayAttr:$input_shape, DenseI64ArrayAttr:$output_shape,
      DenseI64ArrayAttr:$kernel, DenseI64ArrayAttr:$strides,
      DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$input_planes,
      DefaultValuedAttr<SI64Attr, "0">:$input_offset));
  let assemblyFormat = [{
    $kind $input (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_RequantizeOp : Bitpack_LayerOp<"requantize", ["getInPlaceOperands"],
                                           [AttrSizedOperandSegments]> {
  let summary = "integers to another scale, alone or as a sum of two";
  let description = [{
      y = clamp(floor((input * multiplier + other * other_multiplier + addend)
                      / 2^shift), lo, hi)

    element by element, on integers. All tensors have the logical shape
    [pixels, channels].

    **Constraints:** other and its multiplier come together; multipliers have 32
    bits; lo and hi fit the output.

  }] # Bitpack_LayerText;
  let arguments = !con((ins Bitpack_Storage:$input,
                            Optional<Bitpack_Storage>:$other),
      Bitpack_Output, (ins
      I64Attr:$pixels, I64Attr:$channels,
      SI64Attr:$multiplier, DefaultValuedAttr<SI64Attr, "0">:$other_multiplier,
      DefaultValuedAttr<SI64Attr, "0">:$addend,
      DefaultValuedAttr<SI64Attr, "0">:$shift, SI64Attr:$lo, SI64Attr:$hi,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$input_planes,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$other_planes,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$output_planes));
  let assemblyFormat = [{
    $input (`,` $other^)? (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_AddOp : Bitpack_LayerOp<"add", ["getInPlaceOperands"]> {
  let summary = "sum of two tensors of floats";
  let description = [{
    y = lhs + rhs, element by element; all of one shape.

  }] # Bitpack_LayerText;
  let arguments = !con((ins Bitpack_Storage:$lhs, Bitpack_Storage:$rhs),
                       Bitpack_Output);
  let assemblyFormat = [{
    $lhs `,` $rhs (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_ReluOp : Bitpack_LayerOp<"relu", ["getInPlaceOperands"]> {
  let summary = "max(x, 0) of floats";
  let description = Bitpack_LayerText;
  let arguments = !con((ins Bitpack_Storage:$input), Bitpack_Output);
  let assemblyFormat = [{
    $input (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_DequantizeOp : Bitpack_LayerOp<"dequantize", []> {
  let summary = "stored integers to floats";
  let description = [{
    y = scale * integer, for layers with filters of floats in a network of
    integers. All tensors have the logical shape [pixels, channels]. The scale of
    element i, channels innermost, is scales[i / scale_stride % count] of `count`
    scales.

    **Constraints:** one scale, or scales for each channel or for whole pixels;
    `input_offset`, what a byte of 0 stands for, is 0 but for unsigned bytes.

  }] # Bitpack_LayerText;
  let arguments = !con((ins Bitpack_Storage:$input), Bitpack_Output,
      (ins I64Attr:$pixels, I64Attr:$channels, DenseF32ArrayAttr:$scales,
           DefaultValuedAttr<I64Attr, "1">:$scale_stride,
           DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$input_planes,
           DefaultValuedAttr<SI64Attr, "0">:$input_offset));
  let assemblyFormat = [{
    $input (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_QuantizeOp : Bitpack_LayerOp<"quantize", []> {
  let summary = "floats to the nearest integers that can be stored";
  let description = [{
    The integer of `values`, or if there are none of lo to hi, that is nearest to
    input / scale, ties upward, saturating. Scales are those of
    `bitpack.dequantize`.

    **Constraints:** values ascend; planes hold the codes of all values;
    integers, less `output_offset`, fit the output.

  }] # Bitpack_LayerText;
  let arguments = !con((ins Bitpack_Storage:$input), Bitpack_Output,
      (ins I64Attr:$pixels, I64Attr:$channels, DenseF32ArrayAttr:$scales,
           DefaultValuedAttr<I64Attr, "1">:$scale_stride,
           SI64Attr:$lo, SI64Attr:$hi,
           DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$values,
           DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$output_planes,
           DefaultValuedAttr<SI64Attr, "0">:$output_offset));
  let assemblyFormat = [{
    $input (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_ConcatOp : Bitpack_LayerOp<"concat", [], [AttrSizedOperandSegments]> {
  let summary = "tensors of one storage, joined along the channels";
  let description = [{
    `channels` holds the number of channels of each input; all have `pixels`
    pixels and, if stored so, `planes` planes (0 otherwise).

  }] # Bitpack_LayerText;
  let arguments = !con((ins Variadic<Bitpack_Storage>:$inputs), Bitpack_Output,
      (ins I64Attr:$pixels, DenseI64ArrayAttr:$channels,
           DefaultValuedAttr<I64Attr, "0">:$planes));
  let assemblyFormat = [{
    $inputs (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

def Bitpack_FlattenOp : Bitpack_LayerOp<"flatten", []> {
  let summary = "the planes of an image as the planes of a vector";
  let description = [{
    Channel i * channels + c of the result is channel c of pixel i. Needed only
    for planes, whose pixels are padded to whole words, and only where what
    follows is not a linear layer (which reads the image itself).

  }] # Bitpack_LayerText;
  let arguments = !con((ins Bitpack_Storage:$input), Bitpack_Output,
      (ins I64Attr:$pixels, I64Attr:$channels, I64Attr:$planes));
  let assemblyFormat = [{
    $input (`scratch` `=` $scratch^)? `into` $output attr-dict
    `:` functional-type(operands, results)
  }];
}

#endif // BITPACK_OPS_TD
