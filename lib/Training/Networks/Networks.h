//===- Networks.h - the networks that can be trained ------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_NETWORKS_NETWORKS_H
#define SLB_LIB_TRAINING_NETWORKS_NETWORKS_H

#include "../NetworkBuilder.h"

namespace slb {

using Value = NetworkBuilder::Value;
using BuildNetwork = Value (*)(NetworkBuilder &builder, Value x,
                               int64_t classes);

Value buildDigitsCnn(NetworkBuilder &builder, Value x, int64_t classes);
Value buildResNet8(NetworkBuilder &builder, Value x, int64_t classes);
Value buildResNet20(NetworkBuilder &builder, Value x, int64_t classes);
Value buildResNet18(NetworkBuilder &builder, Value x, int64_t classes);
Value buildVggSmall(NetworkBuilder &builder, Value x, int64_t classes);

/// Null for a name that is not in networkNames().
BuildNetwork findNetwork(const std::string &name);

} // namespace slb

#endif // SLB_LIB_TRAINING_NETWORKS_NETWORKS_H
