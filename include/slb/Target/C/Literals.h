//===- Literals.h - numbers as C spells them --------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_TARGET_C_LITERALS_H
#define SLB_TARGET_C_LITERALS_H

#include <string>

namespace slb {

/// A float that C reads back bit for bit. What is not finite needs <math.h>.
std::string getCFloat(float value);

} // namespace slb

#endif // SLB_TARGET_C_LITERALS_H
