//===- Layer.h - what a layer of a network must do --------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_LAYER_H
#define SLB_LIB_TRAINING_LAYER_H

#include "slb/Model/ModelBuilder.h"

#include <torch/torch.h>

namespace slb {

/// How the layers compute in one forward pass.
struct ForwardMode {
  /// Batch norm uses the batch's statistics and updates its running ones.
  bool training = false;
  /// Searched weights are the argmax, and batch norm uses or updates the
  /// statistics that belong to it; else the expectation.
  bool discrete = false;
  float temperature = 1; ///< The inverse temperature of the expectation.
  /// The running statistics' step towards the batch's.
  double statisticsMomentum = 0.1;
};

/// A layer: activations in, activations out. Tensors are NCHW with the memory
/// order of NHWC; filters are OHWI.
class Layer {
public:
  virtual ~Layer() = default;

  virtual torch::Tensor forward(const std::vector<torch::Tensor> &inputs,
                                const ForwardMode &mode) = 0;

  /// Adds the layer to a model; real-valued semantics equal to forward() with
  /// discrete weights. `mode` gives the temperature.
  virtual ModelBuilder::Value
  emit(ModelBuilder &builder, const std::vector<ModelBuilder::Value> &inputs,
       const ForwardMode &mode) const = 0;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_LAYER_H
