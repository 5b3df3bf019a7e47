//===- ReferenceTest.cpp - compiled networks against naive loops ----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Reference/Reference.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "slb/Host/HostCompiler.h"
#include "slb/Model/ModelBuilder.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>

using namespace slb;

namespace {

std::unique_ptr<ReferenceModel>
compile(const std::string &source,
        ReferenceModel::Outputs outputs = ReferenceModel::Outputs::Network) {
  mlir::DialectRegistry registry;
  registerHostDialects(registry);
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  if (!module)
    return nullptr;
  std::string error;
  auto model = ReferenceModel::create(*module, outputs, error);
  EXPECT_TRUE(model) << error;
  return model;
}

std::mt19937 random_;

int64_t pick(int64_t lo, int64_t hi) {
  return std::uniform_int_distribution<int64_t>(lo, hi)(random_);
}

/// A convolution with its requantization, random in every respect.
struct RandomConvolution {
  int64_t height = pick(3, 9), width = pick(3, 9);
  int64_t groups = pick(0, 2) ? 1 : pick(1, 4);
  int64_t groupInputs = pick(1, 5), groupOutputs = pick(1, 5);
  int64_t kernelHeight = pick(1, 3), kernelWidth = pick(1, 3);
  int64_t strideHeight = pick(1, 2), strideWidth = pick(1, 2);
  int64_t dilation = pick(1, 2);
  int64_t top = pick(0, 2), bottom = pick(0, 2), left = pick(0, 2),
          right = pick(0, 2);
  int64_t pool = pick(1, 2);
  int64_t inputs = groups * groupInputs, outputs = groups * groupOutputs;

  int64_t getConvHeight() const {
    return (height + top + bottom - dilation * (kernelHeight - 1) - 1) /
               strideHeight +
           1;
  }
  int64_t getConvWidth() const {
    return (width + left + right - dilation * (kernelWidth - 1) - 1) /
               strideWidth +
           1;
  }
  int64_t getOutputHeight() const { return getConvHeight() / pool; }
  int64_t getOutputWidth() const { return getConvWidth() / pool; }
  bool isPossible() const {
    return height + top + bottom > dilation * (kernelHeight - 1) &&
           width + left + right > dilation * (kernelWidth - 1) &&
           getOutputHeight() > 0 && getOutputWidth() > 0;
  }
  int64_t getRowLength() const {
    return kernelHeight * kernelWidth * groupInputs;
  }

  std::string getAttributes() const {
    auto pair = [](int64_t a, int64_t b) {
      return "array<i64: " + std::to_string(a) + ", " + std::to_string(b) + ">";
    };
    return "strides = " + pair(strideHeight, strideWidth) +
           ", pads = array<i64: " + std::to_string(top) + ", " +
           std::to_string(bottom) + ", " + std::to_string(left) + ", " +
           std::to_string(right) +
           ">, dilations = " + pair(dilation, dilation) +
           ", groups = " + std::to_string(groups) +
           " : i64, pool = " + pair(pool, pool) + ", layer = \"conv\"";
  }
  std::string getShape(int64_t h, int64_t w, int64_t c) const {
    return "1x" + std::to_string(h) + "x" + std::to_string(w) + "x" +
           std::to_string(c);
  }
  std::string getInputShape() const { return getShape(height, width, inputs); }
  std::string getOutputShape() const {
    return getShape(getOutputHeight(), getOutputWidth(), outputs);
  }
  std::string getFilterShape() const {
    return std::to_string(outputs) + "x" + std::to_string(kernelHeight) + "x" +
           std::to_string(kernelWidth) + "x" + std::to_string(groupInputs);
  }

