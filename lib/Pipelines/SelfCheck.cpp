//===- SelfCheck.cpp - vectors that a network checks itself with ----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SelfCheck.h"
#include "dialects/bitpack/IR/BitpackDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "slb/Conversion/SLBToBitpack/Storage.h"
#include "slb/Reference/Reference.h"
#include <cstring>
#include <random>

using namespace mlir;
using namespace slb;

static constexpr int64_t vectorCount = 4;

/// From here on the vectors take longer than the optimizer.
static constexpr int64_t manyProducts = 2000000;

/// The first two vectors are at the ends, where sums are largest. The others
/// hold the same numbers on every machine, unlike
/// std::uniform_int_distribution's.
static int64_t pick(std::mt19937 &random, int64_t vector, int64_t lo,
                    int64_t hi) {
  if (vector < 2)
    return vector == 0 ? lo : hi;
  return lo + int64_t(random() % uint64_t(hi - lo + 1));
}

/// A tensor of values of its set, in the reference's layout.
static std::vector<char> createInput(const ReferenceTensor &tensor,
                                     RankedTensorType type, int64_t vector,
                                     std::mt19937 &random) {
  std::vector<char> data(tensor.getNumBytes());
  LowBitType lowBit = getLowBitType(type);
  for (int64_t i = 0, e = tensor.getNumElements(); i < e; ++i) {
    char *element = data.data() + i * tensor.elementBytes;
    if (!lowBit && !tensor.isFloat) {
      int64_t value = pick(random, vector, INT32_MIN, INT32_MAX);
      std::memcpy(element, &value, tensor.elementBytes);
      continue;
    }
    if (!lowBit) {
      float value = float(pick(random, vector, -1000, 1000)) / 1000;
      std::memcpy(element, &value, sizeof(value));
      continue;
    }
    ValueSetAttr set = lowBit.getSet();
    int64_t value = set.getInteger(pick(random, vector, 0, set.size() - 1));
    // Little-endian machines alone run the reference.
    std::memcpy(element, &value, tensor.elementBytes);
  }
  return data;
}

/// What the reference computes as the network stores it.
static std::vector<char> store(const ReferenceTensor &tensor,
                               const std::vector<char> &data,
                               RankedTensorType type) {
  return getLowBitType(type)
             ? storeIntegers(tensor.getIntegers(data.data()), type)
             : data;
}

static Attribute createArray(const std::vector<char> &bytes,
                             RankedTensorType type) {
  Type element = getStorageType(type).getElementType();
  int64_t size = int64_t(bytes.size()) * 8 / element.getIntOrFloatBitWidth();
  return DenseElementsAttr::getFromRawBuffer(
      RankedTensorType::get({size}, element), bytes);
}

namespace {
/// The ports on one side of the network and their vectors.
struct Ports {
  const std::vector<ReferenceTensor> &tensors;
  TypeRange types;
  std::vector<std::vector<char>> current; ///< In the reference's layout.
  std::vector<std::vector<char>> stored;  ///< All vectors, as stored.

  Ports(const std::vector<ReferenceTensor> &tensors, TypeRange types)
      : tensors(tensors), types(types), current(types.size()),
        stored(types.size()) {
    for (size_t i = 0; i < types.size(); ++i)
      current[i].resize(tensors[i].getNumBytes());
  }
  RankedTensorType getType(size_t i) const {
    return cast<RankedTensorType>(types[i]);
  }
  void keep() {
    for (size_t i = 0; i < current.size(); ++i) {
      std::vector<char> bytes = store(tensors[i], current[i], getType(i));
      stored[i].insert(stored[i].end(), bytes.begin(), bytes.end());
    }
  }
  ArrayAttr getArrays(MLIRContext *context) const {
    SmallVector<Attribute> arrays;
    for (size_t i = 0; i < stored.size(); ++i)
      arrays.push_back(createArray(stored[i], getType(i)));
    return ArrayAttr::get(context, arrays);
  }
};
} // namespace

/// Products of all convolutions and linear layers.
static int64_t countProducts(ModuleOp module) {
  int64_t count = 0;
  module.walk([&](Operation *op) {
    TypeSwitch<Operation *>(op)
        .Case<IntegerConv2DOp, IntegerLinearOp, FusedConv2DOp, FusedLinearOp>(
            [&](auto layer) {
              auto filter = cast<ShapedType>(layer.getFilter().getType());
              auto result = cast<ShapedType>(layer.getResult().getType());
              count += filter.getNumElements() / filter.getDimSize(0) *
                       result.getNumElements();
            });
  });
  return count;
}

LogicalResult slb::addSelfCheck(ModuleOp module) {
  // slb-check-network has seen that there is one function.
  auto network = *module.getOps<func::FuncOp>().begin();
  FunctionType type = network.getFunctionType();
  std::string error;
  auto reference =
      ReferenceModel::create(module, ReferenceModel::Outputs::Network, error,
                             /*optimize=*/countProducts(module) > manyProducts);
  if (!reference)
    return module.emitError("cannot run the reference: ") << error;

  Ports inputs(reference->getInputs(), type.getInputs());
  Ports outputs(reference->getOutputs(), type.getResults());
  std::mt19937 random(1);
  for (int64_t vector = 0; vector < vectorCount; ++vector) {
    std::vector<const void *> sources;
    std::vector<void *> targets;
    for (size_t i = 0; i < inputs.current.size(); ++i) {
      inputs.current[i] =
          createInput(inputs.tensors[i], inputs.getType(i), vector, random);
      sources.push_back(inputs.current[i].data());
    }
    for (std::vector<char> &output : outputs.current)
      targets.push_back(output.data());
    reference->run(sources, targets);
    inputs.keep();
    outputs.keep();
  }
  Builder builder(module.getContext());
  module->setAttr(
      "bitpack.self_check",
      builder.getDictionaryAttr(
          {builder.getNamedAttr("vectors",
                                builder.getI64IntegerAttr(vectorCount)),
           builder.getNamedAttr("inputs",
                                inputs.getArrays(module.getContext())),
           builder.getNamedAttr("outputs",
                                outputs.getArrays(module.getContext()))}));
  return success();
}
