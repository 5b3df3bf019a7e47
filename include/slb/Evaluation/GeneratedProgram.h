//===- GeneratedProgram.h - generated C, built and run ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_EVALUATION_GENERATEDPROGRAM_H
#define SLB_EVALUATION_GENERATEDPROGRAM_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>
#include <vector>

namespace slb {

/// A network's net.c and net.h, compiled by one of the host's C compilers
/// together with a main() that maps a file of inputs to a file of outputs. It
/// runs as a process of its own, so that a fault in it is an error message here
/// and sanitizers work as usual.
class GeneratedProgram {
public:
  struct Options {
    std::string compiler = "cc";
    std::vector<std::string> flags = {"-O2"};
    /// The code was generated with layer hooks: collect the layers' outputs.
    bool withLayers = false;
    size_t inputs = 1, outputs = 1; ///< How many the network has.
  };

  /// Compiles `folder`/net.c, whose functions start with `prefix`. Null and one
  /// line in `error` if the compiler is missing or refuses it.
  static std::unique_ptr<GeneratedProgram> build(llvm::StringRef folder,
                                                 llvm::StringRef prefix,
                                                 const Options &options,
                                                 std::string &error);

  /// Runs `count` samples, one after the other in `inputs`, each sample's
  /// inputs together. `outputs` gets the samples' outputs in the same way;
  /// `layers`, if asked for when built, gets for each sample every layer's
  /// output as it lies in memory, in the order of execution.
  bool run(llvm::ArrayRef<char> inputs, int64_t count,
           std::vector<char> &outputs, std::vector<char> *layers,
           std::string &error);

private:
  GeneratedProgram(llvm::StringRef folder, std::string name)
      : folder(folder), name(std::move(name)) {}

  std::string folder;
  std::string name; ///< Of the executable in the folder.
};

} // namespace slb

#endif // SLB_EVALUATION_GENERATEDPROGRAM_H
