//===- Layers.h - the layers of the networks --------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_LAYERS_H
#define SLB_LIB_TRAINING_LAYERS_H

#include "Layer.h"
#include "State.h"
#include "Weights.h"

namespace slb {

using Tensors = std::vector<torch::Tensor>;
using Values = std::vector<ModelBuilder::Value>;

/// A square convolution without bias, padded so that stride 1 keeps the size.
class Conv2dLayer : public Layer {
public:
  Conv2dLayer(const std::string &name, std::unique_ptr<Weights> weights,
              int64_t kernel, int64_t stride)
      : name(name), weights(std::move(weights)), padding(kernel / 2),
        stride(stride) {}
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;
  const Weights &getWeights() const { return *weights; }

private:
  std::string name;
  std::unique_ptr<Weights> weights;
  int64_t padding, stride;
};

/// A linear layer with bias.
class LinearLayer : public Layer {
public:
  LinearLayer(const std::string &name, std::unique_ptr<Weights> weights,
              const torch::Tensor &bias)
      : name(name), weights(std::move(weights)), bias(bias) {}
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;
  const Weights &getWeights() const { return *weights; }

private:
  std::string name;
  std::unique_ptr<Weights> weights;
  torch::Tensor bias;
};

/// Batch norm with two sets of statistics, those of the expected and those of
/// the discrete weights, and one set of affine parameters.
class StateBatchNormLayer : public Layer {
public:
  StateBatchNormLayer(NetworkState &state, const std::string &name,
                      int64_t channels);
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;

private:
  torch::Tensor gamma, beta;
  torch::Tensor mean, variance, discreteMean, discreteVariance;
};

/// PACT: rounds to scale * lo..hi with a learned clip = scale * hi. Ties go
/// upward. Values within the clip pass their gradient straight through; the
/// clip learns from those beyond it and, as LSQ's step size does, from the
/// rounding errors of those within.
class ActivationQuantizerLayer : public Layer {
public:
  ActivationQuantizerLayer(const torch::Tensor &clip, int64_t lo, int64_t hi)
      : clip(clip), lo(lo), hi(hi) {}
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;

private:
  torch::Tensor scale() const;

  torch::Tensor clip;
  int64_t lo, hi;
};

class ReluLayer : public Layer {
public:
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;
};

class AddLayer : public Layer {
public:
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;
};

/// Max pooling of non-overlapping 2x2 windows.
class MaxPoolLayer : public Layer {
public:
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;
};

/// The mean over the image, [N, C, H, W] to [N, C, 1, 1].
class GlobalAveragePoolLayer : public Layer {
public:
  GlobalAveragePoolLayer(int64_t height, int64_t width)
      : height(height), width(width) {}
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;

private:
  int64_t height, width;
};

/// [N, C, H, W] to [N, H * W * C].
class FlattenLayer : public Layer {
public:
  torch::Tensor forward(const Tensors &inputs,
                        const ForwardMode &mode) override;
  ModelBuilder::Value emit(ModelBuilder &builder, const Values &inputs,
                           const ForwardMode &mode) const override;
};

} // namespace slb

#endif // SLB_LIB_TRAINING_LAYERS_H
