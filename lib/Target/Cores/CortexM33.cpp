//===- CortexM33.cpp - Cortex-M33: the kernels of Cortex-M4 ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/Core.h"

using namespace slb::bitpack;

void slb::bitpack::registerCortexM33(TargetRegistry &registry) {
  registry.addTarget({"cortex-m33",
                      "Arm Cortex-M33 with its DSP extension: as cortex-m4",
                      "-mcpu=cortex-m33", "defined(__ARM_FEATURE_DSP)", 4,
                      "cortex-m4", /*kernels=*/{}});
}
