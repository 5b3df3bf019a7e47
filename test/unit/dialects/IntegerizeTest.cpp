//===- IntegerizeTest.cpp - integer layers against the real formula -------===//
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
#include "mlir/IR/Matchers.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "slb/Pipelines/Registration.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <sstream>

using namespace slb;

namespace {

constexpr int channels = 32;

/// One fused linear layer of random scale and shift, with |acc| <= 60.
class Integerize : public testing::TestWithParam<const char *> {
protected:
  void SetUp() override {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    std::mt19937 random(3);
    std::uniform_real_distribution<float> uniform(-1, 1);
    for (int c = 0; c < channels; ++c) {
      scale.push_back(c == 0 ? 0 : 2 * uniform(random));
      shift.push_back(4 * uniform(random));
    }
    module = mlir::parseSourceString<mlir::ModuleOp>(makeText(), &context);
    ASSERT_TRUE(module);
    mlir::PassManager passes(&context);
    passes.addNestedPass<mlir::func::FuncOp>(createSLBIntegerize());
    ASSERT_TRUE(mlir::succeeded(passes.run(*module)));
    module->walk([&](IntegerLinearOp op) { layer = op; });
    ASSERT_TRUE(layer);
  }

  static std::string print(const std::vector<float> &values) {
    std::ostringstream out;
    out.precision(9);
    out << std::scientific;
    for (size_t i = 0; i < values.size(); ++i)
      out << (i ? ", " : "[") << values[i];
    return out.str() + "]";
  }
  std::string makeText() const {
    std::string x = "tensor<1x4x!slb.lowbit<range<0:15>, scale = 0.125>>";
    std::string w = "tensor<32x4x!slb.lowbit<odd<1>>>";
    std::string y = std::string("tensor<1x32x") + GetParam() + ">";
    return "func.func @f(%x: " + x + ", %w: " + w + ") -> " + y +
           " {\n%s = arith.constant dense<" + print(scale) +
           "> : tensor<32xf32>\n%t = arith.constant dense<" + print(shift) +
           "> : tensor<32xf32>\n%y = slb.fused_linear %x, %w scale = %s "
           "shift = %t : (" +
           x + ", " + w + ", tensor<32xf32>, tensor<32xf32>) -> " + y +
           "\nreturn %y : " + y + "\n}";
  }

  template <typename T> static std::vector<T> getConstant(mlir::Value value) {
    mlir::DenseElementsAttr elements;
    if (!value || !mlir::matchPattern(value, mlir::m_Constant(&elements)))
      return {};
    auto values = elements.getValues<T>();
    return std::vector<T>(values.begin(), values.end());
  }
  /// The integer that the layer's formula gives for an accumulator.
  int64_t evaluate(int channel, int64_t acc) {
    ValueSetAttr set = getLowBitType(layer.getResult()).getSet();
    auto thresholds = getConstant<int32_t>(layer.getThresholds());
    if (thresholds.empty()) {
      int64_t y = (acc * getConstant<int32_t>(layer.getMultiplier())[channel] +
                   getConstant<int64_t>(layer.getAddend())[channel]) >>
                  layer.getShift();
      return std::clamp(y, set.getLo(), set.getHi());
    }
    auto signs = getConstant<int8_t>(layer.getSigns());
    int64_t code = 0, levels = set.size() - 1;
    for (int64_t l = 0; l < levels; ++l)
      code += acc * (signs.empty() ? 1 : signs[channel]) >=
              thresholds[channel * levels + l];
    return set.getInteger(code);
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<float> scale, shift;
  IntegerLinearOp layer;
};

} // namespace

TEST_P(Integerize, GivesTheNearestValue) {
  LowBitType type = getLowBitType(layer.getResult());
  for (int c = 0; c < channels; ++c)
    for (int64_t acc = -60; acc <= 60; ++acc) {
      double y = (double(scale[c]) * 0.125 * acc + shift[c]) / type.getScale();
      int64_t expected =
          type.getSet().getInteger(type.getSet().getNearestCode(y));
      EXPECT_EQ(evaluate(c, acc), expected)
          << "channel " << c << ", accumulator " << acc;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Results, Integerize,
    testing::Values("!slb.lowbit<odd<1>>", "!slb.lowbit<range<0:1>>",
                    "!slb.lowbit<range<0:3>, scale = 0.7>",
                    "!slb.lowbit<range<-8:7>, scale = 0.3>",
                    "!slb.lowbit<range<0:255>, scale = 0.03>",
                    "!slb.lowbit<range<-128:127>, scale = 0.01>"));
