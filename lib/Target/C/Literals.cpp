//===- Literals.cpp - numbers as C spells them ----------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Target/C/Literals.h"
#include <cmath>
#include <cstdio>

std::string slb::getCFloat(float value) {
  if (std::isnan(value))
    return "NAN";
  if (std::isinf(value))
    return value < 0 ? "-INFINITY" : "INFINITY";
  // Nine digits tell any two floats apart.
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.9g", double(value));
  std::string text = buffer;
  return text + (text.find_first_of(".e") == std::string::npos ? ".0f" : "f");
}
