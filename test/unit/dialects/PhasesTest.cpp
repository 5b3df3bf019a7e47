//===- PhasesTest.cpp - whole networks from search to integer -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"
#include "dialects/slb/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "slb/Model/ModelBuilder.h"
#include "slb/Pipelines/Registration.h"
#include <filesystem>
#include <gtest/gtest.h>
#include <random>

using namespace slb;

namespace {

/// How the layers of a network are quantized.
struct Quantization {
  unsigned weightBits;
  ValueSet activation;
  const char *name;
};

/// Builds networks as the trainer does, with random parameters.
class RandomNetwork {
public:
  explicit RandomNetwork(const Quantization &quantization)
      : quantization(quantization), builder("network") {}

  using Value = ModelBuilder::Value;

  Value conv(Value x, int64_t in, int64_t out, int64_t kernel, int64_t stride) {
    LayerWeights weights = makeWeights({out, kernel, kernel, in});
    Conv2DGeometry geometry;
    geometry.strides = {stride, stride};
    int64_t pad = kernel / 2;
    geometry.pads = {pad, pad, pad, pad};
    return norm(
        builder.conv2d(x, weights, geometry, "conv" + std::to_string(++layers)),
        out);
  }
  Value activate(Value x) {
    if (quantization.activation.kind == ValueSet::Kind::Range)
      x = builder.relu(x);
    return builder.quantize(x, quantization.activation, 0.3f);
  }
  /// 8-bit weights, a scale a channel, and a bias.
  Value classifier(Value x, int64_t in, int64_t out) {
    LayerWeights weights;
    weights.kind = LayerWeights::Kind::LowBit;
    weights.set = ValueSet::range(-127, 127);
    weights.shape = {out, in};
    for (int64_t i = 0; i < in * out; ++i)
      weights.codes.push_back(random() % 255);
    weights.scales = makeFloats(out, 0.01f, 0.1f);
    return builder.bias(builder.linear(x, weights, "classifier"),
                        makeFloats(out, -1, 1));
  }
  Value norm(Value x, int64_t channels) {
    BatchNormParameters p;
    p.gamma = makeFloats(channels, -1, 1); // Some channels fall.
    p.beta = makeFloats(channels, -1, 1);
    p.mean = p.discreteMean = makeFloats(channels, -1, 1);
    p.variance = p.discreteVariance = makeFloats(channels, 0.5f, 2);
    return builder.stateBatchNorm(x, p);
  }
  LayerWeights makeWeights(std::vector<int64_t> shape) {
    LayerWeights weights;
    weights.kind = LayerWeights::Kind::Searched;
    weights.set = ValueSet::odd(quantization.weightBits);
    size_t count = size_t(1) << quantization.weightBits;
    for (int64_t size : shape)
      count *= size;
    weights.data = makeFloats(count, -1, 1);
    weights.shape = std::move(shape);
    return weights;
  }
  std::vector<float> makeFloats(size_t count, float lo, float hi) {
    std::uniform_real_distribution<float> uniform(lo, hi);
    std::vector<float> values(count);
    for (float &value : values)
      value = uniform(random);
    return values;
  }

  Quantization quantization;
  ModelBuilder builder;
  std::mt19937 random{1};
  int layers = 0;
};

class Phases : public testing::TestWithParam<Quantization> {
protected:
  Phases() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
  }

  /// Brings the network to phase `integer`.
  void integerize(RandomNetwork &network, ModelBuilder::Value output) {
    std::string path = testing::TempDir() + "slb-phases-" +
                       std::to_string(std::random_device()()) + ".mlir";
    std::string error;
    ASSERT_TRUE(network.builder.write({output}, path, error)) << error;
    module = mlir::parseSourceFile<mlir::ModuleOp>(path, &context);
    std::filesystem::remove(path);
    ASSERT_TRUE(module);
    mlir::PassManager passes(&context);
    passes.addNestedPass<mlir::func::FuncOp>(createSLBSelect());
    passes.addNestedPass<mlir::func::FuncOp>(createSLBFuse());
    passes.addNestedPass<mlir::func::FuncOp>(createSLBIntegerize());
    ASSERT_TRUE(mlir::succeeded(passes.run(*module)));
  }

  /// No real value is left.
  void expectIntegersOnly() {
    module->walk([](mlir::Operation *op) {
      for (mlir::Type type : op->getResultTypes())
        EXPECT_FALSE(mlir::getElementTypeOrSelf(type).isF32())
            << op->getName().getStringRef().str();
    });
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace

TEST_P(Phases, Chain) {
  RandomNetwork net(GetParam());
  auto x = net.builder.input({1, 9, 9, 1}, ValueSet::range(0, 16), 1.0f / 16);
  x = net.conv(x, 1, 4, 3, 1);
  x = net.activate(net.builder.maxPool2d(x, {2, 2}, {2, 2}, {0, 0, 0, 0}));
  x = net.conv(x, 4, 6, 3, 1);
  x = net.activate(net.builder.maxPool2d(x, {3, 3}, {2, 2}, {1, 1, 1, 1}));
  x = net.classifier(net.builder.flatten(x), 2 * 2 * 6, 10);
  integerize(net, x);
  if (!HasFatalFailure())
    expectIntegersOnly();
}

TEST_P(Phases, Residual) {
  RandomNetwork net(GetParam());
  if (net.quantization.activation.kind == ValueSet::Kind::Odd)
    GTEST_SKIP() << "signs of sums are not in the dialect";
  auto x = net.builder.input({1, 8, 8, 3}, ValueSet::range(0, 255), 1.0f / 255);
  x = net.activate(net.conv(x, 3, 4, 3, 1));
  auto y = net.activate(net.conv(x, 4, 4, 3, 1));
  x = net.activate(net.builder.add(net.conv(y, 4, 4, 3, 1), x));
  y = net.activate(net.conv(x, 4, 8, 3, 2));
  auto shortcut = net.builder.quantize(net.conv(x, 4, 8, 1, 2),
                                       ValueSet::range(-128, 127), 0.05f);
  x = net.activate(net.builder.add(net.conv(y, 8, 8, 3, 1), shortcut));
  x = net.builder.averagePool2d(x, {4, 4}, {4, 4}, {0, 0, 0, 0});
  x = net.builder.quantize(x, ValueSet::range(0, 255), 0.01f);
  x = net.classifier(net.builder.flatten(x), 8, 10);
  integerize(net, x);
  if (!HasFatalFailure())
    expectIntegersOnly();
}

TEST_P(Phases, Branches) {
  RandomNetwork net(GetParam());
  auto x = net.builder.input({1, 8, 8, 2}, ValueSet::range(0, 255), 1.0f / 255);
  auto a = net.activate(net.conv(x, 2, 4, 1, 1));
  auto b = net.conv(x, 2, 4, 3, 1); // Quantized behind the concatenation.
  x = net.activate(net.builder.concat({a, b}));
  x = net.classifier(net.builder.flatten(x), 8 * 8 * 8, 3);
  integerize(net, x);
  if (!HasFatalFailure())
    expectIntegersOnly();
}

INSTANTIATE_TEST_SUITE_P(
    Activations, Phases,
    testing::Values(Quantization{1, ValueSet::odd(1), "W1Sign"},
                    Quantization{1, ValueSet::range(0, 1), "W1A1"},
                    Quantization{2, ValueSet::range(0, 3), "W2A2"},
                    Quantization{4, ValueSet::range(0, 15), "W4A4"},
                    Quantization{1, ValueSet::range(0, 255), "W1A8"}),
    [](const auto &info) { return info.param.name; });