  /// The pooled sums, channels innermost.
  std::vector<int64_t> compute(const std::vector<int64_t> &x,
                               const std::vector<int64_t> &w) const {
    std::vector<int64_t> sums;
    for (int64_t y = 0; y < getOutputHeight(); ++y)
      for (int64_t i = 0; i < getOutputWidth(); ++i)
        for (int64_t o = 0; o < outputs; ++o) {
          int64_t max = INT64_MIN;
          for (int64_t py = 0; py < pool; ++py)
            for (int64_t px = 0; px < pool; ++px)
              max = std::max(max, sum(x, w, y * pool + py, i * pool + px, o));
          sums.push_back(max);
        }
    return sums;
  }
  int64_t sum(const std::vector<int64_t> &x, const std::vector<int64_t> &w,
              int64_t oy, int64_t ox, int64_t o) const {
    int64_t total = 0;
    for (int64_t ky = 0; ky < kernelHeight; ++ky)
      for (int64_t kx = 0; kx < kernelWidth; ++kx)
        for (int64_t c = 0; c < groupInputs; ++c) {
          int64_t iy = oy * strideHeight + ky * dilation - top;
          int64_t ix = ox * strideWidth + kx * dilation - left;
          if (iy < 0 || iy >= height || ix < 0 || ix >= width)
            continue;
          int64_t channel = o / groupOutputs * groupInputs + c;
          total +=
              x[(iy * width + ix) * inputs + channel] *
              w[((o * kernelHeight + ky) * kernelWidth + kx) * groupInputs + c];
        }
    return total;
  }
};

RandomConvolution makeConvolution() {
  RandomConvolution conv;
  while (!conv.isPossible())
    conv = RandomConvolution();
  return conv;
}

template <typename T> std::string join(const std::vector<T> &values) {
  std::string text;
  for (const T &value : values)
    text += (text.empty() ? "" : ", ") + std::to_string(value);
  return text;
}

/// dense elements of T, in the form that needs no nested brackets.
template <typename T> std::string getDense(const std::vector<int64_t> &values) {
  static const char *digits = "0123456789ABCDEF";
  std::string text = "dense<\"0x";
  for (int64_t value : values)
    for (size_t byte = 0; byte < sizeof(T); ++byte) {
      text += digits[value >> (8 * byte + 4) & 15];
      text += digits[value >> (8 * byte) & 15];
    }
  return text + "\">";
}

/// A value set as IR spells it, and its integers.
struct Set {
  std::string name;
  std::vector<int64_t> integers;
};

Set makeRange(int64_t lo, int64_t hi) {
  Set set{"range<" + std::to_string(lo) + ":" + std::to_string(hi) + ">", {}};
  for (int64_t i = lo; i <= hi; ++i)
    set.integers.push_back(i);
  return set;
}

Set makeOdd(int bits) {
  Set set{"odd<" + std::to_string(bits) + ">", {}};
  int64_t last = (1 << bits) - 1;
  for (int64_t q = 0; q <= last; ++q)
    set.integers.push_back(2 * q - last);
  return set;
}

Set pickInputSet() {
  std::vector<Set> sets = {makeRange(0, 255), makeRange(0, 3),
                           makeRange(-127, 127), makeOdd(1)};
  return sets[pick(0, sets.size() - 1)];
}

Set pickFilterSet() {
  std::vector<Set> sets = {makeOdd(1),
                           makeOdd(2),
                           makeOdd(4),
                           makeRange(-127, 127),
                           {"list<-4, -1, 0, 1, 4>", {-4, -1, 0, 1, 4}}};
  return sets[pick(0, sets.size() - 1)];
}

/// Codes and the integers they stand for.
struct Codes {
  std::vector<int64_t> codes, integers;
  Codes(const Set &set, int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      codes.push_back(pick(0, set.integers.size() - 1));
      integers.push_back(set.integers[codes.back()]);
    }
  }
  std::string getConstant(const std::string &shape, const Set &set) const {
    return "slb.constant " + getDense<int8_t>(codes) + " : tensor<" + shape +
           "xi8> : tensor<" + shape + "x!slb.lowbit<" + set.name + ">>\n";
  }
};

std::vector<int8_t> getBytes(const std::vector<int64_t> &integers) {
  return std::vector<int8_t>(integers.begin(), integers.end());
}

