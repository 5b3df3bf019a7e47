//===- Utils.cpp - what the passes of the slb dialect share --------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/Transforms/Utils.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <limits>

using namespace mlir;
using namespace slb;

std::optional<SmallVector<float>> slb::getFloats(Value value) {
  ElementsAttr elements = getConstantElements(value);
  if (!elements || !elements.getElementType().isF32())
    return std::nullopt;
  SmallVector<char> storage;
  return llvm::to_vector(getDataAs<float>(elements, storage));
}

template <typename T>
Value slb::createConstant(OpBuilder &builder, Location loc, ArrayRef<T> values,
                          Type element, ArrayRef<int64_t> shape) {
  SmallVector<int64_t> dims(shape);
  if (dims.empty())
    dims.push_back(values.size());
  auto elements =
      DenseElementsAttr::get(RankedTensorType::get(dims, element), values);
  return arith::ConstantOp::create(builder, loc, elements);
}

template Value slb::createConstant(OpBuilder &, Location, ArrayRef<float>, Type,
                                   ArrayRef<int64_t>);
template Value slb::createConstant(OpBuilder &, Location, ArrayRef<int8_t>,
                                   Type, ArrayRef<int64_t>);
template Value slb::createConstant(OpBuilder &, Location, ArrayRef<int32_t>,
                                   Type, ArrayRef<int64_t>);
template Value slb::createConstant(OpBuilder &, Location, ArrayRef<int64_t>,
                                   Type, ArrayRef<int64_t>);

void slb::eraseDeadOps(Operation *root) {
  root->walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
    if (isOpTriviallyDead(op))
      op->erase();
  });
}

/// The integers that `clamp` lets pass reach beyond those of the quantizer
/// behind it: the bound can be left to the quantizer.
static bool isBoundImpliedByQuantizer(tosa::ClampOp clamp, double max) {
  if (!clamp->hasOneUse())
    return false;
  auto quantize = dyn_cast<QuantizeOp>(*clamp->user_begin());
  LowBitType type = quantize ? getLowBitType(quantize.getResult()) : nullptr;
  return type && !type.isPerChannel() &&
         type.getSet().getNearestCode(max / type.getScale()) ==
             type.getSet().size() - 1;
}

bool slb::isRelu(tosa::ClampOp clamp) {
  auto min = dyn_cast<FloatAttr>(clamp.getMinVal());
  auto max = dyn_cast<FloatAttr>(clamp.getMaxVal());
  if (!min || !max || !min.getValue().isZero())
    return false;
  double bound = max.getValueAsDouble();
  return bound >= std::numeric_limits<float>::max() ||
         isBoundImpliedByQuantizer(clamp, bound);
}

/// The slice keeps the front of each dimension.
static bool cutsBehind(tensor::ExtractSliceOp slice) {
  auto isZero = [](int64_t offset) { return offset == 0; };
  auto isOne = [](int64_t stride) { return stride == 1; };
  return slice.getSourceType().getRank() == slice.getType().getRank() &&
         llvm::all_of(slice.getStaticOffsets(), isZero) &&
         llvm::all_of(slice.getStaticStrides(), isOne);
}

template <typename PoolOp> Value slb::getUncutPoolInput(PoolOp pool) {
  auto slice = pool.getInput().template getDefiningOp<tensor::ExtractSliceOp>();
  if (!slice || !cutsBehind(slice))
    return pool.getInput();
  ArrayRef<int64_t> uncut = slice.getSourceType().getShape();
  ArrayRef<int64_t> cut = slice.getType().getShape();
  if (uncut.size() != 4 || uncut[0] != cut[0] || uncut[3] != cut[3])
    return pool.getInput();
  // What is cut off must not make room for one window more, nor fill a pad.
  for (unsigned d : {0, 1}) {
    int64_t rest = uncut[1 + d] - cut[1 + d];
    bool hasPadBehind = pool.getPad()[2 * d + 1] != 0;
    if (rest >= pool.getStride()[d] || (rest > 0 && hasPadBehind))
      return pool.getInput();
  }
  return slice.getSource();
}

template Value slb::getUncutPoolInput(tosa::MaxPool2dOp);
template Value slb::getUncutPoolInput(tosa::AvgPool2dOp);

std::string slb::describe(Operation *op) {
  std::string text = ("'" + op->getName().getStringRef() + "'").str();
  if (auto layer = op->getAttrOfType<StringAttr>("layer"))
    text += (" of layer '" + layer.getValue() + "'").str();
  return text;
}

std::string slb::describe(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return "argument " + std::to_string(argument.getArgNumber());
  return describe(value.getDefiningOp());
}
