//===- SearchKernels.cpp - host kernels of searched weights ---------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/SearchKernels.h"
#include "ApproximateExp.h"
#include "ValueSet.h"
#include "mlir/ExecutionEngine/CRunnerUtils.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Transforms/Passes.h"
#include "slb/Conversion/SLBToVector/SLBToVector.h"
#include "slb/Host/HostCompiler.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <map>
#include <mutex>
#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

/// {0} K - 1, {1} planes, {2} set and scale, {3} nesterov, {4} the logits'
/// type.
static constexpr const char *kKernels = R"(
!logits = memref<{0}x?x{4}, strided<[?, 1]>>
!rows = memref<{0}x?xf32, strided<[?, 1]>>
!row = memref<?xf32>
!planes = memref<{1}x?xi32>
func.func @forward(%a: !logits, %w: !row, %planes: !planes, %begin: index,
                   %end: index, %t: f32) attributes {{llvm.emit_c_interface} {{
  slb.search_forward %a, %t, %w, %planes [%begin to %end] set = {2}
    : !logits, f32, !row, !planes
  return
}
func.func @backward(%a: !logits, %g: !row, %da: !rows, %begin: index, %end: index,
                    %t: f32) attributes {{llvm.emit_c_interface} {{
  slb.search_backward %a, %t, %g, %da [%begin to %end] set = {2}
    : !logits, f32, !row, !rows
  return
}
func.func @step(%a: !logits, %m: !rows, %g: !row, %w: !row, %planes: !planes,
                %flips: memref<1xi32>, %begin: index, %end: index, %t: f32,
                %next: f32, %gradScale: f32, %rate: f32, %momentum: f32,
                %decay: f32) attributes {{llvm.emit_c_interface} {{
  slb.search_step %a, %m, %g, %w, %planes, %flips [%begin to %end]
    temperature %t to %next grad_scale %gradScale
    sgd(%rate, %momentum, %decay) {3} set = {2}
    : !logits, !rows, !row, !row, !planes, memref<1xi32>, f32
  return
}
)";

static unsigned getBits(size_t count) { return llvm::Log2_64_Ceil(count); }

/// A variant's kernels in the llvm dialect. Null and a message in `error` on
/// failure.
static OwningOpRef<ModuleOp> lowerKernels(const SearchVariant &variant,
                                          MLIRContext &context,
                                          std::string &error) {
  const std::vector<double> &values = variant.values;
  SpelledSet spelled;
  if (!spellSet(values, spelled, error))
    return nullptr;
  std::string set = "<" + spelled.set + ">" + spelled.scale;
  std::string source =
      llvm::formatv(kKernels, values.size() - 1, getBits(values.size()), set,
                    variant.nesterov ? "nesterov" : "",
                    variant.bfloat16Logits ? "bf16" : "f32");
  auto module = parseSourceString<ModuleOp>(source, &context);
  if (!module) {
    error = "the kernels of searched weights do not parse";
    return nullptr;
  }
  auto toVectors = [](OpPassManager &pm) {
    pm.addPass(createConvertSLBToVector());
    pm.addPass(createCanonicalizerPass());
    pm.addPass(createCSEPass());
  };
  auto toLLVM = [](OpPassManager &pm) { buildHostLoweringPipeline(pm, false); };
  if (!runPasses(*module, toVectors, error))
    return nullptr;
  approximateExp2(*module);
  if (!runPasses(*module, toLLVM, error))
    return nullptr;
  return module;
}

namespace {
/// A context with all that the kernels pass through.
struct HostContext : MLIRContext {
  HostContext() : MLIRContext(getRegistry(), Threading::DISABLED) {
    loadAllAvailableDialects();
  }
  static DialectRegistry getRegistry() {
    DialectRegistry registry;
    registerHostDialects(registry);
    return registry;
  }
};
} // namespace

static std::unique_ptr<ExecutionEngine>
compileKernels(const SearchVariant &variant, std::string &error) {
  HostContext context;
  auto module = lowerKernels(variant, context, error);
  return module ? compileForHost(*module, error) : nullptr;
}

std::string slb::compileSearchObject(const SearchVariant &variant,
                                     const std::string &triple,
                                     const std::string &cpu,
                                     std::string &error) {
  HostContext context;
  auto module = lowerKernels(variant, context, error);
  return module ? compileToObject(*module, triple, cpu, error) : "";
}

//===----------------------------------------------------------------------===//
// SearchKernels
//===----------------------------------------------------------------------===//

using Rows = StridedMemRefType<float, 2>;
using Row = StridedMemRefType<float, 1>;
using Planes = StridedMemRefType<uint32_t, 2>;
using Counter = StridedMemRefType<int32_t, 1>;

struct SearchKernels::Impl {
  std::unique_ptr<ExecutionEngine> engine;
  int64_t rows = 0, bits = 0;
  void (*forward)(Rows *, Row *, Planes *, int64_t, int64_t, float) = nullptr;
  void (*backward)(Rows *, Row *, Rows *, int64_t, int64_t, float) = nullptr;
  void (*step)(Rows *, Rows *, Row *, Row *, Planes *, Counter *, int64_t,
               int64_t, float, float, float, float, float, float) = nullptr;

  template <typename FunctionT>
  bool find(StringRef name, FunctionT &function, std::string &error) {
    auto address = engine->lookup(("_mlir_ciface_" + name).str());
    if (address) {
      function = reinterpret_cast<FunctionT>(*address);
      return true;
    }
    error = "the kernels of searched weights do not link: " +
            llvm::toString(address.takeError());
    return false;
  }

  /// Of the logits only the address is looked at here, so bfloat16 may pass.
  Rows getRows(void *data, const SearchedTensor &tensor) const {
    auto *first = static_cast<float *>(data);
    return {first, first, 0, {rows, tensor.count}, {tensor.rowStride, 1}};
  }
  /// The kernels only write where they should, so constness may be cast away.
  static Row getRow(const float *data, const SearchedTensor &tensor) {
    auto *first = const_cast<float *>(data);
    return {first, first, 0, {tensor.count}, {1}};
  }
  Planes getPlanes(const SearchedTensor &tensor) const {
    int64_t words = (tensor.count + 31) / 32;
    return {tensor.planes, tensor.planes, 0, {bits, words}, {words, 1}};
  }
};

/// Hands what the compiler has freed, tens of megabytes, back to the system:
/// training, which lasts, would hold it without use.
static void releaseFreeMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

SearchKernels::SearchKernels(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
SearchKernels::~SearchKernels() = default;

std::shared_ptr<const SearchKernels>
SearchKernels::get(const SearchVariant &variant, std::string &error) {
  static std::mutex mutex;
  // Never destroyed: at exit LLVM's own statics may go before it does.
  static auto &cache = *new std::map<std::pair<SearchVariant, std::string>,
                                     std::shared_ptr<const SearchKernels>>;
  std::lock_guard<std::mutex> lock(mutex);
  auto &kernels = cache[{variant, getHostCpu()}];
  if (kernels)
    return kernels;
  error.clear();
  auto impl = std::make_unique<Impl>();
  impl->engine = compileKernels(variant, error);
  releaseFreeMemory();
  impl->rows = int64_t(variant.values.size()) - 1;
  impl->bits = getBits(variant.values.size());
  if (!impl->engine || !impl->find("forward", impl->forward, error) ||
      !impl->find("backward", impl->backward, error) ||
      !impl->find("step", impl->step, error))
    return nullptr;
  kernels.reset(new SearchKernels(std::move(impl)));
  return kernels;
}

void SearchKernels::forward(const SearchedTensor &tensor, int64_t begin,
                            int64_t end, float temperature) const {
  Rows logits = impl->getRows(tensor.logits, tensor);
  Row weights = impl->getRow(tensor.weights, tensor);
  Planes planes = impl->getPlanes(tensor);
  impl->forward(&logits, &weights, &planes, begin, end, temperature);
}

void SearchKernels::backward(const SearchedTensor &tensor, int64_t begin,
                             int64_t end, float temperature,
                             float *gradLogits) const {
  Rows logits = impl->getRows(tensor.logits, tensor);
  Row grad = impl->getRow(tensor.grad, tensor);
  Rows result = impl->getRows(gradLogits, tensor);
  impl->backward(&logits, &grad, &result, begin, end, temperature);
}

int64_t SearchKernels::step(const SearchedTensor &tensor, int64_t begin,
                            int64_t end, const SearchStep &step) const {
  int32_t count = 0;
  Rows logits = impl->getRows(tensor.logits, tensor);
  Rows momentum = impl->getRows(tensor.momentum, tensor);
  Row grad = impl->getRow(tensor.grad, tensor);
  Row weights = impl->getRow(tensor.weights, tensor);
  Planes planes = impl->getPlanes(tensor);
  Counter flips{&count, &count, 0, {1}, {1}};
  impl->step(&logits, &momentum, &grad, &weights, &planes, &flips, begin, end,
             step.temperature, step.nextTemperature, step.gradScale,
             step.learningRate, step.momentum, step.weightDecay);
  return count;
}