TEST(Reference, CountsThresholds) {
  for (int round = 0; round < 20; ++round) {
    random_.seed(round);
    RandomConvolution conv = makeConvolution();
    Set inputSet = pickInputSet(), filterSet = pickFilterSet();
    bool isSign = pick(0, 3) == 0, hasSigns = pick(0, 1);
    Set resultSet = isSign ? makeOdd(1) : makeRange(0, (1 << pick(1, 4)) - 1);
    Codes x(inputSet, conv.height * conv.width * conv.inputs);
    Codes w(filterSet, conv.outputs * conv.getRowLength());
    int64_t levels = resultSet.integers.size() - 1;
    std::vector<int64_t> sums = conv.compute(x.integers, w.integers);
    std::vector<int64_t> thresholds, signs;
    for (int64_t o = 0; o < conv.outputs; ++o) {
      signs.push_back(hasSigns && pick(0, 1) ? -1 : 1);
      std::vector<int64_t> row;
      for (int64_t l = 0; l < levels; ++l)
        row.push_back(signs[o] * sums[pick(0, sums.size() - 1)]);
      std::sort(row.begin(), row.end());
      thresholds.insert(thresholds.end(), row.begin(), row.end());
    }
    std::string n = std::to_string(conv.outputs), l = std::to_string(levels);
    std::string input = "tensor<" + conv.getInputShape() + "x!slb.lowbit<" +
                        inputSet.name + ">>";
    std::string result = "tensor<" + conv.getOutputShape() + "x!slb.lowbit<" +
                         resultSet.name + ">>";
    std::string source =
        "func.func @net(%x: " + input + ") -> " + result +
        " {\n%f = " + w.getConstant(conv.getFilterShape(), filterSet) +
        "%t = arith.constant " + getDense<int32_t>(thresholds) + " : tensor<" +
        n + "x" + l + "xi32>\n" + "%s = arith.constant dense<[" + join(signs) +
        "]> : tensor<" + n +
        "xi8>\n%y = slb.integer_conv2d %x, %f thresholds = %t " +
        (hasSigns ? "signs = %s " : "") + "{" + conv.getAttributes() + "} : (" +
        input + ", tensor<" + conv.getFilterShape() + "x!slb.lowbit<" +
        filterSet.name + ">>, tensor<" + n + "x" + l + "xi32>" +
        (hasSigns ? ", tensor<" + n + "xi8>" : "") + ") -> " + result +
        "\nreturn %y : " + result + "\n}\n";
    auto model = compile(source);
    ASSERT_TRUE(model) << source;
    std::vector<int8_t> image = getBytes(x.integers), output(sums.size());
    model->run(image.data(), output.data());
    for (size_t i = 0; i < sums.size(); ++i) {
      int64_t o = i % conv.outputs, code = 0;
      for (int64_t j = 0; j < levels; ++j)
        code += signs[o] * sums[i] >= thresholds[o * levels + j];
      ASSERT_EQ(output[i], static_cast<int8_t>(resultSet.integers[code]))
          << "round " << round << ", element " << i << "\n"
          << source;
    }
  }
}

TEST(Reference, MultipliesAndShifts) {
  for (int round = 0; round < 20; ++round) {
    random_.seed(1000 + round);
    RandomConvolution conv = makeConvolution();
    Set inputSet = pickInputSet(), filterSet = pickFilterSet();
    std::vector<Set> resultSets = {makeRange(0, 255), makeRange(-127, 127)};
    bool isLogits = pick(0, 2) == 0;
    Set resultSet = resultSets[pick(0, 1)];
    if (isLogits)
      resultSet.name = "range<-2147483648:2147483647>";
    bool hasResidual = pick(0, 1);
    Set residualSet = makeRange(0, 255);
    Codes x(inputSet, conv.height * conv.width * conv.inputs);
    Codes w(filterSet, conv.outputs * conv.getRowLength());
    std::vector<int64_t> sums = conv.compute(x.integers, w.integers);
    Codes residual(residualSet, sums.size());
    std::vector<int64_t> multiplier, addend;
    for (int64_t o = 0; o < conv.outputs; ++o) {
      multiplier.push_back(pick(-100000, 100000));
      addend.push_back(pick(-10000000000, 10000000000));
    }
    int64_t shift = pick(8, 20), residualMultiplier = pick(-9999, 9999);
    std::string n = std::to_string(conv.outputs);
    auto type = [](const std::string &shape, const Set &set) {
      return "tensor<" + shape + "x!slb.lowbit<" + set.name + ">>";
    };
    std::string input = type(conv.getInputShape(), inputSet);
    std::string result = type(conv.getOutputShape(), resultSet);
    std::string other = type(conv.getOutputShape(), residualSet);
    std::string source =
        "func.func @net(%x: " + input + ", %r: " + other + ") -> " + result +
        " {\n%f = " + w.getConstant(conv.getFilterShape(), filterSet) +
        "%m = arith.constant dense<[" + join(multiplier) + "]> : tensor<" + n +
        "xi32>\n" + "%a = arith.constant dense<[" + join(addend) +
        "]> : tensor<" + n +
        "xi64>\n%y = slb.integer_conv2d %x, %f multiplier = %m addend = %a " +
        (hasResidual ? "residual = %r " : "") + "{" + conv.getAttributes() +
        ", shift = " + std::to_string(shift) + " : i64" +
        (hasResidual ? ", residual_multiplier = " +
                           std::to_string(residualMultiplier) + " : i32"
                     : "") +
        "} : (" + input + ", " + type(conv.getFilterShape(), filterSet) +
        ", tensor<" + n + "xi32>, tensor<" + n + "xi64>" +
        (hasResidual ? ", " + other : "") + ") -> " + result +
        "\nreturn %y : " + result + "\n}\n";
    auto model = compile(source);
    ASSERT_TRUE(model) << source;
    std::vector<int8_t> image = getBytes(x.integers);
    std::vector<int8_t> skip = getBytes(residual.integers);
    std::vector<int8_t> bytes(sums.size());
    std::vector<int32_t> words(sums.size());
    void *output = isLogits ? static_cast<void *>(words.data()) : bytes.data();
    model->run({image.data(), skip.data()}, {output});
    int64_t lo = isLogits ? INT32_MIN : resultSet.integers.front();
    int64_t hi = isLogits ? INT32_MAX : resultSet.integers.back();
    for (size_t i = 0; i < sums.size(); ++i) {
      int64_t o = i % conv.outputs;
      int64_t y = sums[i] * multiplier[o] + addend[o];
      if (hasResidual)
        y += residual.integers[i] * residualMultiplier;
      int64_t expected = std::clamp(y >> shift, lo, hi);
      if (isLogits)
        ASSERT_EQ(words[i], expected) << source;
      else
        ASSERT_EQ(bytes[i], static_cast<int8_t>(expected)) << source;
    }
  }
}

