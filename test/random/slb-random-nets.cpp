//===- slb-random-nets.cpp - random networks on every path ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Draws networks, computes each by the reference and by its C under gcc, clang
// and clang's sanitizers, and compares: bit for bit, or, where activations are
// floats, to a relative error of 1e-5.
//
//===----------------------------------------------------------------------===//

#include "RandomNetwork.h"
#include "slb/Evaluation/Evaluation.h"
#include "slb/Pipelines/Compiler.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace slb;

static cl::opt<unsigned> firstSeed("first", cl::desc("The first seed"),
                                   cl::init(0));
static cl::opt<unsigned> networkCount("count", cl::desc("Number of networks"),
                                      cl::init(10));
static cl::opt<unsigned> inputCount("inputs", cl::desc("Inputs a network"),
                                    cl::init(4));
static cl::opt<std::string>
    keep("keep", cl::desc("Keep the model files in this folder"),
         cl::value_desc("dir"));

static cl::opt<std::string> target("target", cl::desc("Of slb-compile"),
                                   cl::init("c99"));
static cl::list<std::string>
    flags("flag", cl::desc("Of the C compilers, such as -march=x86-64-v3"));

static cl::opt<bool>
    modelsOnly("models-only",
               cl::desc("Write the models to --keep at phase integer, with "
                        "what the reference computes as their self-check"));

/// Every compiler also has to find nothing to warn of.
static std::vector<GeneratedProgram::Options> getPrograms() {
  std::vector<std::string> strict = {"-Wall", "-Wextra", "-Wpedantic",
                                     "-Wconversion", "-Werror"};
  strict.insert(strict.end(), flags.begin(), flags.end());
  GeneratedProgram::Options gcc, clang, sanitized;
  gcc.compiler = "gcc";
  gcc.flags = strict;
  gcc.flags.push_back("-O2");
  clang.compiler = "clang-22";
  clang.flags = gcc.flags;
  sanitized.compiler = "clang-22";
  sanitized.flags = strict;
  for (const char *flag :
       {"-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"})
    sanitized.flags.push_back(flag);
  return {gcc, clang, sanitized};
}

/// The corners of the input's range, then anything.
static std::vector<char> drawInputs(uint64_t seed, size_t bytes) {
  std::mt19937_64 generator(seed);
  std::vector<char> inputs;
  for (unsigned sample = 0; sample < inputCount; ++sample)
    for (size_t i = 0; i < bytes; ++i)
      inputs.push_back(sample == 0   ? char(0x7f)
                       : sample == 1 ? char(0x80)
                                     : char(generator()));
  return inputs;
}

/// Empty if written. slb-compile then adds the self-check for any target
/// without running the reference again.
static std::string writeIntegers(RandomNetwork &network,
                                 const std::string &path) {
  std::string error;
  if (!network.write(path, error))
    return error;
  CompilerOptions options;
  options.tool = "slb-random-nets";
  options.input = options.output = path;
  options.to = Phase::Integer;
  options.selfCheck = options.quiet = true;
  return failed(compileModel(options)) ? "does not compile" : "";
}

/// Empty if all paths agree.
static std::string checkNetwork(RandomNetwork &network, uint64_t seed,
                                const std::string &path) {
  std::string error;
  if (!network.write(path, error))
    return error;
  auto evaluation =
      Evaluation::create(path, /*withLayers=*/false, error, target);
  if (!evaluation)
    return error.empty() ? "does not compile" : error;
  std::vector<char> inputs = drawInputs(seed, evaluation->getInputBytes());
  NetworkOutputs expected = evaluation->runReference(inputs, inputCount);
  for (const GeneratedProgram::Options &options : getPrograms()) {
    auto program = evaluation->buildProgram(options, error);
    NetworkOutputs outputs;
    if (!program ||
        !evaluation->runProgram(*program, inputs, inputCount, outputs, error))
      return error;
    Difference difference = compare(expected.samples, outputs.samples);
    bool isEqual = network.isFloat() ? difference.largestRelativeError <= 1e-5
                                     : difference.outputsDiffering == 0;
    if (!isEqual)
      return "outputs differ with " + options.compiler + " " +
             options.flags.back() + ": " +
             std::to_string(difference.outputsDiffering) + " of " +
             std::to_string(difference.outputs) + ", by up to " +
             std::to_string(difference.largestRelativeError);
  }
  return "";
}

static std::string getModelPath(uint64_t seed) {
  if (!keep.empty())
    return keep + "/net" + std::to_string(seed) + ".mlir";
  SmallString<128> path;
  if (sys::fs::createTemporaryFile("slb-random", "mlir", path))
    return "slb-random.mlir";
  return std::string(path);
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(
      argc, argv, "Random networks on every path of the compiler\n");
  unsigned failures = 0;
  for (uint64_t seed = firstSeed; seed < firstSeed + networkCount; ++seed) {
    RandomNetwork network(seed);
    std::string path = getModelPath(seed);
    std::string failure = modelsOnly ? writeIntegers(network, path)
                                     : checkNetwork(network, seed, path);
    if (keep.empty())
      sys::fs::remove(path);
    if (failure.empty())
      continue;
    ++failures;
    outs() << "seed " << seed << " (" << network.getDescription()
           << "): " << failure << '\n';
    outs().flush();
  }
  if (modelsOnly)
    return failures != 0;
  outs() << networkCount - failures << " networks equal on every path, "
         << failures << " not\n";
  return failures != 0;
}
