//===- DeviceKernelsTest.cpp - kernels on simulated GPUs ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/DeviceKernels.h"
#include "SearchReference.h"
#include "slb/Kernels/DeviceCompiler.h"
#include "test/ptx/StandIn.h"
#include <cmath>
#include <cstring>
#include <ctime>
#include <gtest/gtest.h>
#include <thread>

using namespace slb;
using namespace slb::test;
using standin::getState;

namespace {

std::shared_ptr<const DeviceKernels> getKernels(int device,
                                                const SearchVariant &variant) {
  std::string error;
  auto kernels = DeviceKernels::get(device, variant, error);
  EXPECT_TRUE(kernels) << error;
  return kernels;
}

uint16_t roundToShort(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return uint16_t((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

float widen(uint16_t value) {
  uint32_t bits = uint32_t(value) << 16;
  float wide;
  std::memcpy(&wide, &bits, sizeof(wide));
  return wide;
}

constexpr ptx::Memory::Rights kRead{true, false}, kWrite{false, true}, kBoth{};

/// A layer whose buffers a launch may access, row by row, until it goes.
class DeviceLayer {
public:
  DeviceLayer(SearchedData &data, bool isShort) : data(data), isShort(isShort) {
    for (float logit : data.logits)
      shortLogits.push_back(roundToShort(logit));
    if (isShort)
      loadLogits();
  }
  ~DeviceLayer() {
    for (const void *buffer : buffers)
      standin::removeBuffer(buffer);
  }
  DeviceLayer(DeviceLayer &&) = default;

  SearchedTensor getForward() {
    addLogits(kRead);
    return addWeights(getTensor());
  }

  SearchedTensor getBackward(std::vector<float> &result) {
    SearchedTensor tensor = getTensor();
    tensor.momentum = result.data();
    addLogits(kRead);
    addRows(result.data(), sizeof(float), kWrite);
    add(data.grad.data(), 4 * data.n, kRead);
    return tensor;
  }

  /// The new weights replace the gradient where `isInPlace`.
  SearchedTensor getStep(bool isInPlace) {
    SearchedTensor tensor = getTensor();
    addLogits(kBoth);
    addRows(data.momentum.data(), sizeof(float), kBoth);
    add(data.grad.data(), 4 * data.n, isInPlace ? kBoth : kRead);
    if (!isInPlace)
      return addWeights(tensor);
    tensor.weights = data.grad.data();
    return addPlanes(tensor);
  }

  /// Takes what a kernel left in short logits into the data.
  void loadLogits() {
    for (size_t i = 0; i < shortLogits.size(); ++i)
      data.logits[i] = widen(shortLogits[i]);
  }

private:
  SearchedTensor getTensor() {
    SearchedTensor tensor = data.getTensor();
    if (isShort)
      tensor.logits = shortLogits.data();
    return tensor;
  }
  void add(const void *begin, size_t bytes, ptx::Memory::Rights rights) {
    standin::addBuffer(begin, bytes, rights);
    buffers.push_back(begin);
  }
  void addRows(const void *rows, size_t element, ptx::Memory::Rights rights) {
    for (int64_t row = 0; row < data.count - 1; ++row)
      add(static_cast<const char *>(rows) + row * data.stride * element,
          element * data.n, rights);
  }
  void addLogits(ptx::Memory::Rights rights) {
    addRows(getTensor().logits, isShort ? 2 : 4, rights);
  }
  SearchedTensor addPlanes(SearchedTensor tensor) {
    add(tensor.planes, 4 * data.planes.size(), kWrite);
    return tensor;
  }
  SearchedTensor addWeights(SearchedTensor tensor) {
    add(tensor.weights, 4 * data.n, kWrite);
    return addPlanes(tensor);
  }

  SearchedData &data;
  bool isShort;
  std::vector<uint16_t> shortLogits;
  std::vector<const void *> buffers;
};

/// A table on the device.
class DeviceTable {
public:
  explicit DeviceTable(const std::vector<SearchedTensor> &layers) {
    std::string error;
    EXPECT_TRUE(describeLayers(layers, table, error)) << error;
    words.resize(table.getWordCount());
    table.writeWords(words.data());
    standin::addBuffer(words.data(), 8 * words.size(), kRead);
  }
  ~DeviceTable() { standin::removeBuffer(words.data()); }

  SearchTable table;
  std::vector<int64_t> words;
};

void runForward(const DeviceKernels &kernels,
                const std::vector<SearchedTensor> &layers, double t) {
  DeviceTable device(layers);
  std::string error;
  EXPECT_TRUE(kernels.forward(device.table, device.words.data(), float(t),
                              nullptr, error))
      << error << ": " << getState().fault;
}

void runBackward(const DeviceKernels &kernels,
                 const std::vector<SearchedTensor> &layers, double t) {
  DeviceTable device(layers);
  std::string error;
  EXPECT_TRUE(kernels.backward(device.table, device.words.data(), float(t),
                               nullptr, error))
      << error << ": " << getState().fault;
}

/// Returns the flips.
int32_t runStep(const DeviceKernels &kernels,
                const std::vector<SearchedTensor> &layers,
                const SearchStep &step) {
  DeviceTable device(layers);
  std::string error;
  int32_t flips = 5;
  standin::addBuffer(&flips, sizeof(flips), kBoth);
  EXPECT_TRUE(kernels.step(device.table, device.words.data(), step, &flips,
                           nullptr, error))
      << error << ": " << getState().fault;
  standin::removeBuffer(&flips);
  return flips - 5;
}

/// Many values, of all kinds of logits, on one of the GPUs.
class DeviceKernelsTest : public testing::TestWithParam<std::tuple<int, bool>> {
protected:
  void TearDown() override { getState().options = ptx::Options(); }
  /// Each launch in another order, and with other errors that PTX allows.
  void vary() {
    ptx::Options &options = getState().options;
    options.shuffle = options.shuffle ? 0 : ++launches;
    options.approximationUlps = int(launches % 5) - 2;
  }
  SearchVariant getVariant(const std::vector<double> &values,
                           bool isNesterov = false) {
    return {values, isNesterov, isShort};
  }

  int count = std::get<0>(GetParam());
  bool isShort = std::get<1>(GetParam());
  int device = (count + isShort) % standin::kVolta;
  unsigned launches = 0;
};

constexpr double kMagnitudes[] = {0.01, 1.0, 1e4};
constexpr double kTemperatures[] = {1.0, 30.0, 1e8};
/// A chunk and a bit, words and vectors that are not full.
const std::vector<int64_t> kSizes = {1037, 64, 1, 3};

TEST_P(DeviceKernelsTest, WeightsAndCodesAreAsInFloat64) {
  std::vector<double> values = getValueSets(count)[1];
  auto kernels = getKernels(device, getVariant(values));
  for (double magnitude : kMagnitudes)
    for (double t : kTemperatures) {
      std::vector<SearchedData> data;
      for (int64_t n : kSizes)
        data.emplace_back(count, n, magnitude);
      std::vector<DeviceLayer> layers;
      std::vector<SearchedTensor> tensors;
      layers.reserve(data.size());
      for (SearchedData &one : data) {
        layers.emplace_back(one, isShort);
        tensors.push_back(layers.back().getForward());
      }
      vary();
      runForward(*kernels, tensors, t);
      for (const SearchedData &one : data)
        one.expectForward(values, t);
    }
}

TEST_P(DeviceKernelsTest, GradientsAreAsInFloat64) {
  std::vector<double> values = getUniformValues(count);
  auto kernels = getKernels(device, getVariant(values));
  for (double magnitude : kMagnitudes)
    for (double t : kTemperatures) {
      SearchedData data(count, kSizes[0], magnitude);
      std::vector<float> result(data.logits.size(), NAN);
      DeviceLayer layer(data, isShort);
      vary();
      runBackward(*kernels, {layer.getBackward(result)}, t);
      data.expectGradients(values, t, result);
    }
}

void expectNear(const std::vector<float> &a, const std::vector<float> &b,
                double relative, double absolute) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i)
    ASSERT_NEAR(a[i], b[i], relative * std::fabs(b[i]) + absolute) << i;
}

TEST_P(DeviceKernelsTest, StepIsThatOfTheHost) {
  SearchStep step{3.0f, 3.5f, 0.5f, 0.125f, 0.9f, 0.01f};
  std::vector<double> values = getUniformValues(count);
  std::string error;
  auto host = SearchKernels::get({values}, error);
  ASSERT_TRUE(host) << error;
  for (bool isNesterov : {false, true}) {
    SearchedData data(count, 997, 1.0);
    DeviceLayer layer(data, isShort);
    SearchedData plain = data;
    vary();
    int32_t flips = runStep(*getKernels(device, getVariant(values, isNesterov)),
                            {layer.getStep(isNesterov)}, step);
    int64_t plainFlips = plain.stepUnfused(*host, step, isNesterov);
    if (isShort)
      layer.loadLogits();
    else
      EXPECT_EQ(flips, plainFlips);
    EXPECT_GT(flips, 0);
    expectNear(data.momentum, plain.momentum, 0, 2e-6);
    // Half a unit in the last of 8 places.
    expectNear(data.logits, plain.logits, isShort ? 0x1p-8 : 0, 1e-6);
    if (isNesterov)
      data.weights = data.grad;
    data.expectForward(values, step.nextTemperature);
  }
}

std::string
getName(const testing::TestParamInfo<DeviceKernelsTest::ParamType> &info) {
  return std::to_string(std::get<0>(info.param)) +
         (std::get<1>(info.param) ? "Short" : "");
}

INSTANTIATE_TEST_SUITE_P(Counts, DeviceKernelsTest,
                         testing::Combine(testing::Range(2, 17),
                                          testing::Bool()),
                         getName);

TEST(DeviceKernels, EveryChipComputesTheSame) {
  std::vector<double> values = getUniformValues(4);
  SearchStep step{3.0f, 3.5f, 0.5f, 0.125f, 0.9f, 0.01f};
  std::vector<float> logits;
  for (int device = 0; device < standin::kVolta; ++device) {
    SearchedData data(4, 1003, 1.0);
    DeviceLayer layer(data, false);
    runStep(*getKernels(device, {values, true}), {layer.getStep(false)}, step);
    data.expectForward(values, step.nextTemperature);
    if (device == 0)
      logits = data.logits;
    expectNear(data.logits, logits, 0, 1e-6);
  }
}

/// On GPUs whose few blocks do many chunks each, and on large ones.
TEST(DeviceKernels, ManyLayersAreOneLaunch) {
  std::vector<double> values = getUniformValues(3);
  for (int device : {standin::kHopper, standin::kBlackwell}) {
    std::vector<SearchedData> data;
    for (int64_t i = 0; i < 200; ++i)
      data.emplace_back(3, i == 77 ? 20011 : 1 + i * 37 % 400, 1.0);
    std::vector<DeviceLayer> layers;
    std::vector<SearchedTensor> tensors;
    layers.reserve(data.size());
    for (SearchedData &one : data) {
      layers.emplace_back(one, false);
      tensors.push_back(layers.back().getForward());
    }
    auto kernels = getKernels(device, {values});
    int64_t launches = getState().launches;
    runForward(*kernels, tensors, 7);
    EXPECT_EQ(getState().launches, launches + 1);
    for (const SearchedData &one : data)
      one.expectForward(values, 7);
  }
}

//===----------------------------------------------------------------------===//
// The driver
//===----------------------------------------------------------------------===//

/// Runs a forward pass on this thread, whatever context it has.
void expectWorks(int device, const SearchVariant &variant) {
  SearchedData data(int64_t(variant.values.size()), 100, 1.0);
  DeviceLayer layer(data, false);
  runForward(*getKernels(device, variant), {layer.getForward()}, 3);
  data.expectForward(variant.values, 3);
}

TEST(DeviceKernels, WorkOnThreadsWithoutAContext) {
  SearchVariant variant{{-5, 0, 1}};
  std::thread([&] { expectWorks(standin::kAmpere, variant); }).join();
  std::thread([&] { expectWorks(standin::kAmpere, variant); }).join();
  // On threads with another device's, too.
  standin::bindDevice(standin::kTuring);
  expectWorks(standin::kAmpere, variant);
}

double getSeconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

TEST(DeviceKernels, AreCached) {
  SearchVariant variant{getUniformValues(16)};
  auto kernels = getKernels(standin::kHopper, variant);
  standin::State before = getState();
  double start = getSeconds();
  for (int i = 0; i < 10000; ++i)
    ASSERT_EQ(getKernels(standin::kHopper, variant), kernels);
  // 20 us a call.
  EXPECT_LT(getSeconds() - start, 0.2);
  EXPECT_EQ(getState().modules, before.modules);
  EXPECT_EQ(getState().contexts, before.contexts);
  EXPECT_NE(getKernels(standin::kBlackwell, variant), kernels);
}

TEST(DeviceKernels, FailureIsRememberedWithTheCompilersLog) {
  SearchVariant variant{{-7, 0, 1}};
  getState().compile = 218;
  int64_t modules = getState().modules;
  std::string error, again;
  EXPECT_FALSE(DeviceKernels::get(standin::kHopper, variant, error));
  EXPECT_EQ(error, "CUDA driver: cuModuleLoadDataEx: a PTX JIT compilation "
                   "failed: ptxas application ptx input, line 1; error: asked "
                   "to fail;ptxas fatal: Ptx assembly aborted");
  getState().compile = 0;
  EXPECT_FALSE(DeviceKernels::get(standin::kHopper, variant, again));
  EXPECT_EQ(again, error);
  EXPECT_EQ(getState().modules, modules + 1);
  expectWorks(standin::kBlackwell, variant);
}

TEST(DeviceKernels, SayWhichGpusTheyKnow) {
  std::string error;
  EXPECT_FALSE(DeviceKernels::get(standin::kVolta, {{-1, 1}}, error));
  EXPECT_EQ(error, "expects a GPU of compute capability 7.5 or higher, but got "
                   "7.0");
  EXPECT_FALSE(DeviceKernels::get(standin::kDeviceCount, {{-1, 1}}, error));
  EXPECT_EQ(error, "CUDA driver: cuDeviceGet: invalid device ordinal");
}

TEST(DeviceKernelsDeathTest, SayThatThereIsNoGpu) {
  // In a program of its own: the driver is asked once.
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        getState().initialize = 100;
        std::string error;
        DeviceKernels::get(0, {{-1, 1}}, error);
        std::fprintf(stderr, "%s\n", error.c_str());
        std::exit(7);
      },
      testing::ExitedWithCode(7),
      "CUDA driver: cuInit: no CUDA-capable device is detected");
}

