//===- NetworkBuilder.h - builds networks layer by layer --------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_NETWORKBUILDER_H
#define SLB_LIB_TRAINING_NETWORKBUILDER_H

#include "Network.h"
#include "Weights.h"

#include <map>

namespace slb {

/// The bits of a network's weights and activations.
struct Precision {
  int64_t weightBits = 32;
  int64_t activationBits = 32;
  /// Weights of single layers, by the layer's name.
  std::map<std::string, int64_t> layerBits;
};

/// Appends layers to a network and tracks the shapes. Quantizers follow the
/// precision; at 32 bits activations are a plain ReLU.
class NetworkBuilder {
public:
  /// A value of the network: its index and its shape.
  struct Value {
    size_t index;
    int64_t channels, height, width;
    torch::Tensor clip; ///< Of a quantized activation.
  };
  /// First and last layers have 8-bit weights unless all are float.
  enum class Position { Edge, Inner };

  NetworkBuilder(Network &network, const Precision &precision)
      : network(network), precision(precision) {}

  Value input(int64_t channels, int64_t height, int64_t width);
  Value conv2d(const std::string &name, const Value &x, int64_t channels,
               int64_t kernel, int64_t stride = 1,
               Position position = Position::Inner);
  Value batchNorm(const std::string &name, const Value &x);
  /// ReLU, quantized to the activations' bits.
  Value activation(const std::string &name, const Value &x);
  /// Signed 8 bits, so that the operand of a residual add is low-bit too.
  Value shortcutQuantizer(const std::string &name, const Value &x);
  Value add(const Value &a, const Value &b);
  Value maxPool(const Value &x);
  /// Mean over the image, quantized to 8 bits where activations are quantized,
  /// then flattened.
  Value globalAveragePool(const Value &x);
  Value flatten(const Value &x);
  Value linear(const std::string &name, const Value &x, int64_t outputs);

  /// The names of the layers with weights, for messages.
  const std::vector<std::string> &getLayerNames() const { return names; }

private:
  Value append(std::unique_ptr<Layer> layer, std::vector<size_t> inputs,
               int64_t channels, int64_t height, int64_t width);
  std::unique_ptr<Weights> weights(const std::string &name, Position position,
                                   const std::vector<int64_t> &shape);

  Network &network;
  Precision precision;
  std::vector<std::string> names;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_NETWORKBUILDER_H
