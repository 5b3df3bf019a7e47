//===- BitpackDialect.td - the bitpack dialect -------------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITPACK_DIALECT_TD
#define BITPACK_DIALECT_TD

include "mlir/IR/OpBase.td"

def Bitpack_Dialect : Dialect {
  let name = "bitpack";
  let cppNamespace = "::slb::bitpack";
  let summary = "Layers on packed words: layouts, kernels, memory";
  let description = [{
    Says how the layers of a network are computed: on which words, by which
    kernel, in which memory. One op is one layer and becomes one C function.

    The storage of activations is decided once, by `convert-slb-to-bitpack`; the
    element type tells it, and everyone else asks it:

    | element | storage  | shape                      | holds                    |
    | ------- | -------- | -------------------------- | ------------------------ |
    | `ui8`   | bytes    | [1, H, W, C]               | unsigned integers, or integers less an offset |
    | `i8`    | bytes    | [1, H, W, C]               | signed integers          |
    | `ui32`  | planes   | [1, H, W, P, ceil(C / 32)] | bit j of the code of channel c: word c / 32 of plane j, bit c % 32 |
    | `i16`   | shorts   | [1, H, W, C]               | integers of 9 to 16 bits, such as samples of sensors |
    | `i32`   | integers | [1, H, W, C]               | integers, such as logits |
    | `f32`   | floats   | [1, H, W, C]               | real values              |

    and [1, C] or [1, P, ceil(C / 32)] without an image. Unused bits are 0.
    A value of planes is `offset + sum_i coefficient[i] * bit_i`; attributes
    hold both as one list, the offset first. A value of bytes with an offset is
    `offset + byte`, which only operations to and from floats and sums of pools
    must know: elsewhere it is folded into thresholds and addends, and
    convolutions know the byte that stands for 0, `pad_value`.

    Filters are rows of R = kh * kw * (C / groups) weights, one row an output
    channel: [O, R] of `i8` or `f32`, or planes [O, P, ceil(R / 32)] of `i32`
    words (constants must be signless), bit r being weight (ky * kw + kx) *
    (C / groups) + c.

    Ops are in destination style, first on tensors (phase `packed`), then on
    memrefs (phase `buffers`).

    **Attributes of others' operations:** of the module, `bitpack.target`, the
    core that kernels were chosen for;
    `bitpack.{chosen,fastest,least}_{instructions,arena_bytes}`, what
    `bitpack-schedule` estimated; `bitpack.arena_bytes`,
    `bitpack.arena_alignment`, `bitpack.arena_lower_bound`,
    `bitpack.scratch_bytes`, what `bitpack-plan-arena` found;
    `bitpack.self_check`, vectors to check the network with; and
    `bitpack.model_hash`, of the network at phase `integer`. Of a function's
    arguments and results, `bitpack.type`, the type before packing, and
    `bitpack.offset`, what a byte of 0 stands for where that is not 0.
  }];
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
}

class Bitpack_Op<string mnemonic, list<Trait> traits = []>
    : Op<Bitpack_Dialect, mnemonic, traits>;

#endif // BITPACK_DIALECT_TD
