//===- SLBTypes.td - value sets and the low-bit type --------*- tablegen -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TYPES_TD
#define SLB_TYPES_TD

include "SLBDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/CommonAttrConstraints.td"
include "mlir/IR/CommonTypeConstraints.td"
include "mlir/IR/EnumAttr.td"

def SLB_ValueSetKind : I32Enum<"ValueSetKind", "how a value set is written", [
    I32EnumCase<"Odd", 0, "odd">,
    I32EnumCase<"Range", 1, "range">,
    I32EnumCase<"List", 2, "list">]> {
  let cppNamespace = "::slb";
}

def SLB_ValueSetAttr : AttrDef<SLB_Dialect, "ValueSet"> {
  let mnemonic = "set";
  let summary = "the preset integers of a low-bit tensor";
  let description = [{
    An ascending set of integers. A value's *code* is its index in the set.

    - `odd<b>`, b = 1 .. 4: SLB's uniform set of K = 2^b values, the odd
      integers 2q - (K - 1) for code q. It has no zero and splits into b planes
      of +-1: 2q - (K - 1) = sum_j 2^j (2 q_j - 1), where q_j is bit j of q.
    - `range<lo:hi>`: every integer from lo to hi.
    - `list<i, j, ...>`: these integers, ascending: ternary, powers of two.
  }];
  let parameters = (ins "::slb::ValueSetKind":$kind, "int64_t":$lo,
                        "int64_t":$hi, ArrayRefParameter<"int64_t">:$list);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let builders = [
    AttrBuilder<(ins "unsigned":$bits), [{
      int64_t limit = (int64_t(1) << bits) - 1;
      return $_get($_ctxt, ValueSetKind::Odd, -limit, limit,
                   llvm::ArrayRef<int64_t>());
    }]>,
    AttrBuilder<(ins "int64_t":$lo, "int64_t":$hi), [{
      return $_get($_ctxt, ValueSetKind::Range, lo, hi,
                   llvm::ArrayRef<int64_t>());
    }]>,
    AttrBuilder<(ins "llvm::ArrayRef<int64_t>":$list), [{
      return $_get($_ctxt, ValueSetKind::List, list.empty() ? 0 : list.front(),
                   list.empty() ? 0 : list.back(), list);
    }]>];
  let extraClassDeclaration = [{
    /// The number of values K.
    int64_t size() const;
    /// Bits of a code: ceil(log2(K)), at least 1.
    unsigned getBits() const;
    /// The integer that a code stands for.
    int64_t getInteger(int64_t code) const;
    /// The code of the set's value nearest to `x`, ties upward, saturating.
    int64_t getNearestCode(double x) const;
    /// Every integer of the set; the set must have at most 2^16 values.
    llvm::SmallVector<int64_t> getIntegers() const;
    /// Weights m_j such that value(code) = sum_j m_j (2 code_j - 1), if the set
    /// splits into planes of +-1 so.
    std::optional<llvm::SmallVector<int64_t>> getSignPlanes() const;
    /// Negating a value of the set stays in it.
    bool isSymmetric() const;
    bool isOdd() const { return getKind() == ValueSetKind::Odd; }
    bool isRange() const { return getKind() == ValueSetKind::Range; }
    bool isSigned() const { return getLo() < 0; }
    /// max |v| over the values v.
    int64_t getLargestMagnitude() const {
      return std::max(std::abs(getLo()), std::abs(getHi()));
    }
    /// Bits of the smallest of int8, int16, int32 that holds every integer.
    unsigned getStorageBits() const;
  }];
}

def SLB_LowBitType : TypeDef<SLB_Dialect, "LowBit"> {
  let mnemonic = "lowbit";
  let summary = "a low-bit value: an integer of a preset set, times a scale";
  let description = [{
    The element type of low-bit tensors. Real value = scale * integer. The scale
    is one for the whole tensor (`scale = 0.5`), or one an index of dimension
    `axis` (`scales = [0.5, 0.25] axis = 0`). The default is 1 / (K - 1) for
    `odd` sets, so that values lie in [-1, 1], and 1 for the others.

    ```mlir
    tensor<8x3x3x4x!slb.lowbit<odd<2>>>                     // -1, -1/3, 1/3, 1
    tensor<1x8x8x4x!slb.lowbit<range<0:255>, scale = 0.125>>
    tensor<2x4x!slb.lowbit<list<-1, 0, 1>, scales = [0.5, 0.25] axis = 0>>
    ```
  }];
  let parameters = (ins "::slb::ValueSetAttr":$set,
                        "::mlir::DenseF32ArrayAttr":$scales,
                        "std::optional<int64_t>":$axis);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let builders = [
    TypeBuilderWithInferredContext<(ins "::slb::ValueSetAttr":$set), [{
      return $_get(set.getContext(), set,
          ::mlir::DenseF32ArrayAttr::get(set.getContext(), {getDefaultScale(set)}),
          std::nullopt);
    }]>,
    TypeBuilderWithInferredContext<(ins "::slb::ValueSetAttr":$set, "float":$scale), [{
      return $_get(set.getContext(), set,
          ::mlir::DenseF32ArrayAttr::get(set.getContext(), {scale}), std::nullopt);
    }]>,
    TypeBuilderWithInferredContext<(ins "::slb::ValueSetAttr":$set,
                                    "llvm::ArrayRef<float>":$scales, "int64_t":$axis), [{
      return $_get(set.getContext(), set,
          ::mlir::DenseF32ArrayAttr::get(set.getContext(), scales), axis);
    }]>];
  let extraClassDeclaration = [{
    static float getDefaultScale(ValueSetAttr set);
    unsigned getBits() const { return getSet().getBits(); }
    bool isPerChannel() const { return getAxis().has_value(); }
    /// The scale of an index of the axis; any index for per-tensor scales.
    float getScale(int64_t channel = 0) const {
      llvm::ArrayRef<float> scales = getScales().asArrayRef();
      return isPerChannel() ? scales[channel] : scales.front();
    }
    /// The same set and scales, without any: what integers alone can say.
    bool hasSameSet(LowBitType other) const { return getSet() == other.getSet(); }
  }];
}

def SLB_AnyLowBit : DialectType<SLB_Dialect,
    CPred<"::llvm::isa<::slb::LowBitType>($_self)">, "low-bit value">;

def SLB_LowBitTensor : StaticShapeTensorOf<[SLB_AnyLowBit]>;
/// What has a real value: float32 or low-bit.
def SLB_RealTensor : StaticShapeTensorOf<[F32, SLB_AnyLowBit]>;
/// What has an integer value: int32 or low-bit.
def SLB_IntegerTensor : StaticShapeTensorOf<[I32, SLB_AnyLowBit]>;
def SLB_FloatTensor : StaticShapeTensorOf<[F32]>;
/// One value a channel.
def SLB_FloatVector : 1DTensorOf<[F32]>;

#endif // SLB_TYPES_TD
