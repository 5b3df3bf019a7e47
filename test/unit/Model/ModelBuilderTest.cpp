//===- ModelBuilderTest.cpp - what the model builder writes ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Model/ModelBuilder.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Parser/Parser.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace slb;

namespace {

/// A file that goes away with the test.
struct TemporaryFile {
  std::string path =
      testing::TempDir() + "slb-model-" +
      testing::UnitTest::GetInstance()->current_test_info()->name() + ".mlir";
  ~TemporaryFile() { std::filesystem::remove(path); }
  std::string readStart() const {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {}).substr(0, 8192);
  }
};

/// The module in a file, with the context it lives in.
struct ParsedModel {
  explicit ParsedModel(const std::string &path) {
    context.loadDialect<SLBDialect, mlir::arith::ArithDialect,
                        mlir::func::FuncDialect, mlir::tensor::TensorDialect,
                        mlir::tosa::TosaDialect>();
    module = mlir::parseSourceFile<mlir::ModuleOp>(
        path, mlir::ParserConfig(&context));
  }
  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

LayerWeights makeSearched(std::vector<int64_t> shape, unsigned bits) {
  LayerWeights weights;
  weights.kind = LayerWeights::Kind::Searched;
  weights.set = ValueSet::odd(bits);
  size_t count = size_t(1) << bits;
  for (int64_t size : shape)
    count *= size;
  for (size_t i = 0; i < count; ++i)
    weights.data.push_back(0.001f * i);
  weights.shape = std::move(shape);
  weights.temperature = 40.0f;
  return weights;
}

BatchNormParameters makeNorm(size_t channels) {
  BatchNormParameters norm;
  norm.gamma = norm.variance = norm.discreteVariance =
      std::vector<float>(channels, 1.0f);
  norm.beta = norm.mean = norm.discreteMean = std::vector<float>(channels, 0);
  return norm;
}

TEST(ModelBuilder, WritesEveryKindOfLayer) {
  TemporaryFile file;
  ModelBuilder net("net");
  auto x = net.input({1, 9, 9, 3}, ValueSet::range(0, 255), 1.0f / 255);
  Conv2DGeometry same;
  same.pads = {1, 1, 1, 1};
  auto y = net.conv2d(x, makeSearched({8, 3, 3, 3}, 2), same, "conv1");
  y = net.relu(net.stateBatchNorm(y, makeNorm(8)));
  y = net.quantize(y, ValueSet::range(0, 3), 0.5f);
  auto z = net.conv2d(y, makeSearched({8, 3, 3, 8}, 1), same, "conv2");
  y = net.add(y, net.bias(z, std::vector<float>(8, 0.5f)));
  y = net.maxPool2d(y, {2, 2}, {2, 2}, {0, 0, 0, 0});
  y = net.concat({y, net.averagePool2d(y, {3, 3}, {1, 1}, {1, 1, 1, 1})});
  y = net.flatten(net.quantize(y, ValueSet::odd(1), 1.0f));
  LayerWeights codes;
  codes.kind = LayerWeights::Kind::LowBit;
  codes.set = ValueSet::list({-1, 0, 1});
  codes.shape = {10, 4 * 4 * 16};
  codes.codes.assign(10 * 4 * 4 * 16, 2);
  codes.scales.assign(10, 0.25f);
  y = net.linear(y, codes, "fc");

  std::string error;
  ASSERT_TRUE(net.write({y}, file.path, error)) << error;
  ParsedModel model(file.path);
  ASSERT_TRUE(model.module);
  auto function = model.module->lookupSymbol<mlir::func::FuncOp>("net");
  ASSERT_TRUE(function);
  EXPECT_TRUE(function.isPublic());
  std::vector<std::string> layers;
  function.walk([&](mlir::Operation *op) {
    if (auto layer = op->getAttrOfType<mlir::StringAttr>("layer"))
      layers.push_back(layer.str());
  });
  EXPECT_EQ(layers, (std::vector<std::string>{"conv1", "conv2", "fc"}));
}

TEST(ModelBuilder, KeepsEveryLogit) {
  TemporaryFile file;
  ModelBuilder net("net");
  auto x = net.input({1, 64}, ValueSet::range(0, 15), 1.0f);
  LayerWeights weights = makeSearched({32, 64}, 4);
  std::string error;
  ASSERT_TRUE(net.write({net.linear(x, weights, "fc")}, file.path, error))
      << error;
  EXPECT_NE(file.readStart().find("dense_resource<fc.logits>"),
            std::string::npos);
  ParsedModel model(file.path);
  ASSERT_TRUE(model.module);
  model.module->walk([&](ExpectationOp op) {
    auto constant = op.getLogits().getDefiningOp<mlir::arith::ConstantOp>();
    auto elements =
        mlir::cast<mlir::DenseResourceElementsAttr>(constant.getValue());
    EXPECT_EQ(elements.getRawHandle().getBlob()->getDataAs<float>(),
              llvm::ArrayRef<float>(weights.data));
  });
}

TEST(ModelBuilder, WritesLargeModelsAsBytecode) {
  TemporaryFile file;
  ModelBuilder net("net");
  auto x = net.input({1, 1024}, ValueSet::range(0, 15), 1.0f);
  auto y = net.linear(x, makeSearched({2048, 1024}, 2), "fc");
  std::string error;
  ASSERT_TRUE(net.write({y}, file.path, error)) << error;
  EXPECT_EQ(file.readStart().substr(0, 4), "ML\xefR");
  EXPECT_TRUE(ParsedModel(file.path).module);
}

TEST(ModelBuilder, ReportsTheFirstMisuse) {
  TemporaryFile file;
  ModelBuilder net("net");
  auto x = net.input({1, 8, 8, 4}, ValueSet::range(0, 15), 1.0f);
  LayerWeights weights = makeSearched({8, 3, 3, 4}, 1);
  weights.data.pop_back();
  auto y = net.conv2d(x, weights, {}, "conv1");
  y = net.stateBatchNorm(y, makeNorm(3));
  std::string error;
  EXPECT_FALSE(net.write({y}, file.path, error));
  EXPECT_EQ(error, "network 'net': layer 'conv1': conv1.logits expects 576 "
                   "values, but got 575");
  EXPECT_FALSE(std::filesystem::exists(file.path));
}

/// What a network says whose input is a 1x4x4x2 image.
std::string getMisuse(
    llvm::function_ref<ModelBuilder::Value(ModelBuilder &, unsigned)> build) {
  TemporaryFile file;
  ModelBuilder net("net");
  auto x = net.input({1, 4, 4, 2}, ValueSet::range(0, 15), 1.0f);
  std::string error;
  EXPECT_FALSE(net.write({build(net, x)}, file.path, error));
  return error;
}

TEST(ModelBuilder, SearchedWeightsOfTwoScales) {
  EXPECT_EQ(getMisuse([](ModelBuilder &net, unsigned x) {
              LayerWeights weights = makeSearched({2, 1, 1, 2}, 1);
              weights.scales = {1, 2};
              return net.conv2d(x, weights, {}, "c");
            }),
            "network 'net': layer 'c': expects one scale for searched weights, "
            "but got 2");
}

TEST(ModelBuilder, OddSetOfFiveBits) {
  EXPECT_EQ(getMisuse([](ModelBuilder &net, unsigned x) {
              LayerWeights weights = makeSearched({2, 1, 1, 2}, 1);
              weights.set = ValueSet::odd(5);
              return net.conv2d(x, weights, {}, "c");
            }),
            "network 'net': layer 'c': expects 1 to 4 bits in an odd value "
            "set");
}

TEST(ModelBuilder, ConvolutionOfOtherRank) {
  EXPECT_EQ(getMisuse([](ModelBuilder &net, unsigned x) {
              return net.conv2d(x, makeSearched({2, 2}, 1), {}, "c");
            }),
            "network 'net': layer 'c': expects input and filter of rank 4, but "
            "got 4 and 2");
}

TEST(ModelBuilder, ConvolutionWithoutStrides) {
  EXPECT_EQ(getMisuse([](ModelBuilder &net, unsigned x) {
              Conv2DGeometry geometry;
              geometry.strides = {1, 0};
              return net.conv2d(x, makeSearched({2, 1, 1, 2}, 1), geometry,
                                "c");
            }),
            "network 'net': layer 'c': expects positive strides, but got [1, "
            "0]");
}

TEST(ModelBuilder, LinearOfOtherRank) {
  EXPECT_EQ(getMisuse([](ModelBuilder &net, unsigned x) {
              return net.linear(net.flatten(x), makeSearched({2, 2, 1, 1}, 1),
                                "fc");
            }),
            "network 'net': layer 'fc': expects a filter of rank 2, but got 4");
}

TEST(ModelBuilder, SumOfOtherShapes) {
  EXPECT_EQ(getMisuse([](ModelBuilder &net, unsigned x) {
              return net.add(x, net.flatten(x));
            }),
            "network 'net': add expects operands of one shape, but got "
            "'tensor<1x4x4x2xf32>' and 'tensor<1x32xf32>'");
}

TEST(ModelBuilder, PoolOfOtherRank) {
  EXPECT_EQ(getMisuse([](ModelBuilder &net, unsigned x) {
              return net.maxPool2d(net.flatten(x), {2, 2}, {2, 2}, {});
            }),
            "network 'net': pooling expects an input of rank 4 and positive "
            "strides");
}

TEST(ModelBuilder, OutputOfAnotherNetwork) {
  EXPECT_EQ(getMisuse([](ModelBuilder &, unsigned x) { return x + 1; }),
            "network 'net': expects the outputs to be values of this network");
}

TEST(ModelBuilder, ReportsWhatTheVerifierFinds) {
  TemporaryFile file;
  ModelBuilder net("net");
  auto x = net.input({1, 8, 8, 4}, ValueSet::range(0, 15), 1.0f);
  auto y = net.conv2d(x, makeSearched({8, 3, 3, 3}, 1), {}, "conv1");
  std::string error;
  EXPECT_FALSE(net.write({y}, file.path, error));
  EXPECT_NE(error.find("layer 'conv1': 'slb.conv2d' op expects"),
            std::string::npos)
      << error;
}

TEST(ModelBuilder, NamesTheFileItCannotWrite) {
  ModelBuilder net("net");
  auto x = net.input({1, 4}, ValueSet::range(0, 15), 1.0f);
  std::string error;
  EXPECT_FALSE(net.write({net.relu(x)}, "/nonexistent/net.mlir", error));
  EXPECT_EQ(error.rfind("/nonexistent/net.mlir: ", 0), 0u) << error;
}

} // namespace
