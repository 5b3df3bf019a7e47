//===- ExportModel.h - writes a trained network as slb IR -------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_EXPORTMODEL_H
#define SLB_LIB_TRAINING_EXPORTMODEL_H

#include "Network.h"
#include "slb/Data/Dataset.h"

namespace slb {

/// Writes `network` at phase `search` to `path`. `temperature` is the inverse
/// temperature at the end of training.
bool exportModel(const Network &network, const Dataset &dataset,
                 float temperature, const std::string &path,
                 std::string &error);

} // namespace slb

#endif // SLB_LIB_TRAINING_EXPORTMODEL_H