/// The checks see what these kernels do.
TEST(DeviceKernels, LaunchesAreChecked) {
  SearchVariant variant{getUniformValues(2)};
  SearchedData data(2, 100, 1.0);
  DeviceLayer layer(data, false);
  SearchedTensor tensor = layer.getForward();
  auto expectFault = [&](const std::vector<SearchedTensor> &layers,
                         const char *fault) {
    DeviceTable device(layers);
    std::string error;
    EXPECT_FALSE(
        getKernels(0, variant)
            ->forward(device.table, device.words.data(), 1, nullptr, error));
    EXPECT_EQ(error, "CUDA driver: cuLaunchKernel: unspecified launch failure");
    EXPECT_NE(getState().fault.find(fault), std::string::npos)
        << getState().fault;
  };
  SearchedTensor wrong = tensor;
  wrong.count = 101;
  expectFault({wrong}, "reads 4 bytes out of bounds (thread 25)");
  wrong = tensor;
  wrong.planes =
      reinterpret_cast<uint32_t *>(reinterpret_cast<char *>(tensor.planes) + 2);
  expectFault({wrong}, "writes 4 bytes misaligned");
  expectFault({tensor, tensor}, "in a race with another thread");
}

//===----------------------------------------------------------------------===//
// Tables and chips
//===----------------------------------------------------------------------===//

