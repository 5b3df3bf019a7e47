//===- Backends.h - searched weights, device by device ----------*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SLB_LIB_OPERATORS_BACKENDS_H
#define SLB_LIB_OPERATORS_BACKENDS_H

#include "slb/Operators/SearchOperators.h"

namespace slb {

using Layers = std::vector<SearchedLayer>;
using ValueRef = c10::ArrayRef<double>;

/// What a device must be able to do. Backward takes the gradient of the logits
/// in `momentum`. The tensors have been checked.
class SearchBackend {
public:
  virtual ~SearchBackend() = default;
  virtual void forward(const Layers &layers, ValueRef values,
                       double temperature) const = 0;
  virtual void backward(const Layers &layers, ValueRef values,
                        double temperature) const = 0;
  virtual torch::Tensor step(const Layers &layers, ValueRef values,
                             const SearchStep &step, bool nesterov) const = 0;
};

/// SearchKernels, on the threads of LibTorch.
const SearchBackend &getHostBackend();

/// DeviceKernels, on LibTorch's current stream. What they refuse goes to the
/// composite backend.
const SearchBackend &getDeviceBackend();

/// The definition, in LibTorch's own operators, for every device.
const SearchBackend &getCompositeBackend();

} // namespace slb

#endif // SLB_LIB_OPERATORS_BACKENDS_H
