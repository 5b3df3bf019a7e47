//===- SLBSearchOps.td - kernels of searched weights --------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SEARCHOPS_TD
#define SLB_SEARCHOPS_TD

include "SLBDialect.td"
include "SLBTypes.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Kernels of searched weights, on the K - 1 logits that a trainer stores
//===----------------------------------------------------------------------===//

def SLB_Real : AnyTypeOf<[F32, F64]>;
def SLB_RealMatrix : MemRefRankOf<[F32, F64], [2]>;
def SLB_LogitsMatrix : MemRefRankOf<[BF16, F32, F64], [2]>;
def SLB_RealVector : MemRefRankOf<[F32, F64], [1]>;
def SLB_PlaneMatrix : MemRefRankOf<[I32], [2]>;

defvar SLB_SearchText = [{

    **Logits:** the K logits a_k of a weight have zero sum, so K - 1 are stored
    and a_{K-1} = -sum_k a_k. That sum is taken in twice the precision: its
    rounding error times the temperature would be an error of an exponent. For
    K = 2 the one stored logit is the difference d = a_1 - a_0. Logits of bf16
    are computed with in f32 and rounded to nearest even when they are stored;
    everything else stays f32.

    **Shapes:** logits [K - 1, n] candidate-major, weights [n]. Work is done for
    the weights [begin, end) only; begin is a multiple of 32. On a GPU the
    threads of one block share the range, at most four weights a thread.

    **Phases:** only in the trainer's kernels.
}];

defvar SLB_PlanesText = [{
    planes [bits, ceil(n/32)] get the argmax codes: bit i % 32 of word i / 32 of
    plane j is bit j of the code of weight i; the bits of weights from `end` on
    in the last word are 0. The lowest code wins a tie.
}];

class SLB_SearchOp<string mnemonic, list<Trait> traits = []>
    : SLB_Op<mnemonic, traits> {
  let hasVerifier = 1;
}

def SLB_SearchForwardOp : SLB_SearchOp<"search_forward"> {
  let summary = "expected weights and argmax codes of stored logits";
  let description = [{
    p = softmax(T * a),  w = sum_k p_k v_k,  v_k = scale * integer_k

    For K = 2 that is w = (v_0 + v_1)/2 + (v_1 - v_0)/2 * tanh(T d / 2).
  }] # SLB_PlanesText # SLB_SearchText # [{
    ```mlir
    slb.search_forward %a, %t, %w, %planes [%begin to %end] set = <odd<2>>
      : memref<3x?xf32>, f32, memref<?xf32>, memref<2x?xi32>
    ```
  }];
  let arguments = (ins
    Arg<SLB_LogitsMatrix, "stored logits", [MemRead]>:$logits,
    SLB_Real:$temperature,
    Arg<SLB_RealVector, "expected weights", [MemWrite]>:$weights,
    Arg<SLB_PlaneMatrix, "bits of the argmax", [MemWrite]>:$planes,
    Index:$begin, Index:$end,
    SLB_ValueSetAttr:$set, OptionalAttr<F32Attr>:$scale);
  let assemblyFormat = [{
    $logits `,` $temperature `,` $weights `,` $planes
    ` ` `[` $begin `to` $end `]` `set` `=` $set (`scale` `=` $scale^)?
    attr-dict `:` type($logits) `,` type($temperature) `,` type($weights) `,`
    type($planes)
  }];
}

def SLB_SearchBackwardOp : SLB_SearchOp<"search_backward"> {
  let summary = "the gradient of the expected weights for stored logits";
  let description = [{
    With g = dL/dw, for each stored candidate

      K > 2:  logits_grad_k = T p_k (v_k - w) g
      K = 2:  logits_grad = T p_0 p_1 (v_1 - v_0) g

    These are the rows 0 .. K - 2 of the gradient for all K logits, whose sum
    over k is zero (K = 2: its row 1), and not the derivatives for the stored
    logits alone: descending along them moves the logits as if all K were
    stored. p is computed anew; nothing need be saved by the forward pass.
  }] # SLB_SearchText;
  let arguments = (ins
    Arg<SLB_LogitsMatrix, "stored logits", [MemRead]>:$logits,
    SLB_Real:$temperature,
    Arg<SLB_RealVector, "dL/dw", [MemRead]>:$weights_grad,
    Arg<SLB_RealMatrix, "gradient for the logits", [MemWrite]>:$logits_grad,
    Index:$begin, Index:$end,
    SLB_ValueSetAttr:$set, OptionalAttr<F32Attr>:$scale);
  let assemblyFormat = [{
    $logits `,` $temperature `,` $weights_grad `,` $logits_grad
    ` ` `[` $begin `to` $end `]` `set` `=` $set (`scale` `=` $scale^)?
    attr-dict `:` type($logits) `,` type($temperature) `,` type($weights_grad)
    `,` type($logits_grad)
  }];
}

def SLB_SearchStepOp : SLB_SearchOp<"search_step", [
    AllTypesMatch<["temperature", "next_temperature", "grad_scale",
                   "learning_rate", "momentum_factor", "weight_decay"]>]> {
  let summary = "backward, SGD and the next forward in one pass";
  let description = [{
    With the gradient of `slb.search_backward` for grad_scale * g at
    `temperature`, for each stored logit a and its momentum m

      d  = logits_grad + weight_decay * a
      m' = momentum_factor * m + d
      a' = a - learning_rate * (nesterov ? d + momentum_factor * m' : m')

    each product and its sum rounded once, as fused multiply-adds, then weights
    and planes of a' as by `slb.search_forward` at `next_temperature`. The
    number of weights whose code differs between a and a' is added to `flips`,
    atomically.

    For K = 2 learning rate and weight decay are those for two logits: the
    difference moves by 2 * learning_rate and decays by weight_decay / 2, which
    is the same trajectory. Zero-sum logits stay so under this step, for every
    K; under Adam they would not.
  }] # SLB_PlanesText # SLB_SearchText;
  let arguments = (ins
    Arg<SLB_LogitsMatrix, "stored logits", [MemRead, MemWrite]>:$logits,
    Arg<SLB_RealMatrix, "momentum", [MemRead, MemWrite]>:$momentum,
    Arg<SLB_RealVector, "dL/dw", [MemRead]>:$weights_grad,
    Arg<SLB_RealVector, "next expected weights", [MemWrite]>:$weights,
    Arg<SLB_PlaneMatrix, "bits of the next argmax", [MemWrite]>:$planes,
    Arg<MemRefRankOf<[I32], [1]>, "flip count", [MemRead, MemWrite]>:$flips,
    Index:$begin, Index:$end,
    SLB_Real:$temperature, SLB_Real:$next_temperature, SLB_Real:$grad_scale,
    SLB_Real:$learning_rate, SLB_Real:$momentum_factor, SLB_Real:$weight_decay,
    SLB_ValueSetAttr:$set, OptionalAttr<F32Attr>:$scale, UnitAttr:$nesterov);
  let assemblyFormat = [{
    $logits `,` $momentum `,` $weights_grad `,` $weights `,` $planes `,` $flips
    ` ` `[` $begin `to` $end `]` `temperature` $temperature `to`
    $next_temperature `grad_scale` $grad_scale `sgd` `(` $learning_rate `,`
    $momentum_factor `,` $weight_decay `)` (`nesterov` $nesterov^)?
    `set` `=` $set (`scale` `=` $scale^)? attr-dict
    `:` type($logits) `,` type($momentum) `,` type($weights_grad) `,`
    type($weights) `,` type($planes) `,` type($flips) `,` type($temperature)
  }];
}

#endif // SLB_SEARCHOPS_TD
