//===- Elementwise.cpp - lowers constants, quantizers, norms and pools ----===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Conversion/SLBToLinalg/Builders.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <limits>

using namespace mlir;
using namespace slb;

/// The integers that codes stand for, as raw elements of type T.
template <typename T>
static std::vector<T> getIntegers(ArrayRef<char> codes, ValueSetAttr set) {
  std::vector<T> table;
  for (int64_t code = 0, e = std::min<int64_t>(set.size(), 256); code < e;
       ++code)
    table.push_back(set.getInteger(code));
  std::vector<T> integers;
  integers.reserve(codes.size());
  for (char code : codes)
    integers.push_back(table[static_cast<uint8_t>(code)]);
  return integers;
}

template <typename T>
static DenseElementsAttr getIntegerElements(RankedTensorType type,
                                            ArrayRef<char> codes,
                                            ValueSetAttr set) {
  std::vector<T> integers = getIntegers<T>(codes, set);
  ArrayRef<char> raw(reinterpret_cast<const char *>(integers.data()),
                     integers.size() * sizeof(T));
  return DenseElementsAttr::getFromRawBuffer(type, raw);
}

namespace {
/// slb.constant to arith.constant.
struct ConstantOpConversion : OpConversionPattern<ConstantOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ConstantOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(
        TensorBuilder::getStorageType(op.getResult().getType()));
    ValueSetAttr set = getLowBitType(op.getResult()).getSet();
    SmallVector<char> storage;
    ArrayRef<char> codes = getRawData(op.getCodes(), storage);
    DenseElementsAttr integers;
    switch (set.getStorageBits()) {
    case 8:
      integers = getIntegerElements<int8_t>(type, codes, set);
      break;
    case 16:
      integers = getIntegerElements<int16_t>(type, codes, set);
      break;
    default:
      integers = getIntegerElements<int32_t>(type, codes, set);
    }
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, type, integers);
    return success();
  }
};

/// slb.quantize to linalg.generic.
struct QuantizeOpConversion : OpConversionPattern<QuantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(QuantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    LowBitType type = getLowBitType(op.getResult());
    TensorBuilder b(rewriter, op.getLoc());
    Type storage = getElementTypeOrSelf(
        TensorBuilder::getStorageType(op.getResult().getType()));
    rewriter.replaceOp(op,
                       b.scaled(adaptor.getInput(), type, storage,
                                [&](TensorBuilder &b, Value x, Value scale) {
                                  return b.quantized(
                                      b.create<arith::DivFOp>(x, scale), type);
                                }));
    return success();
  }
};

/// slb.dequantize to linalg.generic.
struct DequantizeOpConversion : OpConversionPattern<DequantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(DequantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    rewriter.replaceOp(op, b.reals(adaptor.getInput(), op.getInput()));
    return success();
  }
};

/// slb.batch_norm and slb.state_batch_norm to linalg.generic.
template <typename OpT>
struct BatchNormOpConversion : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    double epsilon = op.getEpsilon().convertToDouble();
    Type f32 = rewriter.getF32Type();
    Value operands[] = {adaptor.getInput(), adaptor.getGamma(),
                        adaptor.getBeta(), adaptor.getMean(),
                        adaptor.getVariance()};
    auto body = [&](TensorBuilder &b, ValueRange args) -> Value {
      Value variance = b.create<arith::AddFOp>(args[4], b.real(f32, epsilon));
      Value deviation = b.create<math::SqrtOp>(variance);
      Value factor = b.create<arith::DivFOp>(args[1], deviation);
      Value centred = b.create<arith::SubFOp>(args[0], args[3]);
      return b.create<arith::AddFOp>(b.create<arith::MulFOp>(centred, factor),
                                     args[2]);
    };
    rewriter.replaceOp(op, b.elementwise(operands, f32, body));
    return success();
  }
};

/// slb.requantize to linalg.generic in i64.
struct RequantizeOpConversion : OpConversionPattern<RequantizeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(RequantizeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    Type i64 = rewriter.getI64Type();
    SmallVector<Value> operands = {adaptor.getInput()};
    if (adaptor.getOther())
      operands.push_back(adaptor.getOther());
    auto getTerm = [&](TensorBuilder &b, Value x, Value original,
                       int64_t multiplier) -> Value {
      return b.create<arith::MulIOp>(
          b.extended(x, getLowBitType(original), i64),
          b.integer(i64, multiplier));
    };
    LowBitType type = getLowBitType(op.getResult());
    auto body = [&](TensorBuilder &b, ValueRange args) -> Value {
      Value sum = getTerm(b, args[0], op.getInput(),
                          static_cast<int32_t>(op.getMultiplier()));
      if (op.getOther())
        sum = b.create<arith::AddIOp>(
            sum, getTerm(b, args[1], op.getOther(),
                         static_cast<int32_t>(op.getOtherMultiplier())));
      sum = b.create<arith::AddIOp>(
          sum, b.integer(i64, static_cast<int64_t>(op.getAddend())));
      Value shifted = b.create<arith::ShRSIOp>(
          sum, b.integer(i64, static_cast<int64_t>(op.getShift())));
      return b.saturated(shifted, type);
    };
    Type storage = rewriter.getIntegerType(type.getSet().getStorageBits());
    rewriter.replaceOp(op, b.elementwise(operands, storage, body));
    return success();
  }
};

/// slb.pool2d to linalg.generic in i32.
struct Pool2DOpConversion : OpConversionPattern<Pool2DOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(Pool2DOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TensorBuilder b(rewriter, op.getLoc());
    Type i32 = rewriter.getI32Type();
    bool isMax = op.getKind() == PoolKind::Max;
    Value neutral =
        b.integer(i32, isMax ? std::numeric_limits<int32_t>::min() : 0);
    Value x = b.integers(adaptor.getInput(), op.getInput(), i32);
    x = b.padded(x, op.getPads(), neutral);
    auto resultType = cast<RankedTensorType>(op.getResult().getType());
    Value pooled =
        b.pooled(x, op.getKernel(), op.getStrides(), resultType.getShape(),
                 neutral, [&](TensorBuilder &b, ValueRange args) -> Value {
                   if (isMax)
                     return b.create<arith::MaxSIOp>(args[0], args[1]);
                   return b.create<arith::AddIOp>(args[0], args[1]);
                 });
    rewriter.replaceOp(op, b.narrowed(pooled, op.getResult().getType()));
    return success();
  }
};
} // namespace

void slb::populateElementwisePatterns(const TypeConverter &converter,
                                      RewritePatternSet &patterns) {
  patterns.add<ConstantOpConversion, QuantizeOpConversion,
               DequantizeOpConversion, BatchNormOpConversion<BatchNormOp>,
               BatchNormOpConversion<StateBatchNormOp>, RequantizeOpConversion,
               Pool2DOpConversion>(converter, patterns.getContext());
}
