//===- Storage.h - how low-bit tensors are stored ---------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_CONVERSION_SLBTOBITPACK_STORAGE_H
#define SLB_CONVERSION_SLBTOBITPACK_STORAGE_H

#include "dialects/slb/IR/SLBDialect.h"

namespace slb {

/// Activations of this set are stored as planes of their codes' bits:
/// range<0:2^b-1> with b <= 4, and odd<1>.
bool isStoredAsPlanes(ValueSetAttr set);

/// The tensor of words, bytes, integers or floats that stores `type`, see the
/// bitpack dialect's table.
mlir::RankedTensorType getStorageType(mlir::RankedTensorType type);

/// The integers of a low-bit tensor, which are values of its set, as the bytes
/// that store them.
std::vector<char> storeIntegers(llvm::ArrayRef<int64_t> integers,
                                mlir::RankedTensorType type);

/// Offset and coefficients of activations stored as planes; empty for others.
llvm::SmallVector<int64_t> getActivationPlanes(mlir::Type type);

} // namespace slb

#endif // SLB_CONVERSION_SLBTOBITPACK_STORAGE_H
