//===- Builders.cpp - what the lowering patterns share --------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToLinalg/Builders.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include <cmath>

using namespace mlir;
using namespace slb;

static RankedTensorType getTensorType(Value x) {
  return cast<RankedTensorType>(x.getType());
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

Value TensorBuilder::integer(Type type, int64_t value) {
  return create<arith::ConstantOp>(builder.getIntegerAttr(type, value));
}

Value TensorBuilder::real(Type type, double value) {
  return create<arith::ConstantOp>(builder.getFloatAttr(type, value));
}

Value TensorBuilder::emptyLike(Value like, Type type) {
  return create<tensor::EmptyOp>(tensor::getMixedSizes(builder, loc, like),
                                 type);
}

Value TensorBuilder::filled(ArrayRef<int64_t> shape, Value scalar) {
  Value empty = create<tensor::EmptyOp>(shape, scalar.getType());
  return create<linalg::FillOp>(scalar, empty).getResult(0);
}

Value TensorBuilder::padded(Value x, ArrayRef<int64_t> pads, Value scalar) {
  if (llvm::all_of(pads, [](int64_t pad) { return pad == 0; }))
    return x;
  auto getAttrs = [&](ArrayRef<int64_t> sizes) {
    return getAsIndexOpFoldResult(builder.getContext(), sizes);
  };
  return create<tensor::PadOp>(Type(), x, getAttrs({0, pads[0], pads[2], 0}),
                               getAttrs({0, pads[1], pads[3], 0}), scalar);
}

Value TensorBuilder::reshaped(Value x, ArrayRef<int64_t> shape) {
  RankedTensorType from = getTensorType(x);
  RankedTensorType to = from.clone(shape);
  if (from == to)
    return x;
  if (auto groups = getReassociationIndicesForReshape(from, to)) {
    if (from.getRank() > to.getRank())
      return create<tensor::CollapseShapeOp>(to, x, *groups);
    return create<tensor::ExpandShapeOp>(to, x, *groups);
  }
  return reshaped(reshaped(x, from.getNumElements()), shape);
}

Value TensorBuilder::elementwise(ValueRange operands, Type elementType,
                                 Body body) {
  Value init = emptyLike(operands[0], elementType);
  int64_t rank = getTensorType(init).getRank();
  AffineMap identity = builder.getMultiDimIdentityMap(rank);
  SmallVector<AffineMap> maps;
  for (Value operand : operands)
    maps.push_back(getTensorType(operand).getRank() == rank
                       ? identity
                       : identity.getMinorSubMap(1));
  maps.push_back(identity);
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  auto generic = create<linalg::GenericOp>(
      init.getType(), operands, init, maps, iterators,
      [&](OpBuilder &inner, Location, ValueRange args) {
        TensorBuilder b(inner, loc);
        b.create<linalg::YieldOp>(body(b, args.drop_back()));
      });
  return generic.getResult(0);
}

Value TensorBuilder::pooled(Value x, ArrayRef<int64_t> kernel,
                            ArrayRef<int64_t> strides,
                            ArrayRef<int64_t> resultShape, Value neutral,
                            Body body) {
  // Loops: image, row, column, window row, window column, channel. Channels
  // are innermost because they lie side by side.
  MLIRContext *context = builder.getContext();
  AffineExpr n, y, i, ky, kx, c;
  bindDims(context, n, y, i, ky, kx, c);
  AffineMap maps[] = {
      AffineMap::get(6, 0, {n, y * strides[0] + ky, i * strides[1] + kx, c},
                     context),
      AffineMap::get(6, 0, {ky, kx}, context),
      AffineMap::get(6, 0, {n, y, i, c}, context)};
  SmallVector<utils::IteratorType> iterators(6, utils::IteratorType::parallel);
  iterators[3] = iterators[4] = utils::IteratorType::reduction;
  Value window = create<tensor::EmptyOp>(kernel, neutral.getType());
  Value init = filled(resultShape, neutral);
  auto generic = create<linalg::GenericOp>(
      init.getType(), ValueRange{x, window}, init, maps, iterators,
      [&](OpBuilder &inner, Location, ValueRange args) {
        TensorBuilder b(inner, loc);
        b.create<linalg::YieldOp>(body(b, {args[0], args[2]}));
      });
  return generic.getResult(0);
}

//===----------------------------------------------------------------------===//
// Low-bit values
//===----------------------------------------------------------------------===//

Type TensorBuilder::getStorageType(Type type) {
  LowBitType lowBit = getLowBitType(type);
  if (!lowBit)
    return type;
  return cast<RankedTensorType>(type).clone(
      IntegerType::get(type.getContext(), lowBit.getSet().getStorageBits()));
}

Value TensorBuilder::extended(Value x, LowBitType lowBit, Type type) {
  if (x.getType() == type)
    return x;
  if (lowBit && !lowBit.getSet().isSigned())
    return create<arith::ExtUIOp>(type, x);
  return create<arith::ExtSIOp>(type, x);
}

Value TensorBuilder::integers(Value converted, Value original, Type type) {
  if (getTensorType(converted).getElementType() == type)
    return converted;
  LowBitType lowBit = getLowBitType(original);
  return elementwise(converted, type, [&](TensorBuilder &b, ValueRange args) {
    return b.extended(args[0], lowBit, type);
  });
}

Value TensorBuilder::narrowed(Value x, Type lowBitTensor) {
  Type type =
      cast<RankedTensorType>(getStorageType(lowBitTensor)).getElementType();
  if (getTensorType(x).getElementType() == type)
    return x;
  return elementwise(x, type, [&](TensorBuilder &b, ValueRange args) -> Value {
    return b.create<arith::TruncIOp>(type, args[0]);
  });
}

Value TensorBuilder::scales(LowBitType type) {
  ArrayRef<float> scales = type.getScales().asArrayRef();
  auto tensorType = RankedTensorType::get(scales.size(), builder.getF32Type());
  return create<arith::ConstantOp>(tensorType,
                                   DenseElementsAttr::get(tensorType, scales));
}

Value TensorBuilder::reals(Value converted, Value original) {
  LowBitType type = getLowBitType(original);
  if (!type)
    return converted;
  Type f32 = builder.getF32Type();
  return scaled(converted, type, f32,
                [&](TensorBuilder &b, Value x, Value scale) -> Value {
                  Value integer = b.extended(x, type, b.get().getI32Type());
                  return b.create<arith::MulFOp>(
                      b.create<arith::SIToFPOp>(f32, integer), scale);
                });
}

Value TensorBuilder::scaled(
    Value x, LowBitType type, Type element,
    llvm::function_ref<Value(TensorBuilder &, Value, Value)> body) {
  if (!type.isPerChannel())
    return elementwise(x, element, [&](TensorBuilder &b, ValueRange args) {
      return body(b, args[0], b.real(b.get().getF32Type(), type.getScale()));
    });
  Value init = emptyLike(x, element);
  int64_t rank = getTensorType(init).getRank();
  AffineMap identity = builder.getMultiDimIdentityMap(rank);
  AffineMap axis = identity.getSubMap(*type.getAxis());
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  auto generic = create<linalg::GenericOp>(
      init.getType(), ValueRange{x, scales(type)}, init,
      ArrayRef<AffineMap>{identity, axis, identity}, iterators,
      [&](OpBuilder &inner, Location, ValueRange args) {
        TensorBuilder b(inner, loc);
        b.create<linalg::YieldOp>(body(b, args[0], args[1]));
      });
  return generic.getResult(0);
}

/// The largest float that is not above `limit`, a 32-bit integer.
static float getFloatLimit(int64_t limit) {
  float rounded = limit;
  return std::fabs(double(rounded)) > std::fabs(double(limit))
             ? std::nextafter(rounded, 0.0f)
             : rounded;
}

Value TensorBuilder::quantized(Value scalar, LowBitType type) {
  ValueSetAttr set = type.getSet();
  Type floatType = scalar.getType(), i32 = builder.getI32Type();
  Type storage = builder.getIntegerType(set.getStorageBits());
  auto narrow = [&](Value x) -> Value {
    return x.getType() == storage ? x : create<arith::TruncIOp>(storage, x);
  };
  if (set.isRange()) {
    Value shifted = create<arith::AddFOp>(scalar, real(floatType, 0.5));
    Value nearest = create<math::FloorOp>(shifted);
    nearest = create<arith::MaximumFOp>(
        nearest, real(floatType, getFloatLimit(set.getLo())));
    nearest = create<arith::MinimumFOp>(
        nearest, real(floatType, getFloatLimit(set.getHi())));
    return narrow(create<arith::FPToSIOp>(i32, nearest));
  }
  // Comparing with the middles is exact where floor(x + 0.5) rounds.
  Value result = integer(i32, set.getLo());
  for (int64_t code = 1, e = set.size(); code < e; ++code) {
    double middle = (set.getInteger(code - 1) + set.getInteger(code)) / 2.0;
    Value isAbove = create<arith::CmpFOp>(arith::CmpFPredicate::OGE, scalar,
                                          real(floatType, middle));
    result = create<arith::SelectOp>(
        isAbove, integer(i32, set.getInteger(code)), result);
  }
  return narrow(result);
}

Value TensorBuilder::saturated(Value scalar, LowBitType type) {
  ValueSetAttr set = type.getSet();
  Type wide = scalar.getType();
  // For an odd set the formula gives the code: integer = 2 * code - hi.
  int64_t lo = set.isOdd() ? 0 : set.getLo();
  int64_t hi = set.isOdd() ? set.size() - 1 : set.getHi();
  Value low = create<arith::MaxSIOp>(scalar, integer(wide, lo));
  Value clamped = create<arith::MinSIOp>(low, integer(wide, hi));
  if (set.isOdd())
    clamped = create<arith::SubIOp>(create<arith::AddIOp>(clamped, clamped),
                                    integer(wide, set.getHi()));
  return create<arith::TruncIOp>(builder.getIntegerType(set.getStorageBits()),
                                 clamped);
}
