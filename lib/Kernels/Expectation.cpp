//===- Expectation.cpp - host kernels of slb.expectation ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Kernels/Expectation.h"
#include "ValueSet.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/ExecutionEngine/CRunnerUtils.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Transforms/Passes.h"
#include "slb/Conversion/SLBToLinalg/SLBToLinalg.h"
#include "slb/Kernels/HostCompiler.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <map>
#include <mutex>

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

/// Both kernels on rows of any distance. {0} K, {1} element type, {2} set,
/// {3} scale.
static constexpr const char *kKernels = R"(
!matrix_{1} = memref<{0}x?x{1}, strided<[?, 1]>>
func.func @forward_{1}(%logits: !matrix_{1}, %t: {1}, %weights: memref<?x{1}>)
    attributes {{llvm.emit_c_interface} {{
  %a = bufferization.to_tensor %logits restrict : !matrix_{1} to tensor<{0}x?x{1}>
  %w = slb.expectation %a, %t set = <{2}>{3}
     : (tensor<{0}x?x{1}>, {1}) -> tensor<?x{1}>
  bufferization.materialize_in_destination %w in restrict writable %weights
     : (tensor<?x{1}>, memref<?x{1}>) -> ()
  return
}
func.func @backward_{1}(%logits: !matrix_{1}, %t: {1}, %grad: memref<?x{1}>,
                        %result: !matrix_{1})
    attributes {{llvm.emit_c_interface} {{
  %a = bufferization.to_tensor %logits restrict : !matrix_{1} to tensor<{0}x?x{1}>
  %g = bufferization.to_tensor %grad restrict : memref<?x{1}> to tensor<?x{1}>
  %d = slb.expectation_grad %a, %t, %g set = <{2}>{3}
     : (tensor<{0}x?x{1}>, {1}, tensor<?x{1}>) -> tensor<{0}x?x{1}>
  bufferization.materialize_in_destination %d in restrict writable %result
     : (tensor<{0}x?x{1}>, !matrix_{1}) -> ()
  return
}
)";

/// Lets loops write where their results are copied to afterwards. Bufferization
/// sees that only for one result of a loop.
static void writeInPlace(ModuleOp module) {
  SmallVector<memref::CopyOp> copies;
  module.walk([&](memref::CopyOp op) { copies.push_back(op); });
  for (memref::CopyOp copy : copies) {
    Value source = copy.getSource();
    Operation *target = copy.getTarget().getDefiningOp();
    linalg::GenericOp writer;
    for (Operation *user : source.getUsers())
      if (auto generic = dyn_cast<linalg::GenericOp>(user))
        writer = generic;
    if (!target || !writer || !source.hasNUses(2))
      continue;
    target->moveBefore(writer);
    source.replaceUsesWithIf(copy.getTarget(), [&](OpOperand &use) {
      return use.getOwner() == writer;
    });
    copy.erase();
  }
}

/// Cuts the loop over the weights into vectors of 64 bytes and a rest.
static LogicalResult vectorizeLoops(ModuleOp module) {
  IRRewriter rewriter(module.getContext());
  SmallVector<linalg::GenericOp> generics;
  module.walk([&](linalg::GenericOp op) { generics.push_back(op); });
  for (linalg::GenericOp generic : generics) {
    Type elementType =
        cast<MemRefType>(generic.getOutputs()[0].getType()).getElementType();
    int64_t width = 512 / elementType.getIntOrFloatBitWidth();
    rewriter.setInsertionPoint(generic);
    scf::SCFTilingOptions options;
    options.setTileSizes({rewriter.getIndexAttr(width)});
    auto tiled = scf::tileUsingSCF(
        rewriter, cast<TilingInterface>(generic.getOperation()), options);
    if (failed(tiled))
      return failure();
    rewriter.eraseOp(generic);
    auto loop = cast<scf::ForOp>(tiled->loops[0].getOperation());
    scf::ForOp rest;
    if (failed(scf::peelForLoopAndSimplifyBounds(rewriter, loop, rest)))
      return failure();
  }
  return success();
}

static LogicalResult vectorizeStaticLoops(ModuleOp module) {
  IRRewriter rewriter(module.getContext());
  SmallVector<linalg::GenericOp> generics;
  module.walk([&](linalg::GenericOp op) {
    if (!op.hasDynamicShape())
      generics.push_back(op);
  });
  for (linalg::GenericOp generic : generics) {
    rewriter.setInsertionPoint(generic);
    if (failed(linalg::vectorize(rewriter, generic)))
      return failure();
    rewriter.eraseOp(generic);
  }
  return approximateExp(module);
}

static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

static std::unique_ptr<ExecutionEngine>
compileKernels(const std::vector<double> &values, std::string &error) {
  SpelledSet spelled;
  if (!spellSet(values, spelled, error))
    return nullptr;
  std::string source;
  for (const char *type : {"f32", "f64"}) {
    source += llvm::formatv(kKernels, values.size(), type, spelled.set,
                            spelled.scale);
  }
  DialectRegistry registry;
  registerHostDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(source, &context);
  if (!module) {
    error = "the expectation kernels do not parse";
    return nullptr;
  }
  auto toBuffers = [](OpPassManager &pm) {
    pm.addPass(createConvertSLBToLinalg());
    pm.addPass(bufferization::createEmptyTensorEliminationPass());
    pm.addPass(bufferization::createOneShotBufferizePass());
    addCleanup(pm);
  };
  auto toLLVM = [](OpPassManager &pm) { buildHostLoweringPipeline(pm, false); };
  if (!runPasses(*module, toBuffers, error))
    return nullptr;
  writeInPlace(*module);
  if (failed(vectorizeLoops(*module)) ||
      !runPasses(*module, addCleanup, error) ||
      failed(vectorizeStaticLoops(*module))) {
    error = "the expectation kernels do not vectorize";
    return nullptr;
  }
  if (!runPasses(*module, toLLVM, error))
    return nullptr;
  return compileForHost(*module, error);
}

//===----------------------------------------------------------------------===//
// ExpectationKernels
//===----------------------------------------------------------------------===//

namespace {
/// The compiled functions for one element type.
template <typename T> struct Functions {
  using Matrix = StridedMemRefType<T, 2>;
  using Vector = StridedMemRefType<T, 1>;
  void (*forward)(Matrix *, T, Vector *) = nullptr;
  void (*backward)(Matrix *, T, Vector *, Matrix *) = nullptr;

  bool find(ExecutionEngine &engine, const std::string &type) {
    auto forwardOr = engine.lookup("_mlir_ciface_forward_" + type);
    auto backwardOr = engine.lookup("_mlir_ciface_backward_" + type);
    if (!forwardOr || !backwardOr) {
      llvm::consumeError(forwardOr.takeError());
      llvm::consumeError(backwardOr.takeError());
      return false;
    }
    forward = reinterpret_cast<decltype(forward)>(*forwardOr);
    backward = reinterpret_cast<decltype(backward)>(*backwardOr);
    return true;
  }

  /// Columns [begin, end) of a matrix with rows of n elements. The kernels
  /// only write where they should, so constness may be cast away.
  static Matrix getMatrix(const T *data, int64_t count, int64_t n,
                          int64_t begin, int64_t end) {
    T *first = const_cast<T *>(data) + begin;
    return {first, first, 0, {count, end - begin}, {n, 1}};
  }
  static Vector getVector(const T *data, int64_t begin, int64_t end) {
    T *first = const_cast<T *>(data) + begin;
    return {first, first, 0, {end - begin}, {1}};
  }

  void runForward(int64_t count, const T *logits, int64_t n, int64_t begin,
                  int64_t end, T temperature, T *weights) const {
    Matrix a = getMatrix(logits, count, n, begin, end);
    Vector w = getVector(weights, begin, end);
    forward(&a, temperature, &w);
  }
  void runBackward(int64_t count, const T *logits, int64_t n, int64_t begin,
                   int64_t end, T temperature, const T *gradWeights,
                   T *gradLogits) const {
    Matrix a = getMatrix(logits, count, n, begin, end);
    Vector g = getVector(gradWeights, begin, end);
    Matrix result = getMatrix(gradLogits, count, n, begin, end);
    backward(&a, temperature, &g, &result);
  }
};
} // namespace

struct ExpectationKernels::Impl {
  std::unique_ptr<ExecutionEngine> engine;
  int64_t count = 0;
  Functions<float> f32;
  Functions<double> f64;
};

ExpectationKernels::ExpectationKernels(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
ExpectationKernels::~ExpectationKernels() = default;

std::shared_ptr<const ExpectationKernels>
ExpectationKernels::get(const std::vector<double> &values, std::string &error) {
  using Cache =
      std::map<std::vector<double>, std::shared_ptr<const ExpectationKernels>>;
  static std::mutex mutex;
  // Never destroyed: at exit LLVM's own statics may go before it does.
  static Cache &cache = *new Cache;
  std::lock_guard<std::mutex> lock(mutex);
  auto &kernels = cache[values];
  if (kernels)
    return kernels;
  error.clear();
  auto impl = std::make_unique<Impl>();
  impl->engine = compileKernels(values, error);
  impl->count = values.size();
  if (!impl->engine)
    return nullptr;
  if (!impl->f32.find(*impl->engine, "f32") ||
      !impl->f64.find(*impl->engine, "f64")) {
    error = "the expectation kernels do not link";
    return nullptr;
  }
  kernels.reset(new ExpectationKernels(std::move(impl)));
  return kernels;
}

void ExpectationKernels::forward(const float *logits, int64_t n,
                                 float temperature, float *weights) const {
  impl->f32.runForward(impl->count, logits, n, 0, n, temperature, weights);
}

void ExpectationKernels::forward(const double *logits, int64_t n,
                                 double temperature, double *weights) const {
  impl->f64.runForward(impl->count, logits, n, 0, n, temperature, weights);
}

void ExpectationKernels::backward(const float *logits, int64_t n,
                                  float temperature, const float *gradWeights,
                                  float *gradLogits) const {
  impl->f32.runBackward(impl->count, logits, n, 0, n, temperature, gradWeights,
                        gradLogits);
}

void ExpectationKernels::backward(const double *logits, int64_t n,
                                  double temperature, const double *gradWeights,
                                  double *gradLogits) const {
  impl->f64.runBackward(impl->count, logits, n, 0, n, temperature, gradWeights,
                        gradLogits);
}

void ExpectationKernels::forwardRange(const float *logits, int64_t n,
                                      int64_t begin, int64_t end,
                                      float temperature, float *weights) const {
  impl->f32.runForward(impl->count, logits, n, begin, end, temperature,
                       weights);
}

void ExpectationKernels::backwardRange(const float *logits, int64_t n,
                                       int64_t begin, int64_t end,
                                       float temperature,
                                       const float *gradWeights,
                                       float *gradLogits) const {
  impl->f32.runBackward(impl->count, logits, n, begin, end, temperature,
                        gradWeights, gradLogits);
}