TEST(DeviceKernels, ChipIsTheNewestThatRuns) {
  std::string error;
  EXPECT_EQ(getChip(7, 5, error), "sm_75");
  EXPECT_EQ(getChip(8, 7, error), "sm_86");
  EXPECT_EQ(getChip(9, 0, error), "sm_90");
  EXPECT_EQ(getChip(13, 0, error), "sm_120");
  EXPECT_EQ(error, "");
  EXPECT_EQ(getChip(7, 0, error), "");
  EXPECT_EQ(error, "expects a GPU of compute capability 7.5 or higher, but got "
                   "7.0");
}

SearchedTensor getLayer(int64_t count, int64_t rowStride) {
  SearchedTensor layer;
  layer.count = count;
  layer.rowStride = rowStride;
  return layer;
}

TEST(DeviceKernels, TableHasLayersThenChunks) {
  SearchTable table;
  std::string error;
  ASSERT_TRUE(describeLayers({getLayer(1024, 1024), getLayer(2050, 2052)},
                             table, error));
  EXPECT_EQ(table.layerCount, 2);
  EXPECT_EQ(table.chunkCount, 4);
  ASSERT_EQ(table.getWordCount(), 18);
  std::vector<int64_t> words(18);
  table.writeWords(words.data());
  EXPECT_EQ(words[7], 2050);
  EXPECT_EQ(words[8], 2052);
  EXPECT_EQ(words[14], 0);
  EXPECT_EQ(words[15], 1);
  EXPECT_EQ(words[17], 1 | int64_t(2) << 32);
}

TEST(DeviceKernels, TablesAreDescribedWithoutTheirChunks) {
  std::vector<SearchedTensor> layers(20, getLayer(1 << 20, 1 << 20));
  SearchTable table;
  std::string error;
  double start = getSeconds();
  for (int i = 0; i < 1000; ++i)
    ASSERT_TRUE(describeLayers(layers, table, error));
  // 20 us a table; its 20480 chunks alone take longer.
  EXPECT_LT(getSeconds() - start, 0.02);
  EXPECT_EQ(table.getWordCount(), 20 * 7 + 20 * 1024);
}

TEST(DeviceKernels, RefusesRowsThatAreNotAligned) {
  SearchTable table;
  std::string error;
  EXPECT_FALSE(describeLayers({getLayer(8, 8), getLayer(5, 5)}, table, error));
  EXPECT_EQ(error, "expects buffers aligned to 16 bytes and a row stride of a "
                   "multiple of 4, but not so in layer 1");
}

} // namespace
