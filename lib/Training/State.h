//===- State.h - the named tensors of a network -----------------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_TRAINING_STATE_H
#define SLB_LIB_TRAINING_STATE_H

#include "SearchedParameter.h"

namespace slb {

enum class ParameterKind {
  Weight, ///< Float and int8 weights.
  Other,  ///< Batch norm, bias, clips: never decayed.
};

struct Parameter {
  std::string name;
  torch::Tensor value;
  ParameterKind kind;
  /// What the network computes with, and autograd ends at: the value, or what
  /// is rounded from it, whose gradient passes straight through.
  torch::Tensor leaf;
};

/// All tensors of a network that training changes. Layers hold handles of the
/// same tensors.
struct NetworkState {
  std::vector<Parameter> parameters; ///< All but the searched ones.
  std::vector<std::shared_ptr<SearchedParameter>> searched;
  std::vector<std::pair<std::string, torch::Tensor>> buffers;
  torch::Device device = torch::kCPU;
  torch::ScalarType logitsType = torch::kFloat; ///< As they are stored.

  /// Returns the parameter's leaf, which is its value too.
  torch::Tensor addParameter(const std::string &name, ParameterKind kind,
                             const torch::Tensor &initial);
  torch::Tensor addBuffer(const std::string &name,
                          const torch::Tensor &initial);
};

} // namespace slb

#endif // SLB_LIB_TRAINING_STATE_H
