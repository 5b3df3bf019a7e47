//===- Describe.h - tensors as the kernels see them -------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_OPERATORS_DESCRIBE_H
#define SLB_LIB_OPERATORS_DESCRIBE_H

#include "slb/Operators/SearchOperators.h"

namespace slb {

/// The kernels for a layer's tensors.
inline SearchVariant getVariant(const SearchedLayer &layer,
                                c10::ArrayRef<double> values, bool nesterov) {
  return {values.vec(), nesterov,
          layer.logits.scalar_type() == torch::kBFloat16};
}

/// The pointers and sizes of a layer's tensors; null for undefined ones.
inline SearchedTensor describe(const SearchedLayer &layer) {
  auto floats = [](const torch::Tensor &tensor) {
    return tensor.defined() ? tensor.data_ptr<float>() : nullptr;
  };
  SearchedTensor tensor;
  tensor.count = layer.logits[0].numel();
  // A single row's stride says nothing, and need not suit vectors.
  tensor.rowStride = layer.logits.size(0) > 1 ? layer.logits.stride(0)
                                              : (tensor.count + 3) / 4 * 4;
  tensor.logits = layer.logits.data_ptr();
  tensor.momentum = floats(layer.momentum);
  tensor.grad = floats(layer.grad);
  tensor.weights = floats(layer.weights);
  if (layer.planes.defined())
    tensor.planes =
        reinterpret_cast<uint32_t *>(layer.planes.data_ptr<int32_t>());
  return tensor;
}

} // namespace slb

#endif // SLB_LIB_OPERATORS_DESCRIBE_H