TEST(Reference, FusesOnRealValues) {
  for (int round = 0; round < 15; ++round) {
    random_.seed(2000 + round);
    RandomConvolution conv = makeConvolution();
    bool isFloat = pick(0, 1);
    Set filterSet = makeOdd(2);
    Codes x(makeRange(0, 255), conv.height * conv.width * conv.inputs);
    Codes w(filterSet, conv.outputs * conv.getRowLength());
    std::vector<int64_t> sums = conv.compute(x.integers, w.integers);
    std::vector<float> scale, shift, image;
    for (int64_t o = 0; o < conv.outputs; ++o) {
      scale.push_back(pick(-64, 64) / 16.0f);
      shift.push_back(pick(-64, 64) / 16.0f);
    }
    for (int64_t value : x.integers)
      image.push_back(value * 0.25f);
    std::string n = std::to_string(conv.outputs);
    std::string input =
        "tensor<" + conv.getInputShape() +
        (isFloat ? "xf32>" : "x!slb.lowbit<range<0:255>, scale = 0.25>>");
    std::string vector = "tensor<" + n + "xf32>";
    std::string result = "tensor<" + conv.getOutputShape() + "xf32>";
    std::string source =
        "func.func @net(%x: " + input + ") -> " + result +
        " {\n%f = " + w.getConstant(conv.getFilterShape(), filterSet) +
        "%a = arith.constant dense<[" + join(scale) + "]> : " + vector +
        "\n%b = arith.constant dense<[" + join(shift) + "]> : " + vector +
        "\n%y = slb.fused_conv2d %x, %f scale = %a shift = %b {" +
        conv.getAttributes() + ", relu} : (" + input + ", tensor<" +
        conv.getFilterShape() + "x!slb.lowbit<odd<2>>>, " + vector + ", " +
        vector + ") -> " + result + "\nreturn %y : " + result + "\n}\n";
    auto model = compile(source);
    ASSERT_TRUE(model) << source;
    std::vector<int8_t> bytes = getBytes(x.integers);
    std::vector<float> output(sums.size());
    const void *data = isFloat ? static_cast<void *>(image.data())
                               : static_cast<void *>(bytes.data());
    model->run(data, output.data());
    for (size_t i = 0; i < sums.size(); ++i) {
      int64_t o = i % conv.outputs;
      double y = sums[i] * 0.25 / 3 * scale[o] + shift[o];
      ASSERT_NEAR(output[i], std::max(y, 0.0), 1e-3) << source;
    }
  }
}

