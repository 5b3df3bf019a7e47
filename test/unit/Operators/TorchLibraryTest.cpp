//===- TorchLibraryTest.cpp - torch.ops.slb on simulated GPUs -------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/ptx/StandIn.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

using namespace slb;
using standin::getState;
using torch::Tensor;

namespace {

Tensor callExpectation(const Tensor &logits, c10::ArrayRef<double> values,
                       double temperature) {
  static auto operation =
      torch::Dispatcher::singleton()
          .findSchemaOrThrow("slb::expectation", "")
          .typed<Tensor(const Tensor &, c10::ArrayRef<double>, double)>();
  return operation.call(logits, values, temperature);
}

/// The first thing that autograd's thread for a device does is a kernel of
/// ours.
TEST(TorchLibrary, BackwardRunsOnAutogradsThread) {
  torch::manual_seed(1);
  const std::vector<double> values = {-1, -1. / 3, 1. / 3, 1};
  for (int device : {standin::kHopper, standin::kBlackwell}) {
    Tensor host = torch::randn({3, 1001}).requires_grad_();
    Tensor grad = torch::randn(1001);
    callExpectation(host, values, 2).backward(grad);

    torch::Device gpu(torch::kCUDA, c10::DeviceIndex(device));
    Tensor logits = host.detach().to(gpu).requires_grad_();
    Tensor gpuGrad = grad.to(gpu);
    int64_t launches = getState().launches;
    Tensor weights = callExpectation(logits, values, 2);
    EXPECT_EQ(getState().launches, launches + 1);
    weights.backward(gpuGrad);
    EXPECT_EQ(getState().launches, launches + 2);
    EXPECT_EQ(logits.grad().device(), gpu);
    EXPECT_LE((logits.grad().cpu() - host.grad()).abs().max().item<double>(),
              2e-6);
  }
}

} // namespace
