//===- LayerText.h - the C function of one layer ----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_CONVERSION_BITPACKTOEMITC_LAYERTEXT_H
#define SLB_LIB_CONVERSION_BITPACKTOEMITC_LAYERTEXT_H

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <string>

namespace slb::bitpack {

/// int8_t, uint32_t, ...
llvm::StringRef getCType(Storage storage);
inline llvm::StringRef getCType(mlir::Value value) {
  return getCType(getStorage(value));
}

/// The array's dimensions in C, without the batch: [8][8][4].
std::string getCDimensions(mlir::Type type);

/// `start(item, item)`, broken into lines of at most 80 characters; `start` may
/// begin with its indentation.
std::string getCall(const llvm::Twine &start, llvm::ArrayRef<std::string> items,
                    llvm::StringRef end);

/// What a layer's function needs from its file.
struct LayerContext {
  std::string function; ///< Its name.
  /// The name of the array that holds a constant operand.
  std::function<std::string(mlir::Value)> getArray;
  /// Notes that a runtime function or type is used.
  std::function<void(llvm::StringRef)> useRuntime;
};

/// A pointer argument of a layer's function.
struct LayerArgument {
  enum Role { Input, Output, Scratch };
  std::string name;
  mlir::Value value;
  Role role = Input;
};

/// The operands that become pointer arguments, in order.
llvm::SmallVector<LayerArgument> getLayerArguments(LayerOpInterface layer);

/// The layer's static function, its comment before it.
std::string getLayerText(LayerOpInterface layer, const LayerContext &context);

} // namespace slb::bitpack

#endif // SLB_LIB_CONVERSION_BITPACKTOEMITC_LAYERTEXT_H
