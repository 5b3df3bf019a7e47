//===- CortexM7.cpp - Cortex-M7: the kernels of Cortex-M4 -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Target/Core.h"

using namespace slb::bitpack;

void slb::bitpack::registerCortexM7(TargetRegistry &registry) {
  registry.addTarget({"cortex-m7", "Arm Cortex-M7: as cortex-m4",
                      "-mcpu=cortex-m7", "defined(__ARM_FEATURE_DSP)", 4,
                      "cortex-m4", /*kernels=*/{}});
}
