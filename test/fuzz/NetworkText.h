//===- NetworkText.h - writes networks that bytes describe -----*- C++ -*--===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TEST_FUZZ_NETWORKTEXT_H
#define SLB_TEST_FUZZ_NETWORKTEXT_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <string>

namespace slb {

/// Writes a network of a few layers in which `bytes` decide everything. Most
/// are valid; here and there a number or a type is not.
std::string writeNetworkText(llvm::ArrayRef<uint8_t> bytes);

} // namespace slb

#endif // SLB_TEST_FUZZ_NETWORKTEXT_H
