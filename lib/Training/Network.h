//===- Network.h - a network as a graph of layers ---------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_NETWORK_H
#define SLB_LIB_TRAINING_NETWORK_H

#include "Layer.h"
#include "State.h"

namespace slb {

/// Layers in topological order. Value 0 is the input, value i + 1 the result of
/// layer i; the last one is the output.
class Network {
public:
  torch::Tensor forward(const torch::Tensor &input, const ForwardMode &mode);
  ModelBuilder::Value emit(ModelBuilder &builder, ModelBuilder::Value input,
                           const ForwardMode &mode) const;
  SearchProgress searchProgress(float temperature) const;

  NetworkState state;

private:
  friend class NetworkBuilder;
  static constexpr size_t kNever = ~size_t(0);
  struct Node {
    std::unique_ptr<Layer> layer;
    std::vector<size_t> inputs;
  };
  std::vector<Node> nodes;
  /// Of each value: the last node that reads it.
  std::vector<size_t> lastUse = {kNever};
};

} // namespace slb

#endif // SLB_LIB_TRAINING_NETWORK_H
