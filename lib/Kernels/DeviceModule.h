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
#include "slb/Kernels/SearchKernels.h"

namespace slb {

/// The text of a gpu module with the kernels of a variant, whose values are
/// `spelled`.
std::string getDeviceModule(const SearchVariant &variant,
                            const SpelledSet &spelled);

} // namespace slb

#endif // SLB_LIB_KERNELS_DEVICEMODULE_H