TEST(Reference, PoolsAndRequantizes) {
  auto model = compile(R"(
    !u8 = !slb.lowbit<range<0:255>>
    func.func @net(%x: tensor<1x4x4x1x!u8>)
        -> (tensor<1x2x2x1x!u8>, tensor<1x2x2x1xi32>, tensor<1x2x2x1x!u8>) {
      %max = slb.pool2d max %x {kernel = array<i64: 3, 3>,
        strides = array<i64: 2, 2>, pads = array<i64: 1, 0, 1, 0>}
        : (tensor<1x4x4x1x!u8>) -> tensor<1x2x2x1x!u8>
      %sum = slb.pool2d sum %x {kernel = array<i64: 2, 2>,
        strides = array<i64: 2, 2>}
        : (tensor<1x4x4x1x!u8>) -> tensor<1x2x2x1xi32>
      %y = slb.requantize %sum, %max {multiplier = 3 : i32,
        other_multiplier = -2 : i32, addend = -40 : i64, shift = 2 : i64}
        : (tensor<1x2x2x1xi32>, tensor<1x2x2x1x!u8>) -> tensor<1x2x2x1x!u8>
      return %max, %sum, %y : tensor<1x2x2x1x!u8>, tensor<1x2x2x1xi32>,
                              tensor<1x2x2x1x!u8>
    })");
  ASSERT_TRUE(model);
  std::vector<uint8_t> x = {1, 2,  3,   4,  5,  6,  7,  8,
                            9, 10, 200, 12, 13, 14, 15, 255};
  std::vector<uint8_t> max(4), y(4);
  std::vector<int32_t> sum(4);
  model->run({x.data()}, {max.data(), sum.data(), y.data()});
  EXPECT_EQ(max, (std::vector<uint8_t>{6, 8, 14, 255}));
  EXPECT_EQ(sum, (std::vector<int32_t>{14, 22, 46, 482}));
  for (int i = 0; i < 4; ++i) {
    int64_t expected = (3 * int64_t(sum[i]) - 2 * max[i] - 40) >> 2;
    EXPECT_EQ(y[i], std::clamp<int64_t>(expected, 0, 255));
  }
}

TEST(Reference, RunsSearchedNetworks) {
  auto model = compile(R"(
    !u2 = !slb.lowbit<range<0:3>, scale = 0.5>
    func.func @net(%x: tensor<1x2x!u2>) -> (tensor<1x4x!u2>, tensor<1x1xf32>) {
      %a = arith.constant dense<[[[1.0, 0.0]], [[0.0, 2.0]]]>
        : tensor<2x1x2xf32>
      %t = arith.constant 2.0 : f32
      %w = slb.expectation %a, %t set = <odd<1>>
        : (tensor<2x1x2xf32>, f32) -> tensor<1x2xf32>
      %y = slb.linear %x, %w {layer = "fc"}
        : (tensor<1x2x!u2>, tensor<1x2xf32>) -> tensor<1x1xf32>
      %r = slb.dequantize %x : (tensor<1x2x!u2>) -> tensor<1x2xf32>
      %q = slb.quantize %r : (tensor<1x2xf32>) -> tensor<1x2x!u2>
      %c = tensor.concat dim(1) %q, %x
        : (tensor<1x2x!u2>, tensor<1x2x!u2>) -> tensor<1x4x!u2>
      return %c, %y : tensor<1x4x!u2>, tensor<1x1xf32>
    })",
                       ReferenceModel::Outputs::AllLayers);
  ASSERT_TRUE(model);
  ASSERT_EQ(model->getOutputs().size(), 3u);
  EXPECT_EQ(model->getOutputs()[2].layer, "fc");
  EXPECT_EQ(model->getInputs()[0].elementBytes, 1u);
  EXPECT_EQ(model->getInputs()[0].scale, 0.5f);
  EXPECT_FALSE(model->getInputs()[0].isSigned);
  std::vector<uint8_t> x = {3, 1}, c(4);
  float y = 0, layer = 0;
  model->run({x.data()}, {c.data(), &y, &layer});
  double expected = 1.5 * -std::tanh(1.0) + 0.5 * std::tanh(2.0);
  EXPECT_NEAR(y, expected, 1e-6);
  EXPECT_EQ(y, layer);
  EXPECT_EQ(c, (std::vector<uint8_t>{3, 1, 3, 1}));
}

TEST(Reference, QuantizesToEverySet) {
  for (Set set : {makeOdd(1), makeOdd(2), makeRange(0, 3), makeRange(-2, 5),
                  Set{"list<-4, -1, 0, 1, 4>", {-4, -1, 0, 1, 4}}}) {
    std::vector<float> x;
    for (int i = -40; i <= 40; ++i)
      x.push_back(i * 0.0625f);
    std::string n = std::to_string(x.size());
    std::string result =
        "tensor<1x" + n + "x!slb.lowbit<" + set.name + ", scale = 0.5>>";
    auto model =
        compile("func.func @net(%x: tensor<1x" + n + "xf32>) -> " + result +
                " {\n%y = slb.quantize %x : (tensor<1x" + n + "xf32>) -> " +
                result + "\nreturn %y : " + result + "\n}\n");
    ASSERT_TRUE(model);
    std::vector<int8_t> y(x.size());
    model->run(x.data(), y.data());
    for (size_t i = 0; i < x.size(); ++i) {
      int64_t nearest = set.integers[0];
      for (int64_t integer : set.integers)
        if (std::fabs(x[i] - 0.5 * integer) <= std::fabs(x[i] - 0.5 * nearest))
          nearest = integer;
      EXPECT_EQ(y[i], nearest) << set.name << " of " << x[i];
    }
  }
}

