//===- NetworkText.h - the C text of a network's interface ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_CONVERSION_BITPACKTOEMITC_NETWORKTEXT_H
#define SLB_LIB_CONVERSION_BITPACKTOEMITC_NETWORKTEXT_H

#include "dialects/bitpack/IR/BitpackDialect.h"
#include <optional>
#include <string>
#include <vector>

namespace slb::bitpack {

/// An input or output of the network.
struct PortText {
  std::string name;            ///< Of the argument: input, output, output1.
  std::string macro;           ///< INPUT, OUTPUT, OUTPUT1.
  mlir::Value buffer;          ///< In storage.
  mlir::RankedTensorType type; ///< Before packing.
  /// What a pixel is more than the input that it becomes, where the model says.
  std::optional<int64_t> pixelOffset;
  std::string vectors; ///< The self-check's array.
  /// Floats that differ by no more count as equal in the self-check.
  float tolerance = 0;
};

/// What header and source say of the whole network.
struct NetworkText {
  std::string prefix;    ///< Of functions, with its underscore.
  std::string macro;     ///< Of macros, with its underscore.
  std::string header;    ///< File name.
  std::string modelHash; ///< Empty where it is not known.
  std::vector<PortText> inputs, outputs;
  int64_t arenaBytes = 0, arenaAlignment = 8;
  bool staticArena = false, profile = false;
  int64_t selfCheckVectors = 0; ///< 0 where there is no self-check.

  /// Where the self-check's results of an output begin in the arena.
  int64_t getResultOffset(size_t output) const;
  /// The arena of a run, and the self-check's results behind it.
  int64_t getAllBytes() const { return getResultOffset(outputs.size()); }
};

/// The line that every generated file begins with.
extern const llvm::StringLiteral licenseLine;

/// The names that the header gives to C, as macros and functions.
std::vector<std::string> getPublicNames(const NetworkText &network);

/// `void PREFIX_run(const uint8_t *input, int32_t *output, void *arena)`, then
/// `end`
std::string getRunSignature(const NetworkText &network, llvm::StringRef end);

/// `int32_t PREFIX_self_check(void *arena)`, then `end`
std::string getSelfCheckSignature(const NetworkText &network,
                                  llvm::StringRef end);

/// The function that runs the embedded vectors.
std::string getSelfCheckText(const NetworkText &network);

/// The whole header.
std::string getHeaderText(const NetworkText &network);

} // namespace slb::bitpack

#endif // SLB_LIB_CONVERSION_BITPACKTOEMITC_NETWORKTEXT_H
