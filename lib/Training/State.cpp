//===- State.cpp - the named tensors of a network -------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "State.h"

using namespace slb;

torch::Tensor NetworkState::addParameter(const std::string &name,
                                         ParameterKind kind,
                                         const torch::Tensor &initial) {
  torch::Tensor value = initial.to(device).set_requires_grad(true);
  parameters.push_back({name, value, kind, value});
  return value;
}

torch::Tensor NetworkState::addBuffer(const std::string &name,
                                      const torch::Tensor &initial) {
  buffers.emplace_back(name, initial.to(device));
  return buffers.back().second;
}