TEST(Reference, RunsWhatTheModelBuilderWrites) {
  ModelBuilder net("net");
  auto x = net.input({1, 5, 5, 2}, ValueSet::range(0, 16), 0.5f);
  LayerWeights weights;
  weights.shape = {2, 1, 1, 2};
  weights.data = {1, 0, 0, -1};
  auto y = net.bias(net.conv2d(x, weights, {}, "conv"), {0.25f, 4.0f});
  BatchNormParameters norm;
  norm.gamma = {2, 2};
  norm.beta = norm.mean = norm.discreteMean = {1, 1};
  norm.variance = norm.discreteVariance = {4, 4};
  norm.epsilon = 0;
  y = net.relu(net.stateBatchNorm(y, norm));
  auto max = net.maxPool2d(y, {2, 2}, {2, 2}, {0, 0, 0, 0});
  auto mean =
      net.averagePool2d(net.add(max, max), {2, 2}, {1, 1}, {0, 0, 0, 0});
  y = net.flatten(net.concat({net.relu(mean), mean}));
  std::string path = testing::TempDir() + "slb-reference-net.mlir", error;
  ASSERT_TRUE(net.write({y}, path, error)) << error;
  auto model =
      ReferenceModel::load(path, ReferenceModel::Outputs::Network, error);
  std::filesystem::remove(path);
  ASSERT_TRUE(model) << error;
  std::vector<uint8_t> image;
  for (int i = 0; i < 50; ++i)
    image.push_back(i * 7 % 17);
  std::vector<float> output(4);
  model->run(image.data(), output.data());
  for (int c : {0, 1}) {
    auto getReal = [&](int row, int column) {
      float value = 0.5f * image[(row * 5 + column) * 2 + c];
      return std::max(0.0f, c ? 4.0f - value : value + 0.25f);
    };
    float sum = 0;
    for (int row : {0, 2})
      for (int column : {0, 2})
        sum +=
            std::max({getReal(row, column), getReal(row, column + 1),
                      getReal(row + 1, column), getReal(row + 1, column + 1)});
    EXPECT_NEAR(output[c], sum / 2, 1e-5);
    EXPECT_EQ(output[c], output[c + 2]);
  }
}

TEST(Reference, ReportsWhatItCannotRead) {
  std::string error;
  EXPECT_FALSE(ReferenceModel::load("/nonexistent.mlir",
                                    ReferenceModel::Outputs::Network, error));
  EXPECT_EQ(error.rfind("/nonexistent.mlir: ", 0), 0u) << error;
  EXPECT_EQ(error.find('\n'), std::string::npos);

  std::string path = testing::TempDir() + "slb-reference-bad.mlir";
  std::ofstream(path) << "func.func @f() {\n  slb.nothing\n}\n";
  EXPECT_FALSE(
      ReferenceModel::load(path, ReferenceModel::Outputs::Network, error));
  EXPECT_EQ(error.rfind(path + ":2:3: ", 0), 0u) << error;
  std::filesystem::remove(path);
}

/// What the reference says about a module.
std::string getError(const std::string &source) {
  mlir::DialectRegistry registry;
  registerHostDialects(registry);
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  std::string error;
  EXPECT_TRUE(module);
  EXPECT_FALSE(
      ReferenceModel::create(*module, ReferenceModel::Outputs::Network, error));
  return error;
}

TEST(Reference, TwoPublicFunctions) {
  EXPECT_EQ(getError("func.func @f() { return }\nfunc.func @g() { return }"),
            "expects one public function, but got 'f' and 'g'");
}

TEST(Reference, NoPublicFunction) {
  EXPECT_EQ(getError("func.func private @f() { return }"),
            "expects a public function, but got none");
}

TEST(Reference, DynamicShape) {
  EXPECT_EQ(getError("func.func @f(%x: tensor<?xf32>) { return }"),
            "expects 'f' to be one block on tensors of static shape");
}

} // namespace
