//===- ExpectationTest.cpp - slb.expectation and its gradient -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SearchReference.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Parser/Parser.h"
#include "slb/Conversion/SLBToLinalg/SLBToLinalg.h"
#include "slb/Host/HostCompiler.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace mlir;
using namespace slb;
using namespace slb::test;

namespace {

constexpr int64_t kWeights = 77;

/// {0} K, {1} weights, {2} element type, {3} set.
constexpr const char *kModule = R"(
func.func @forward(%logits: memref<{0}x{1}x{2}>, %t: {2},
                   %weights: memref<{1}x{2}>) {{
  %a = bufferization.to_tensor %logits restrict
     : memref<{0}x{1}x{2}> to tensor<{0}x{1}x{2}>
  %w = slb.expectation %a, %t set = <{3}> scale = 0.25
     : (tensor<{0}x{1}x{2}>, {2}) -> tensor<{1}x{2}>
  bufferization.materialize_in_destination %w in restrict writable %weights
     : (tensor<{1}x{2}>, memref<{1}x{2}>) -> ()
  return
}
func.func @backward(%logits: memref<{0}x{1}x{2}>, %t: {2},
                    %grad: memref<{1}x{2}>, %result: memref<{0}x{1}x{2}>) {{
  %a = bufferization.to_tensor %logits restrict
     : memref<{0}x{1}x{2}> to tensor<{0}x{1}x{2}>
  %g = bufferization.to_tensor %grad restrict
     : memref<{1}x{2}> to tensor<{1}x{2}>
  %d = slb.expectation_grad %a, %t, %g set = <{3}> scale = 0.25
     : (tensor<{0}x{1}x{2}>, {2}, tensor<{1}x{2}>) -> tensor<{0}x{1}x{2}>
  bufferization.materialize_in_destination %d in restrict writable %result
     : (tensor<{0}x{1}x{2}>, memref<{0}x{1}x{2}>) -> ()
  return
}
)";

/// The two operators for the set `list<0, 1, 3, 6, ...]>`, a quarter each.
template <typename T> struct Operators {
  explicit Operators(int count) {
    std::string set = "list<";
    for (int k = 0; k < count; ++k) {
      set += (k ? ", " : "") + std::to_string(k * (k + 1) / 2);
      values.push_back(0.25 * (k * (k + 1) / 2));
    }
    std::string source = llvm::formatv(
        kModule, count, kWeights, sizeof(T) == 8 ? "f64" : "f32", set + ">");
    DialectRegistry registry;
    registerHostDialects(registry);
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    context.loadAllAvailableDialects();
    auto module = parseSourceString<ModuleOp>(source, &context);
    std::string error;
    auto lower = [](OpPassManager &pm) {
      pm.addPass(createConvertSLBToLinalg());
      pm.addPass(bufferization::createOneShotBufferizePass());
      bufferization::buildBufferDeallocationPipeline(pm);
      buildHostLoweringPipeline(pm, /*useBarePointers=*/true);
    };
    if (module && runPasses(*module, lower, error))
      engine = compileForHost(*module, error);
    EXPECT_TRUE(engine) << error << source;
    if (!engine)
      return;
    forward = reinterpret_cast<decltype(forward)>(
        llvm::cantFail(engine->lookup("forward")));
    backward = reinterpret_cast<decltype(backward)>(
        llvm::cantFail(engine->lookup("backward")));
  }

  std::vector<double> values;
  std::unique_ptr<ExecutionEngine> engine;
  void (*forward)(T *logits, T t, T *weights) = nullptr;
  void (*backward)(T *logits, T t, T *grad, T *result) = nullptr;
};

class ExpectationTest : public testing::TestWithParam<int> {
protected:
  int64_t count = GetParam();
};

TEST_P(ExpectationTest, WeightsAreAsInFloat64) {
  Operators<float> operators(count);
  ASSERT_TRUE(operators.engine);
  double largest = operators.values.back();
  for (double magnitude : {0.01, 1.0, 1e4})
    for (float t : {1.0f, 30.0f, 1e8f}) {
      auto logits = getRandom(count * kWeights, magnitude, 1);
      std::vector<float> weights(kWeights, NAN);
      operators.forward(logits.data(), t, weights.data());
      for (int64_t i = 0; i < kWeights; ++i) {
        std::vector<long double> all;
        for (int64_t k = 0; k < count; ++k)
          all.push_back(logits[k * kWeights + i]);
        ReferenceWeight reference(all, t, operators.values);
        ASSERT_NEAR(weights[i], reference.weight, 1e-6 * largest)
            << "logits up to " << magnitude << ", T " << t;
      }
    }
}

/// Loops over scalars, whose functions come from the C library.
TEST_P(ExpectationTest, OlderProcessorsComputeTheSame) {
  auto logits = getRandom(count * kWeights, 1.0, 1);
  auto compute = [&](std::vector<float> &weights) {
    Operators<float> operators(count);
    operators.forward(logits.data(), 30.0f, weights.data());
  };
  std::vector<float> expected(kWeights), weights(kWeights);
  compute(expected);
  for (const char *cpu : getOlderProcessors()) {
    ScopedHostCpu scope(cpu);
    compute(weights);
    for (int64_t i = 0; i < kWeights; ++i)
      ASSERT_NEAR(weights[i], expected[i], 1e-6) << cpu;
  }
}

TEST_P(ExpectationTest, GradientsAreTheSlopesOfTheWeights) {
  const double t = 3.0, step = 1e-6;
  Operators<double> operators(count);
  ASSERT_TRUE(operators.engine);
  auto toDouble = [](const std::vector<float> &data) {
    return std::vector<double>(data.begin(), data.end());
  };
  auto logits = toDouble(getRandom(count * kWeights, 1.0, 4));
  auto grad = toDouble(getRandom(kWeights, 1.0, 5));
  std::vector<double> result(count * kWeights), above(kWeights),
      below(kWeights);
  operators.backward(logits.data(), t, grad.data(), result.data());
  for (int64_t k = 0; k < count; ++k) {
    auto move = [&](double by) {
      for (int64_t i = 0; i < kWeights; ++i)
        logits[k * kWeights + i] += by;
    };
    move(step);
    operators.forward(logits.data(), t, above.data());
    move(-2 * step);
    operators.forward(logits.data(), t, below.data());
    move(step);
    for (int64_t i = 0; i < kWeights; ++i)
      ASSERT_NEAR(result[k * kWeights + i],
                  grad[i] * (above[i] - below[i]) / (2 * step), 1e-7);
  }
}

INSTANTIATE_TEST_SUITE_P(ValueSets, ExpectationTest,
                         testing::Values(2, 3, 4, 8, 16));

TEST(HostCompiler, SaysThatOnlyTheLLVMDialectTranslates) {
  DialectRegistry registry;
  registerHostDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  auto module =
      parseSourceString<ModuleOp>("func.func @f() { return }", &context);
  std::string error;
  EXPECT_EQ(compileToObject(*module, "x86_64-linux-gnu", "x86-64", error), "");
  EXPECT_EQ(error, "the module does not translate to LLVM's");
}

} // namespace
