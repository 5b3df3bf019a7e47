//===- ModelBuilder.h - writes networks as slb IR ---------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Builds a network at phase `search` layer by layer and writes it to a file.
// The header needs no MLIR, so that the trainer can use it beside LibTorch.
//
// Layouts: activations NHWC with N = 1, convolution filters OHWI (I = input
// channels / groups), linear filters [O, I].
//
//===----------------------------------------------------------------------===//

#ifndef SLB_MODEL_MODELBUILDER_H
#define SLB_MODEL_MODELBUILDER_H

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace slb {

/// The preset integers of a low-bit tensor; a real value is scale * integer.
struct ValueSet {
  enum class Kind {
    Odd,   ///< 2q - (2^bits - 1), q = 0 .. 2^bits - 1: SLB's uniform sets.
    Range, ///< lo, lo + 1, ..., hi.
    List,  ///< The given integers, ascending.
  };
  Kind kind = Kind::Odd;
  unsigned bits = 1;           ///< Odd: 1..4.
  int64_t lo = 0, hi = 0;      ///< Range.
  std::vector<int64_t> values; ///< List.

  static ValueSet odd(unsigned bits);
  static ValueSet range(int64_t lo, int64_t hi);
  static ValueSet list(std::vector<int64_t> values);
};

/// The weights of a convolution or a linear layer.
struct LayerWeights {
  enum class Kind {
    Searched, ///< data: logits [K, filter shape...], candidate-major.
    LowBit,   ///< codes: indices into the value set, filter shape.
    Float,    ///< data: weights, filter shape.
  };
  Kind kind = Kind::Float;
  std::vector<int64_t> shape; ///< The filter's shape: [O, kh, kw, I] or [O, I].
  std::vector<float> data;
  std::vector<uint8_t> codes;
  ValueSet set;
  /// One scale, or one an output channel. SLB's sets have 1 / (K - 1).
  std::vector<float> scales;
  float temperature = 1; ///< Searched: the inverse temperature at the end.
};

struct Conv2DGeometry {
  std::array<int64_t, 2> strides = {1, 1};
  std::array<int64_t, 4> pads = {0, 0, 0, 0}; ///< Top, bottom, left, right.
  std::array<int64_t, 2> dilations = {1, 1};
  int64_t groups = 1;
};

/// Batch norm with State BN's two sets of statistics, one value a channel.
struct BatchNormParameters {
  std::vector<float> gamma, beta;
  std::vector<float> mean, variance; ///< Of the expected weights.
  std::vector<float> discreteMean, discreteVariance;
  float epsilon = 1e-5f;
};

/// Builds one network, then writes it. Misuse (wrong sizes) is reported by
/// write(), which verifies the module.
class ModelBuilder {
public:
  /// A value of the network under construction.
  using Value = unsigned;

  explicit ModelBuilder(const std::string &name);
  ~ModelBuilder();
  ModelBuilder(const ModelBuilder &) = delete;
  ModelBuilder &operator=(const ModelBuilder &) = delete;

  /// The network's input, NHWC with N = 1, of the integers of `set`. Where they
  /// come from pixels, an integer is pixel - `pixelOffset`.
  Value input(const std::vector<int64_t> &shape, const ValueSet &set,
              float scale, std::optional<int64_t> pixelOffset = std::nullopt);

  Value conv2d(Value x, const LayerWeights &weights,
               const Conv2DGeometry &geometry, const std::string &layer);
  Value linear(Value x, const LayerWeights &weights, const std::string &layer);
  Value stateBatchNorm(Value x, const BatchNormParameters &parameters);
  /// x + bias, one value a channel.
  Value bias(Value x, const std::vector<float> &bias);
  Value relu(Value x);
  Value add(Value a, Value b);
  Value maxPool2d(Value x, std::array<int64_t, 2> kernel,
                  std::array<int64_t, 2> strides, std::array<int64_t, 4> pads);
  Value averagePool2d(Value x, std::array<int64_t, 2> kernel,
                      std::array<int64_t, 2> strides,
                      std::array<int64_t, 4> pads);
  /// Nearest value of scale * set, ties upward, saturating.
  Value quantize(Value x, const ValueSet &set, float scale);
  Value concat(const std::vector<Value> &xs); ///< Along the channels.
  Value flatten(Value x);                     ///< [1, H, W, C] to [1, H*W*C].

  /// Returns `outputs` from the network, verifies it and writes it to `path`:
  /// as text, or as bytecode where the weights take more than 16 MiB. Writes
  /// to a temporary file first, so `path` is never left half written. False
  /// and a message in `error` if that fails.
  bool write(const std::vector<Value> &outputs, const std::string &path,
             std::string &error);

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace slb

#endif // SLB_MODEL_MODELBUILDER_H
