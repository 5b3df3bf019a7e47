//===- RandomNetwork.h - small random networks for testing ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_RANDOM_RANDOMNETWORK_H
#define SLB_TEST_RANDOM_RANDOMNETWORK_H

#include "slb/Model/ModelBuilder.h"
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace slb {

/// Draws a network of a few layers from a seed: kernels of 1, 3, 5 and 7 with
/// any strides, pads, dilations and groups, channels that are no multiple of
/// 32, residuals, pools, concatenations, every weight set and activation. The
/// same seed always gives the same network.
class RandomNetwork {
public:
  explicit RandomNetwork(uint64_t seed);

  /// Writes the network, at phase `search`, to `path`.
  bool write(const std::string &path, std::string &error);

  /// Activations are float32: outputs are equal only up to rounding.
  bool isFloat() const { return activation == Activation::Float; }

  /// One line that says what was drawn, for messages about failures.
  const std::string &getDescription() const { return description; }

private:
  enum class Activation { Bit, Sign, Bits2, Bits3, Bits4, Bits8, Float };

  struct Tensor {
    ModelBuilder::Value value;
    int64_t height, width, channels;
    /// Root mean square of the values, so that norms can be drawn to match.
    float rms;
  };

  int64_t draw(int64_t lo, int64_t hi);
  float drawReal(float lo, float hi);
  bool chance(int percent) { return draw(0, 99) < percent; }

  ValueSet drawWeightSet();
  LayerWeights drawWeights(std::vector<int64_t> shape, bool isFirstOrLast);
  std::vector<float> drawVector(int64_t count, float lo, float hi);
  ModelBuilder::Value drawNorm(ModelBuilder::Value x, int64_t channels,
                               float rms);
  ValueSet getActivationSet() const;
  Tensor activate(ModelBuilder::Value x, int64_t height, int64_t width,
                  int64_t channels);

  Tensor drawInput();
  Tensor addConvolution(const Tensor &x, bool isFirst);
  Tensor addResidualBlock(const Tensor &x);
  Tensor addPool(const Tensor &x);
  Tensor addConcat(const Tensor &x);
  ModelBuilder::Value addClassifier(const Tensor &x);

  std::mt19937_64 generator;
  ModelBuilder builder;
  Activation activation;
  float scale = 1; ///< Of the activations' set.
  int layers = 0;
  ModelBuilder::Value output;
  std::string description;
};

} // namespace slb

#endif // SLB_TEST_RANDOM_RANDOMNETWORK_H
