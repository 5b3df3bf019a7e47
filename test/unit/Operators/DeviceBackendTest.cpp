//===- DeviceBackendTest.cpp - tensors of simulated GPUs ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Operators/Backends.h"
#include "test/ptx/StandIn.h"

#include <gtest/gtest.h>
#include <thread>
#include <torch/torch.h>

using namespace slb;
using standin::getState;
using torch::Tensor;

namespace {

const torch::Device kDevice(torch::kCUDA, standin::kHopper);

std::vector<double> getUniformValues(int64_t count) {
  std::vector<double> values;
  for (int64_t q = 0; q < count; ++q)
    values.push_back(double(2 * q - (count - 1)) / double(count - 1));
  return values;
}

/// Equal to a share of the largest, or of 1.
void expectClose(const Tensor &device, const Tensor &host, double tolerance) {
  double largest = std::max(host.abs().max().item<double>(), 1.0);
  EXPECT_LE((device.cpu() - host).abs().max().item<double>(),
            tolerance * largest);
}

/// A layer whose rows lie as `allocate` says.
SearchedLayer getLayer(int64_t count, int64_t n) {
  SearchedLayer layer;
  layer.logits = allocateRows({count - 1, n}, torch::kFloat)
                     .copy_(storeLogits(torch::randn({count, n})));
  layer.momentum = allocateRows({count - 1, n}, torch::kFloat).normal_(0, 0.01);
  layer.grad = torch::randn(n);
  layer.weights = torch::full(n, NAN);
  layer.planes = torch::full(getPlanesShape(count, n), -1, torch::kInt);
  return layer;
}

SearchedLayer toDevice(const SearchedLayer &layer) {
  auto rows = [](const Tensor &host) {
    return allocateRows(host.sizes(), host.options().device(kDevice))
        .copy_(host.to(kDevice));
  };
  return {rows(layer.logits), rows(layer.momentum), layer.grad.to(kDevice),
          layer.weights.to(kDevice), layer.planes.to(kDevice)};
}

/// What happened since it was made.
struct Counts {
  int64_t launches() const { return getState().launches - before.launches; }
  int64_t copies() const { return getState().copies - before.copies; }
  int64_t operators() const { return getState().operators - before.operators; }
  int64_t blocking() const {
    return getState().blockingCopies - before.blockingCopies;
  }
  standin::State before = getState();
};

class DeviceBackendTest : public testing::TestWithParam<int> {
protected:
  void SetUp() override { torch::manual_seed(1); }
  /// Weights and gradient of these logits, each by one launch.
  void expectAsOnCpu(const Tensor &logits, const Tensor &onDevice) {
    Tensor grad = torch::randn(logits.sizes().slice(1));
    Tensor deviceGrad = grad.to(kDevice);
    Counts counts;
    Tensor weights = computeExpectation(onDevice, values, 3);
    Tensor gradient = computeExpectationGrad(deviceGrad, onDevice, values, 3);
    EXPECT_EQ(counts.launches(), 2);
    EXPECT_EQ(counts.blocking(), 0);
    EXPECT_TRUE(gradient.is_contiguous());
    expectClose(weights, computeExpectation(logits, values, 3), 1e-6);
    expectClose(gradient, computeExpectationGrad(grad, logits, values, 3),
                2e-6);
  }
  int64_t count = GetParam();
  std::vector<double> values = getUniformValues(count);
};

TEST_P(DeviceBackendTest, EverySizeReachesTheKernels) {
  for (int64_t n : {1, 64, 999, 1000, 2049})
    for (auto type : {torch::kFloat, torch::kBFloat16}) {
      Tensor logits = torch::randn({count - 1, n}).to(type);
      expectAsOnCpu(logits, logits.to(kDevice));
    }
}

TEST_P(DeviceBackendTest, EveryLayoutReachesTheKernels) {
  Tensor logits = torch::randn({count - 1, 7, 9});
  Tensor rows = allocateRows(logits.sizes(), logits.options().device(kDevice));
  expectAsOnCpu(logits, rows.copy_(logits.to(kDevice)));
  expectAsOnCpu(
      logits, logits.transpose(1, 2).contiguous().to(kDevice).transpose(1, 2));
  Tensor wide = torch::zeros({count - 1, 10000}, kDevice);
  expectAsOnCpu(logits.flatten(1),
                wide.slice(1, 401, 464).copy_(logits.flatten(1).to(kDevice)));
  // One row for all.
  Tensor row = torch::randn(64);
  expectAsOnCpu(row.repeat({count - 1, 1}),
                row.to(kDevice).expand({count - 1, 64}));
}

TEST_P(DeviceBackendTest, RowsThatAreLaidOutAreNotCopied) {
  SearchedLayer layer = toDevice(getLayer(count, 999));
  computeExpectation(layer.logits, values, 3);
  Counts counts;
  computeExpectation(layer.logits, values, 5);
  EXPECT_EQ(counts.operators(), 0);
  EXPECT_EQ(counts.launches(), 1);
}

TEST_P(DeviceBackendTest, StepsAreThoseOfTheCpu) {
  std::vector<SearchedLayer> host, device;
  for (int64_t n : {5, 1028, 333, 64})
    host.push_back(getLayer(count, n));
  for (const SearchedLayer &layer : host)
    device.push_back(toDevice(layer));
  SearchStep step{3.0f, 3.5f, 0.5f, 0.01f, 0.9f, 0.01f};
  for (bool nesterov : {false, true, true}) {
    Counts counts;
    Tensor flips = searchStep(device, values, step, nesterov);
    EXPECT_EQ(counts.launches(), 1);
    EXPECT_EQ(counts.blocking(), 0);
    EXPECT_EQ(flips.item<int>(),
              searchStep(host, values, step, nesterov).item<int>());
    for (size_t i = 0; i < host.size(); ++i) {
      expectClose(device[i].logits, host[i].logits, 2e-6);
      expectClose(device[i].momentum, host[i].momentum, 2e-6);
      expectClose(device[i].weights, host[i].weights, 5e-6);
      EXPECT_TRUE(device[i].planes.cpu().equal(host[i].planes));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, DeviceBackendTest,
                         testing::Values(2, 3, 4, 16));

//===----------------------------------------------------------------------===//
// Threads, tables, graphs
//===----------------------------------------------------------------------===//

class DeviceTablesTest : public testing::Test {
protected:
  void expectForward(const SearchedLayer &onDevice, double temperature) {
    Tensor expected =
        computeExpectation(onDevice.logits.cpu(), values, temperature);
    expectClose(onDevice.weights, expected, 1e-6);
  }
  std::vector<double> values = getUniformValues(4);
  SearchedLayer layer = toDevice(getLayer(4, 999));
};

TEST_F(DeviceTablesTest, ThreadsNeedNoContext) {
  torch::Tensor gradient;
  Counts counts;
  // As autograd's threads are.
  std::thread([&] {
    gradient = computeExpectationGrad(layer.grad, layer.logits, values, 3);
  }).join();
  EXPECT_EQ(counts.launches(), 1);
  expectClose(
      gradient,
      computeExpectationGrad(layer.grad.cpu(), layer.logits.cpu(), values, 3),
      1e-6);
}

TEST_F(DeviceTablesTest, TablesAreCopiedOnceAStream) {
  SearchStep step{3.0f, 3.5f, 0.5f, 0.01f, 0.9f, 0.01f};
  searchStep({layer}, values, step, true);
  Counts counts;
  Tensor first = searchStep({layer}, values, step, true);
  Tensor second = searchStep({layer}, values, step, true);
  EXPECT_EQ(counts.copies(), 0);
  {
    c10::StreamGuard guard(c10::Stream(c10::Stream::UNSAFE, kDevice, 7));
    searchForward({layer}, values, 5);
    searchForward({layer}, values, 5);
  }
  EXPECT_EQ(counts.copies(), 1);
  searchForward({layer}, values, 5);
  EXPECT_EQ(counts.copies(), 1);
  EXPECT_EQ(counts.blocking(), 0);
  expectForward(layer, 5);
}

TEST_F(DeviceTablesTest, ManyTablesDoNotPileUp) {
  for (int64_t i = 0; i < 200; ++i) {
    SearchedLayer part = layer;
    part.logits = layer.logits.slice(1, 0, 1 + i);
    part.weights = torch::empty(1 + i, kDevice);
    part.planes = torch::empty(getPlanesShape(4, 1 + i),
                               torch::dtype(torch::kInt).device(kDevice));
    searchForward({part}, values, 5);
    expectForward(part, 5);
  }
}

/// A graph works on what its buffers hold at each replay, and needs nothing
/// that has gone since.
TEST_F(DeviceTablesTest, GraphsCapture) {
  searchForward({layer}, values, 5);
  c10::Stream stream(c10::Stream::UNSAFE, kDevice, 9);
  standin::beginCapture(stream.native_handle());
  {
    c10::StreamGuard guard(stream);
    searchForward({layer}, values, 5);
    searchForward({layer}, values, 7);
  }
  standin::endCapture();
  Tensor before = layer.weights.cpu();
  // Other tables, until all have been replaced.
  for (int64_t i = 0; i < 70; ++i) {
    SearchedLayer other = toDevice(getLayer(4, 50 + i));
    searchForward({other}, values, 5);
  }
  EXPECT_TRUE(layer.weights.cpu().equal(before));
  for (int i = 0; i < 2; ++i) {
    layer.logits.copy_(torch::randn({3, 999}).to(kDevice));
    Counts counts;
    standin::replay();
    EXPECT_EQ(getState().fault, "");
    expectForward(layer, 7);
  }
}

/// A new table is made on one stream while another is being captured.
TEST_F(DeviceTablesTest, OthersMayCapture) {
  standin::beginCapture(reinterpret_cast<void *>(9));
  SearchedLayer part = layer;
  part.logits = layer.logits.slice(1, 0, 777);
  part.weights = layer.weights.slice(0, 0, 777);
  part.planes = layer.planes.new_empty(getPlanesShape(4, 777));
  Counts counts;
  searchForward({part}, values, 5);
  standin::endCapture();
  EXPECT_EQ(counts.launches(), 1);
  EXPECT_EQ(counts.copies(), 1);
  expectForward(part, 5);
}

//===----------------------------------------------------------------------===//
// Without the kernels
//===----------------------------------------------------------------------===//

/// Collects warnings, while it lives.
struct Warnings : c10::WarningHandler {
  Warnings() : before(c10::WarningUtils::get_warning_handler()) {
    c10::WarningUtils::set_warning_handler(this);
  }
  ~Warnings() override { c10::WarningUtils::set_warning_handler(before); }
  void process(const c10::Warning &warning) override {
    texts.push_back(warning.msg());
  }
  c10::WarningHandler *before;
  std::vector<std::string> texts;
};

TEST_F(DeviceTablesTest, EveryReasonIsSaidOnce) {
  const std::string start = "slb: LibTorch's operators compute the searched "
                            "weights, several times slower than the kernels "
                            "would: ";
  Warnings warnings;
  values = {-7, -5, 0, 1};
  getState().compile = 218;
  int64_t modules = getState().modules;
  for (double temperature : {3, 5, 7}) {
    searchForward({layer}, values, temperature);
    expectForward(layer, temperature);
  }
  getState().compile = 0;
  EXPECT_EQ(getState().modules, modules + 1);
  ASSERT_EQ(warnings.texts.size(), 1u);
  EXPECT_EQ(warnings.texts[0].find(start + "CUDA driver: cuModuleLoadDataEx"),
            0u);
  EXPECT_NE(warnings.texts[0].find("asked to fail"), std::string::npos);

  values = getUniformValues(4);
  layer.weights = torch::empty(1000, kDevice).slice(0, 1);
  for (double temperature : {3, 5}) {
    searchForward({layer}, values, temperature);
    expectForward(layer, temperature);
  }
  ASSERT_EQ(warnings.texts.size(), 2u);
  EXPECT_EQ(warnings.texts[1],
            start + "expects buffers aligned to 16 bytes and a row stride of a "
                    "multiple of 4, but not so in layer 0");
}

} // namespace
