//===- Weights.h - float, int8 and searched weights -------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_WEIGHTS_H
#define SLB_LIB_TRAINING_WEIGHTS_H

#include "Layer.h"
#include "State.h"

namespace slb {

/// Where a layer's weights come from.
class Weights {
public:
  virtual ~Weights() = default;
  /// The filter in real values, OHWI or OI, differentiable.
  virtual torch::Tensor get(const ForwardMode &mode) = 0;
  /// The filter as the model keeps it.
  virtual LayerWeights emit(const ForwardMode &mode) const = 0;
};

/// Makes weights of 32 bits (float), 8 bits (symmetric integers, one scale an
/// output channel or one a tensor, straight-through gradient) or 1 to 4 bits
/// (searched). `shape` is OHWI or OI.
std::unique_ptr<Weights> makeWeights(NetworkState &state,
                                     const std::string &name, int64_t bits,
                                     const std::vector<int64_t> &shape,
                                     bool scalePerChannel);

} // namespace slb

#endif // SLB_LIB_TRAINING_WEIGHTS_H
