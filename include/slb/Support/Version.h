//===- Version.h - which slb this is ----------------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_SUPPORT_VERSION_H
#define SLB_SUPPORT_VERSION_H

namespace slb {

/// The version of CMake's project: 0.1.0.
const char *getVersion();

} // namespace slb

#endif // SLB_SUPPORT_VERSION_H
