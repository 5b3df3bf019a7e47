//===- Reference.h - runs a network of any phase on this machine -*- C++
//-*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What slb IR means, by way of linalg: integer networks give here the very bits
// that every other path must give.
//
//===----------------------------------------------------------------------===//

#ifndef SLB_REFERENCE_REFERENCE_H
#define SLB_REFERENCE_REFERENCE_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace slb {

/// A tensor that goes into or comes out of a network.
struct ReferenceTensor {
  /// The layer that computes it; empty for inputs and results of the network.
  std::string layer;
  std::vector<int64_t> shape;
  /// Low-bit elements are stored as their integers (not as codes), in 1, 2 or 4
  /// bytes; others are float or int32.
  unsigned elementBytes = 0;
  bool isFloat = false;
  bool isSigned = true;
  /// Real value = scale * integer; 1 for what is not low-bit.
  float scale = 1;

  int64_t getNumElements() const;
  /// Bytes of the whole tensor.
  size_t getNumBytes() const { return getNumElements() * elementBytes; }
  /// The elements of a tensor of integers at `data`.
  std::vector<int64_t> getIntegers(const char *data) const;
};

/// A network, compiled for this machine.
class ReferenceModel {
public:
  /// What run() returns.
  enum class Outputs {
    Network,   ///< The network's results.
    AllLayers, ///< Those, then the result of every named layer, in order.
  };

  /// Reads and compiles the only public function of an .mlir file at a phase
  /// from `search` to `integer`. Null and a one-line message in `error` on
  /// failure.
  static std::unique_ptr<ReferenceModel>
  load(const std::string &path, Outputs outputs, std::string &error);
  /// The same for a module, which it leaves as it is. Without `optimize` it is
  /// sooner there, for few runs of a small network.
  static std::unique_ptr<ReferenceModel> create(mlir::ModuleOp module,
                                                Outputs outputs,
                                                std::string &error,
                                                bool optimize = true);
  ~ReferenceModel();

  const std::vector<ReferenceTensor> &getInputs() const;
  const std::vector<ReferenceTensor> &getOutputs() const;

  /// Runs the network once; buffers are those of getInputs() and getOutputs().
  /// Safe to call from several threads.
  void run(const std::vector<const void *> &inputs,
           const std::vector<void *> &outputs) const;
  /// The same for networks of one input and one output.
  void run(const void *input, void *output) const;

private:
  struct Impl;
  explicit ReferenceModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

} // namespace slb

#endif // SLB_REFERENCE_REFERENCE_H
