//===- Formats.h - one loader a data set ------------------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_DATA_FORMATS_H
#define SLB_LIB_DATA_FORMATS_H

#include "slb/Data/Dataset.h"

namespace slb {

bool loadDigits(const std::string &folder, Dataset &dataset,
                std::string &error);
bool loadMnist(const std::string &folder, Dataset &dataset, std::string &error);
bool loadCifar10(const std::string &folder, Dataset &dataset,
                 std::string &error);

} // namespace slb

#endif // SLB_LIB_DATA_FORMATS_H
