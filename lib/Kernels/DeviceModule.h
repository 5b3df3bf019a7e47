//===- DeviceModule.h - the gpu module of searched weights ------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_KERNELS_DEVICEMODULE_H
#define SLB_LIB_KERNELS_DEVICEMODULE_H

#include "ValueSet.h"
#include <cstddef>

namespace slb {

/// The text of a gpu module with the kernels for K = `count` values.
std::string getDeviceModule(const SpelledSet &set, size_t count, bool nesterov);

} // namespace slb

#endif // SLB_LIB_KERNELS_DEVICEMODULE_H
