//===- Storage.h - how low-bit tensors are stored ---------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOBITPACK_STORAGE_H
#define SLB_CONVERSION_SLBTOBITPACK_STORAGE_H

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "dialects/slb/IR/SLBDialect.h"
#include <vector>

namespace slb {

/// How the values of a tensor are stored; see the bitpack dialect's table.
struct StoredForm {
  bitpack::Storage storage = bitpack::Storage::Floats;
  /// Of unsigned bytes: what a byte of 0 stands for.
  int64_t offset = 0;
  /// Of planes: offset and coefficients; empty for others.
  llvm::SmallVector<int64_t> planes;
};

/// The one decision of how activations are stored, the first that applies:
/// - odd<b>, and range<0:2^b-1> of up to 4 bits, as planes of their codes;
/// - what unsigned or signed bytes can hold, as bytes;
/// - ranges of up to 256 values around 0, as unsigned bytes with an offset
///   (padding is a 0, so that there must be one);
/// - what 16 bits with a sign can hold, as shorts;
/// - others as integers; real values as floats.
StoredForm getStoredForm(mlir::Type type);

/// The decision for filters: planes, or signed bytes where those would be more
/// than four; none where bytes do not suffice, either.
std::optional<StoredForm> getStoredFilterForm(ValueSetAttr set);

/// The tensor of words, bytes, integers or floats that stores `type`.
mlir::RankedTensorType getStorageType(mlir::RankedTensorType type);

/// The bytes of a tensor of `type` that holds these integers.
std::vector<char> storeIntegers(llvm::ArrayRef<int64_t> integers,
                                mlir::RankedTensorType type);

} // namespace slb

#endif // SLB_CONVERSION_SLBTOBITPACK_STORAGE_H
