//===- EvaluationTest.cpp - both ways down give the same values -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Evaluation/Evaluation.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>
#include <limits>

using namespace slb;

/// An Evaluation of the text; it fails the test if there is none.
static std::unique_ptr<Evaluation> evaluate(const char *text) {
  llvm::SmallString<128> path;
  int fd = -1;
  EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("network", "mlir", fd, path));
  llvm::raw_fd_ostream(fd, /*shouldClose=*/true) << text;
  std::string error;
  auto evaluation = Evaluation::create(std::string(path), false, error);
  llvm::sys::fs::remove(path);
  EXPECT_TRUE(evaluation) << error;
  return evaluation;
}

template <typename T>
static void append(std::vector<char> &bytes, std::vector<T> values) {
  auto *begin = reinterpret_cast<const char *>(values.data());
  bytes.insert(bytes.end(), begin, begin + values.size() * sizeof(T));
}

// Planes, 16-bit integers, floats and bytes of rank 3, going in and coming out.
TEST(EvaluationTest, ManyPorts) {
  auto evaluation = evaluate(R"(
!codes = tensor<1x3x!slb.lowbit<odd<2>>>
!wide = tensor<1x2x!slb.lowbit<range<-1000:1000>>>
!bytes = tensor<1x2x2x!slb.lowbit<range<-128:127>>>
!sum = tensor<1x2x2x!slb.lowbit<range<-2147483648:2147483647>>>
func.func @net(%c: !codes, %w: !wide, %f: tensor<2xf32>, %b: !bytes)
    -> (!codes, !sum, tensor<2xf32>, !wide, !wide) {
  %s = slb.requantize %b {multiplier = 3 : i32} : (!bytes) -> !sum
  return %c, %s, %f, %w, %w : !codes, !sum, tensor<2xf32>, !wide, !wide
})");
  ASSERT_TRUE(evaluation);
  EXPECT_FALSE(evaluation->isExact());
  EXPECT_EQ(evaluation->getInputBytes(), 3 + 4 + 8 + 4);
  std::vector<char> inputs;
  for (int sample = 0; sample < 2; ++sample) {
    append<int8_t>(inputs, {-3, 3, int8_t(sample ? 1 : -1)});
    append<int16_t>(inputs, {-1000, 1000});
    append<float>(inputs, {0.5f, float(sample)});
    append<int8_t>(inputs, {-128, 127, 0, int8_t(sample)});
  }
  std::string error;
  auto program = evaluation->buildProgram({}, error);
  ASSERT_TRUE(program) << error;
  NetworkOutputs reference = evaluation->runReference(inputs, 2), generated;
  ASSERT_TRUE(evaluation->runProgram(*program, inputs, 2, generated, error))
      << error;
  std::vector<double> last = {-3,  3, 1,     -384, 381,   0,   3,
                              0.5, 1, -1000, 1000, -1000, 1000};
  EXPECT_EQ(reference.samples[1], last);
  EXPECT_EQ(generated.samples, reference.samples);
}

TEST(EvaluationTest, NoInput) {
  auto evaluation = evaluate(R"(
func.func @net() -> tensor<2xf32> {
  %c = arith.constant dense<[1.5, -2.0]> : tensor<2xf32>
  return %c : tensor<2xf32>
})");
  ASSERT_TRUE(evaluation);
  std::string error;
  auto program = evaluation->buildProgram({}, error);
  ASSERT_TRUE(program) << error;
  NetworkOutputs generated;
  ASSERT_TRUE(evaluation->runProgram(*program, {}, 3, generated, error))
      << error;
  EXPECT_EQ(generated.samples,
            std::vector<std::vector<double>>(3, {1.5, -2.0}));
}

TEST(EvaluationTest, NaNDiffers) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  Difference difference = compare({{1, nan, 2}}, {{1, 1, nan}});
  EXPECT_EQ(difference.outputsDiffering, 2);
}
