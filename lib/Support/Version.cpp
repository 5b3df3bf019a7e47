//===- Version.cpp - which slb this is ------------------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Support/Version.h"

const char *slb::getVersion() { return SLB_VERSION; }
