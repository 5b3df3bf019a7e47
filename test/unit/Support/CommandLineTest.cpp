//===- CommandLineTest.cpp - the table of command line options ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Support/CommandLine.h"
#include "llvm/Support/CommandLine.h"

#include <gtest/gtest.h>

using namespace slb;

namespace {

struct Values {
  std::string mode = "fast";
  int64_t count = 1;
  std::optional<double> rate;
  bool verbose = false;
};

/// Parses `words` into `values`; returns the error.
std::string parse(Values &values, std::vector<const char *> words) {
  CommandLine options;
  options.required("mode", "MODE", "the mode", [&](const std::string &value) {
    values.count = 7;
    return CommandLine::choice(values.mode, {"fast", "slow"})(value);
  });
  options.option("count", "N", "a number",
                 CommandLine::integer(values.count, 1, 10));
  options.option("rate", "X", "a rate", CommandLine::real(values.rate, 0, 1));
  options.flag("verbose", "say more", values.verbose);
  words.insert(words.begin(), "tool");
  std::string error;
  llvm::cl::ResetAllOptionOccurrences();
  bool ok = options.parse(int(words.size()), const_cast<char **>(words.data()),
                          "a tool", error);
  EXPECT_EQ(ok, error.empty());
  return error;
}

} // namespace

TEST(CommandLine, BothFormsAndFlags) {
  Values values;
  EXPECT_EQ(parse(values, {"--mode=slow", "--rate", "0.5", "--verbose"}), "");
  EXPECT_EQ(values.mode, "slow");
  EXPECT_EQ(values.rate, 0.5);
  EXPECT_TRUE(values.verbose);
}

TEST(CommandLine, ValuesAreSetInTheOrderOfTheTable) {
  Values values;
  EXPECT_EQ(parse(values, {"--count=3", "--mode=slow"}), "");
  EXPECT_EQ(values.count, 3);
}

TEST(CommandLine, Errors) {
  Values values;
  EXPECT_EQ(parse(values, {}), "--mode is missing: expects --mode=MODE");
  EXPECT_EQ(parse(values, {"--mode=odd"}),
            "--mode: expects fast or slow, but got 'odd'");
  EXPECT_EQ(parse(values, {"--mode=fast", "--count=11"}),
            "--count: expects a whole number of 1 to 10, but got '11'");
  EXPECT_EQ(parse(values, {"--mode=fast", "--count=2x"}),
            "--count: expects a whole number of 1 to 10, but got '2x'");
  EXPECT_EQ(parse(values, {"--mode=fast", "--rate=nan"}),
            "--rate: expects a number of 0 to 1, but got 'nan'");
}

TEST(CommandLine, GivenTwice) {
  Values values;
  EXPECT_EQ(parse(values, {"--mode=fast", "--mode=slow"}),
            "--mode: expects to be given once, but got it 2 times");
}

TEST(CommandLineDeathTest, UnknownWordsEndTheProgram) {
  Values values;
  auto exits = testing::ExitedWithCode(1);
  EXPECT_EXIT(parse(values, {"--mode"}), exits,
              "^tool: for the --mode option: requires a value!");
  EXPECT_EXIT(parse(values, {"--mode=fast", "--verbose=x"}), exits,
              "^tool: for the --verbose option: 'x' is invalid value");
  EXPECT_EXIT(parse(values, {"--mode=fast", "stray"}), exits,
              "^tool: Unknown command line argument 'stray'");
}
