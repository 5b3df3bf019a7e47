//===- SLBOps.cpp - verifiers and folders of the slb ops ------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/slb/IR/SLBDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace slb;

#define GET_OP_CLASSES
#include "dialects/slb/IR/SLBOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Rules that several ops share
//===----------------------------------------------------------------------===//

/// Per-channel scales must run along a dimension that the tensor has.
static LogicalResult verifyScales(Operation *op, Value value, StringRef name) {
  LowBitType type = getLowBitType(value);
  if (!type || !type.isPerChannel())
    return success();
  auto shaped = cast<ShapedType>(value.getType());
  int64_t axis = *type.getAxis(), count = type.getScales().size();
  if (axis >= shaped.getRank() || shaped.getDimSize(axis) != count)
    return op->emitOpError()
           << "expects " << name
           << " to have as many scales as elements along "
              "their axis, but got "
           << count << " scales along axis " << axis << " of " << shaped;
  return success();
}

static LogicalResult verifySameShape(Operation *op, Value a, Value b,
                                     StringRef names) {
  auto aType = cast<ShapedType>(a.getType());
  auto bType = cast<ShapedType>(b.getType());
  if (succeeded(verifyCompatibleShape(aType, bType)))
    return success();
  return op->emitOpError() << "expects " << names << " of one shape, but got "
                           << aType << " and " << bType;
}

static LogicalResult verifyVector(Operation *op, Value vector, int64_t size,
                                  StringRef name) {
  if (!vector)
    return success();
  int64_t count = cast<ShapedType>(vector.getType()).getNumElements();
  if (count == size)
    return success();
  return op->emitOpError() << "expects " << name << " for " << size
                           << " channels, but got " << count;
}

static LogicalResult verifyLengths(Operation *op, StringRef name,
                                   ArrayRef<int64_t> values, size_t length,
                                   int64_t smallest) {
  if (values.size() != length)
    return op->emitOpError() << "expects " << length << " values in '" << name
                             << "', but got " << values.size();
  for (int64_t value : values)
    if (value < smallest || !llvm::isInt<32>(value))
      return op->emitOpError() << "expects values from " << smallest
                               << " to 2147483647, the fields of the C, in '"
                               << name << "', but got " << value;
  return success();
}

/// With its pads an image is indexed by int32, as without.
static LogicalResult verifyPaddedSize(Operation *op, int64_t height,
                                      int64_t width, int64_t channels) {
  if (double(height) * width * channels <= std::numeric_limits<int32_t>::max())
    return success();
  return op->emitOpError() << "expects an input of at most 2147483647 elements "
                              "with its pads, but "
                              "got "
                           << height << "x" << width << "x" << channels;
}

static LogicalResult verifyResultShape(Operation *op, ShapedType result,
                                       ArrayRef<int64_t> expected) {
  if (result.getShape() == expected)
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError();
  diagnostic << "expects a result of shape ";
  llvm::interleave(expected, diagnostic, "x");
  return diagnostic << ", but got " << result;
}

static std::string describeSet(ValueSetAttr set) {
  std::string text;
  llvm::raw_string_ostream(text) << set;
  // Of #slb.set<range<0:3>> the part that types hold too.
  return StringRef(text).split('<').second.drop_back().str();
}

/// Bounds what stands for a value on the way: a set of up to 256 values may be
/// stored as codes, which count from its least value on.
static double getReach(ValueSetAttr set) {
  double largest = set.getLargestMagnitude();
  return set.size() <= 256
             ? std::max(largest, double(set.getHi() - set.getLo()))
             : largest;
}

/// The same for weights. Those of up to 16 values, and those that are no signed
/// bytes, are summed plane by plane, and their least value apart from these.
static double getWeightReach(ValueSetAttr set) {
  bool isBytes = set.size() > 16 && llvm::isInt<8>(set.getLo()) &&
                 llvm::isInt<8>(set.getHi());
  return isBytes ? set.getLargestMagnitude()
                 : std::abs(set.getLo()) + set.getHi() - set.getLo();
}

/// Low-bit input and filter are multiplied in integers and summed in int32.
static LogicalResult verifySums(Operation *op, LowBitType input,
                                LowBitType filter, ShapedType filterType) {
  if (!input || !filter)
    return success();
  double count = 1;
  for (int64_t size : filterType.getShape().drop_front())
    count *= size;
  double reach =
      count * getReach(input.getSet()) * getWeightReach(filter.getSet());
  if (reach <= std::numeric_limits<int32_t>::max())
    return success();
  return op->emitOpError()
         << "expects sums that fit int32 in every kernel, but got "
         << int64_t(count) << " products of weights of "
         << describeSet(filter.getSet()) << " and inputs of "
         << describeSet(input.getSet());
}

/// The largest magnitude of an integer tensor: of its type, or less where the
/// window of a sum tells.
static int64_t getLargestMagnitude(Value integers) {
  if (LowBitType type = getLowBitType(integers))
    return type.getSet().getLargestMagnitude();
  if (auto pool = integers.getDefiningOp<Pool2DOp>())
    return pool.getLargestSum();
  return -int64_t(std::numeric_limits<int32_t>::min());
}

/// sum +- addend fits int64, and so does each part of it.
static bool fitsInt64(int64_t sum, int64_t addend) {
  int64_t ignored;
  return !llvm::AddOverflow(addend, sum, ignored) &&
         !llvm::SubOverflow(addend, sum, ignored);
}

/// x * multiplier + other * otherMultiplier + addend is computed in int64.
static LogicalResult verifyInt64(Operation *op, int64_t x, int64_t multiplier,
                                 int64_t other, int64_t otherMultiplier,
                                 int64_t addend) {
  int64_t sum;
  if (!llvm::AddOverflow(x * std::abs(multiplier),
                         other * std::abs(otherMultiplier), sum) &&
      fitsInt64(sum, addend))
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError();
  diagnostic << "expects sums that fit int64, but got " << x << " * "
             << multiplier;
  if (otherMultiplier != 0)
    diagnostic << " + " << other << " * " << otherMultiplier;
  return diagnostic << " with an addend of " << addend;
}

static ShapedType getShaped(Value value) {
  return cast<ShapedType>(value.getType());
}

//===----------------------------------------------------------------------===//
// Convolutions and linear layers
//===----------------------------------------------------------------------===//

template <typename ConvOp>
static ConvolutionGeometry getConvolutionGeometry(ConvOp op) {
  ShapedType input = getShaped(op.getInput()),
             filter = getShaped(op.getFilter());
  ConvolutionGeometry g;
  g.inputHeight = input.getDimSize(1);
  g.inputWidth = input.getDimSize(2);
  g.inputChannels = input.getDimSize(3);
  g.outputChannels = filter.getDimSize(0);
  g.kernelHeight = filter.getDimSize(1);
  g.kernelWidth = filter.getDimSize(2);
  g.strideHeight = op.getStrides()[0];
  g.strideWidth = op.getStrides()[1];
  g.padTop = op.getPads()[0];
  g.padBottom = op.getPads()[1];
  g.padLeft = op.getPads()[2];
  g.padRight = op.getPads()[3];
  g.dilationHeight = op.getDilations()[0];
  g.dilationWidth = op.getDilations()[1];
  g.groups = op.getGroups();
  if constexpr (!std::is_same_v<ConvOp, Conv2DOp>) {
    g.poolHeight = op.getPool()[0];
    g.poolWidth = op.getPool()[1];
  }
  return g;
}

template <typename LinearOp>
static ConvolutionGeometry getLinearGeometry(LinearOp op) {
  ConvolutionGeometry g;
  g.outputChannels = getShaped(op.getFilter()).getDimSize(0);
  g.inputChannels = getShaped(op.getFilter()).getDimSize(1);
  return g;
}

ConvolutionGeometry Conv2DOp::getGeometry() {
  return getConvolutionGeometry(*this);
}
ConvolutionGeometry FusedConv2DOp::getGeometry() {
  return getConvolutionGeometry(*this);
}
ConvolutionGeometry IntegerConv2DOp::getGeometry() {
  return getConvolutionGeometry(*this);
}
ConvolutionGeometry LinearOp::getGeometry() { return getLinearGeometry(*this); }
ConvolutionGeometry FusedLinearOp::getGeometry() {
  return getLinearGeometry(*this);
}
ConvolutionGeometry IntegerLinearOp::getGeometry() {
  return getLinearGeometry(*this);
}

template <typename ConvOp> static LogicalResult verifyOperands(ConvOp op) {
  if (failed(verifyScales(op, op.getFilter(), "the filter")))
    return failure();
  if (LowBitType type = getLowBitType(op.getFilter());
      type && type.isPerChannel() && *type.getAxis() != 0)
    return op.emitOpError() << "expects the filter's scales along axis 0, the "
                               "output channels, but got axis "
                            << *type.getAxis();
  for (Value value :
       std::initializer_list<Value>{op.getInput(), op.getResult()})
    if (LowBitType type = getLowBitType(value); type && type.isPerChannel())
      return op.emitOpError()
             << "expects one scale for all of an activation, but got " << type;
  return verifySums(op, getLowBitType(op.getInput()),
                    getLowBitType(op.getFilter()), getShaped(op.getFilter()));
}

template <typename ConvOp> static LogicalResult verifyConvolution(ConvOp op) {
  ShapedType input = getShaped(op.getInput()),
             filter = getShaped(op.getFilter());
  if (input.getRank() != 4 || filter.getRank() != 4)
    return op.emitOpError() << "expects input and filter of rank 4, but got "
                            << input << " and " << filter;
  if (failed(verifyLengths(op, "strides", op.getStrides(), 2, 1)) ||
      failed(verifyLengths(op, "pads", op.getPads(), 4, 0)) ||
      failed(verifyLengths(op, "dilations", op.getDilations(), 2, 1)) ||
      failed(verifyOperands(op)))
    return failure();
  if constexpr (!std::is_same_v<ConvOp, Conv2DOp>)
    if (failed(verifyLengths(op, "pool", op.getPool(), 2, 1)))
      return failure();

  ConvolutionGeometry g = op.getGeometry();
  if (g.inputChannels % g.groups != 0 || g.outputChannels % g.groups != 0)
    return op.emitOpError()
           << "expects 'groups' to divide the channels, but got " << g.groups
           << " groups of " << g.inputChannels << " input and "
           << g.outputChannels << " output channels";
  if (filter.getDimSize(3) != g.getGroupChannels())
    return op.emitOpError()
           << "expects " << g.getGroupChannels()
           << " input channels in the filter, but got " << filter.getDimSize(3);
  if (failed(verifyPaddedSize(op, g.getPaddedHeight(), g.getPaddedWidth(),
                              g.inputChannels)))
    return failure();
  if (g.getOutputHeight() == 0 || g.getOutputWidth() == 0)
    return op.emitOpError()
           << "expects kernel and pool to fit the padded input, "
              "but got "
           << input << " and " << filter;
  return verifyResultShape(op, getShaped(op.getResult()),
                           {input.getDimSize(0), g.getOutputHeight(),
                            g.getOutputWidth(), g.outputChannels});
}

template <typename LinearOp> static LogicalResult verifyLinear(LinearOp op) {
  ShapedType input = getShaped(op.getInput()),
             filter = getShaped(op.getFilter());
  ShapedType result = getShaped(op.getResult());
  if (input.getRank() != 2 || filter.getRank() != 2 || result.getRank() != 2)
    return op.emitOpError()
           << "expects input, filter and result of rank 2, but "
              "got "
           << input << ", " << filter << " and " << result;
  if (failed(verifyOperands(op)))
    return failure();
  if (input.getDimSize(1) != filter.getDimSize(1))
    return op.emitOpError() << "expects a filter of " << input.getDimSize(1)
                            << " inputs, but got " << filter.getDimSize(1);
  return verifyResultShape(op, result,
                           {input.getDimSize(0), filter.getDimSize(0)});
}

/// Kernels multiply by one float: the layer's scale and those of its operands.
template <typename FusedOp> static LogicalResult verifyScaleRange(FusedOp op) {
  ElementsAttr elements = getConstantElements(op.getScale());
  LowBitType input = getLowBitType(op.getInput()),
             filter = getLowBitType(op.getFilter());
  if (!elements || (!input && !filter))
    return success();
  SmallVector<char> storage;
  for (auto [c, scale] : llvm::enumerate(getDataAs<float>(elements, storage))) {
    double product = double(scale) * (input ? input.getScale() : 1.0) *
                     (filter ? filter.getScale(c) : 1.0);
    if (!std::isfinite(float(product)))
      return op.emitOpError()
             << "expects a finite scale of input, filter and layer, but got "
             << product << " in channel " << c;
  }
  return success();
}

template <typename FusedOp> static LogicalResult verifyFused(FusedOp op) {
  int64_t channels = op.getGeometry().outputChannels;
  if (failed(verifyVector(op, op.getScale(), channels, "a scale")) ||
      failed(verifyVector(op, op.getShift(), channels, "a shift")) ||
      failed(verifyScaleRange(op)))
    return failure();
  if (op.getResidual())
    return verifySameShape(op, op.getResidual(), op.getResult(),
                           "residual and result");
  return success();
}

/// Kernels search them or count them: only ascending ones give one code.
template <typename IntegerOp>
static LogicalResult verifyThresholds(IntegerOp op) {
  ShapedType type = getShaped(op.getThresholds());
  SmallVector<int64_t> expected = {
      op.getGeometry().outputChannels,
      getLowBitType(op.getResult()).getSet().size() - 1};
  if (type.getShape() != ArrayRef(expected))
    return op.emitOpError() << "expects thresholds of shape " << expected[0]
                            << "x" << expected[1] << ", but got " << type;
  ElementsAttr elements = getConstantElements(op.getThresholds());
  if (!elements)
    return success();
  SmallVector<char> storage;
  ArrayRef<int32_t> values = getDataAs<int32_t>(elements, storage);
  for (int64_t i = 1, e = values.size(); i < e; ++i)
    if (i % expected[1] != 0 && values[i - 1] > values[i])
      return op.emitOpError()
             << "expects thresholds that ascend, but got " << values[i]
             << " after " << values[i - 1] << " in channel " << i / expected[1];
  return success();
}

template <typename IntegerOp> static LogicalResult verifySigns(IntegerOp op) {
  ElementsAttr elements =
      op.getSigns() ? getConstantElements(op.getSigns()) : ElementsAttr();
  if (!elements)
    return success();
  SmallVector<char> storage;
  for (auto [c, sign] : llvm::enumerate(getDataAs<int8_t>(elements, storage)))
    if (sign != 1 && sign != -1)
      return op.emitOpError() << "expects signs of 1 or -1, but got "
                              << int(sign) << " in channel " << c;
  return success();
}

template <typename IntegerOp>
static LogicalResult verifyMultipliers(IntegerOp op) {
  ElementsAttr multiplier = getConstantElements(op.getMultiplier()),
               addend = getConstantElements(op.getAddend());
  if (!multiplier || !addend)
    return success();
  int64_t sum = op.getGeometry().getRowLength() *
                getLargestMagnitude(op.getInput()) *
                getLargestMagnitude(op.getFilter());
  int64_t residual =
      op.getResidual() ? getLargestMagnitude(op.getResidual()) : 0;
  SmallVector<char> multipliers, addends;
  for (auto [m, a] :
       llvm::zip_equal(getDataAs<int32_t>(multiplier, multipliers),
                       getDataAs<int64_t>(addend, addends)))
    if (failed(verifyInt64(op, sum, m, residual,
                           int32_t(op.getResidualMultiplier()), a)))
      return failure();
  return success();
}

template <typename IntegerOp> static LogicalResult verifyInteger(IntegerOp op) {
  int64_t channels = op.getGeometry().outputChannels;
  ValueSetAttr set = getLowBitType(op.getResult()).getSet();
  bool hasThresholds = op.getThresholds() != nullptr;
  if (hasThresholds == (op.getMultiplier() != nullptr))
    return op.emitOpError("expects either thresholds or a multiplier");
  if ((op.getMultiplier() != nullptr) != (op.getAddend() != nullptr))
    return op.emitOpError("expects multiplier and addend together");
  if (op.getSigns() && !hasThresholds)
    return op.emitOpError("expects signs only beside thresholds");
  if (op.getResidual() && hasThresholds)
    return op.emitOpError("expects a residual only beside a multiplier");
  if ((op.getResidual() != nullptr) != (op.getResidualMultiplier() != 0))
    return op.emitOpError("expects a residual and its multiplier together");
  if (set.getKind() == ValueSetKind::List && !hasThresholds)
    return op.emitOpError()
           << "expects a result in a range or an odd set beside a multiplier, "
              "but got "
           << op.getResult().getType();
  if (op.getShift() < 0 || op.getShift() > 62)
    return op.emitOpError()
           << "expects a shift of 0 to 62, but got " << int64_t(op.getShift());
  if (failed(verifyVector(op, op.getSigns(), channels, "a sign")) ||
      failed(verifyVector(op, op.getMultiplier(), channels, "a multiplier")) ||
      failed(verifyVector(op, op.getAddend(), channels, "an addend")) ||
      failed(hasThresholds ? verifyThresholds(op) : verifyMultipliers(op)) ||
      failed(verifySigns(op)))
    return failure();
  if (op.getResidual())
    return verifySameShape(op, op.getResidual(), op.getResult(),
                           "residual and result");
  return success();
}

LogicalResult Conv2DOp::verify() { return verifyConvolution(*this); }
LogicalResult LinearOp::verify() { return verifyLinear(*this); }
LogicalResult FusedConv2DOp::verify() {
  return failed(verifyConvolution(*this)) ? failure() : verifyFused(*this);
}
LogicalResult FusedLinearOp::verify() {
  return failed(verifyLinear(*this)) ? failure() : verifyFused(*this);
}
LogicalResult IntegerConv2DOp::verify() {
  return failed(verifyConvolution(*this)) ? failure() : verifyInteger(*this);
}
LogicalResult IntegerLinearOp::verify() {
  return failed(verifyLinear(*this)) ? failure() : verifyInteger(*this);
}

/// A layer reads low-bit operands itself: conv(dequantize(x)) = conv(x).
template <typename LayerOp>
static LogicalResult readLowBitOperands(LayerOp op, PatternRewriter &rewriter) {
  bool changed = false;
  for (OpOperand &operand : op->getOpOperands()) {
    auto dequantize = operand.get().template getDefiningOp<DequantizeOp>();
    if (!dequantize)
      continue;
    rewriter.modifyOpInPlace(op, [&] { operand.set(dequantize.getInput()); });
    changed = true;
  }
  return success(changed);
}

LogicalResult Conv2DOp::canonicalize(Conv2DOp op, PatternRewriter &rewriter) {
  return readLowBitOperands(op, rewriter);
}
LogicalResult LinearOp::canonicalize(LinearOp op, PatternRewriter &rewriter) {
  return readLowBitOperands(op, rewriter);
}

//===----------------------------------------------------------------------===//
// Searched weights
//===----------------------------------------------------------------------===//

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getCodes(); }

LogicalResult ConstantOp::verify() {
  ShapedType codes = getCodes().getShapedType(),
             result = getShaped(getResult());
  if (codes.getShape() != result.getShape())
    return emitOpError() << "expects codes of the result's shape, but got "
                         << codes << " for " << result;
  if (!codes.getElementType().isSignlessInteger(8))
    return emitOpError() << "expects codes of type i8, but got " << codes;
  int64_t size = getLowBitType(result).getSet().size();
  if (size > 256)
    return emitOpError() << "expects a set of at most 256 values, but got "
                         << size;
  if (failed(verifyScales(*this, getResult(), "the result")))
    return failure();
  if (std::string fault = getDataFault(getCodes()); !fault.empty())
    return emitOpError() << "expects codes that can be read, but got " << fault;
  SmallVector<char> storage;
  for (auto [index, code] :
       llvm::enumerate(getDistinctData(getCodes(), storage)))
    if (uint8_t(code) >= size)
      return emitOpError() << "expects codes below " << size << ", but got "
                           << unsigned(uint8_t(code)) << " at index " << index;
  return success();
}

LowBitType ExpectationOp::getLowBitType() {
  if (std::optional<APFloat> scale = getScale())
    return LowBitType::get(getSet(), scale->convertToFloat());
  return LowBitType::get(getSet());
}

/// logits [K, shape...] over the value set, beside weights [shape...].
static LogicalResult verifyCandidates(Operation *op, Value logits,
                                      Value weights, ValueSetAttr set) {
  auto logitsType = cast<ShapedType>(logits.getType());
  auto weightsType = cast<ShapedType>(weights.getType());
  if (!logitsType.hasRank() || !weightsType.hasRank() ||
      logitsType.getRank() != weightsType.getRank() + 1)
    return op->emitOpError() << "expects logits of one dimension more than the "
                                "weights, but got "
                             << logitsType << " and " << weightsType;
  if (logitsType.getDimSize(0) != set.size())
    return op->emitOpError() << "expects logits for the set's " << set.size()
                             << " values, but got " << logitsType;
  if (failed(verifyCompatibleShape(logitsType.getShape().drop_front(),
                                   weightsType.getShape())))
    return op->emitOpError()
           << "expects logits and weights of one shape behind "
              "the candidates, but got "
           << logitsType << " and " << weightsType;
  return success();
}

static LogicalResult verifyOneElementType(Operation *op) {
  Type element = getElementTypeOrSelf(op->getOperand(0));
  auto differs = [&](Type type) {
    return getElementTypeOrSelf(type) != element;
  };
  if (llvm::any_of(op->getOperandTypes(), differs) ||
      llvm::any_of(op->getResultTypes(), differs))
    return op->emitOpError()
           << "expects one element type everywhere, but got "
           << op->getOperandTypes() << " and " << op->getResultTypes();
  return success();
}

/// Softmax is defined for every real temperature, but only from 0 on do larger
/// logits stay the likelier ones.
static LogicalResult verifyTemperature(Operation *op, Value temperature) {
  FloatAttr value;
  if (!matchPattern(temperature, m_Constant(&value)))
    return success();
  double number = value.getValueAsDouble();
  if (std::isfinite(number) && number >= 0)
    return success();
  return op->emitOpError()
         << "expects a finite temperature of at least 0, but got " << number;
}

static LogicalResult verifyScale(Operation *op, std::optional<APFloat> scale) {
  if (!scale ||
      (scale->isFinite() && *scale > APFloat::getZero(scale->getSemantics())))
    return success();
  return op->emitOpError() << "expects a positive finite scale, but got "
                           << scale->convertToDouble();
}

template <typename OpT> static LogicalResult verifyExpectation(OpT op) {
  if (op.getSet().size() > 256)
    return op.emitOpError() << "expects a set of at most 256 values, but got "
                            << op.getSet().size();
  if (failed(verifyTemperature(op, op.getTemperature())) ||
      failed(verifyScale(op, op.getScale())))
    return failure();
  return verifyOneElementType(op);
}

LogicalResult ExpectationOp::verify() {
  if (failed(verifyExpectation(*this)))
    return failure();
  return verifyCandidates(*this, getLogits(), getWeights(), getSet());
}

LogicalResult ExpectationGradOp::verify() {
  if (failed(verifyExpectation(*this)))
    return failure();
  if (failed(verifyCompatibleShape(getLogits().getType(),
                                   getLogitsGrad().getType())))
    return emitOpError()
           << "expects logits and their gradient of one shape, but "
              "got "
           << getLogits().getType() << " and " << getLogitsGrad().getType();
  return verifyCandidates(*this, getLogits(), getWeightsGrad(), getSet());
}

LogicalResult SelectOp::verify() {
  if (failed(verifyScales(*this, getResult(), "the result")))
    return failure();
  return verifyCandidates(*this, getLogits(), getResult(),
                          getLowBitType(getResult()).getSet());
}

/// The codes of the largest logits; the lowest code where several are largest.
static SmallVector<char> getLargestCandidates(ArrayRef<float> logits,
                                              int64_t candidates) {
  int64_t count = logits.size() / candidates;
  SmallVector<char> codes(count);
  // Block by block: what is largest so far stays in the cache.
  constexpr int64_t blockSize = 2048;
  float largest[blockSize];
  int32_t code[blockSize]; // As wide as the logits, for vectors.
  for (int64_t begin = 0; begin < count; begin += blockSize) {
    int64_t size = std::min(blockSize, count - begin);
    std::copy_n(logits.data() + begin, size, largest);
    std::fill_n(code, size, 0);
    for (int64_t k = 1; k < candidates; ++k) {
      const float *candidate = logits.data() + k * count + begin;
      for (int64_t i = 0; i < size; ++i) {
        bool isLarger = candidate[i] > largest[i];
        largest[i] = isLarger ? candidate[i] : largest[i];
        code[i] = isLarger ? int32_t(k) : code[i];
      }
    }
    std::copy_n(code, size, codes.data() + begin);
  }
  return codes;
}

OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  auto logits = dyn_cast_or_null<ElementsAttr>(adaptor.getLogits());
  if (!logits || !getDataFault(logits).empty())
    return {};
  SmallVector<char> storage;
  ArrayRef<float> values = getDataAs<float>(logits, storage);
  ShapedType result = getShaped(getResult());
  SmallVector<char> codes =
      getLargestCandidates(values, getShaped(getLogits()).getDimSize(0));
  return DenseElementsAttr::getFromRawBuffer(
      result.clone(IntegerType::get(getContext(), 8)), codes);
}

//===----------------------------------------------------------------------===//
// Quantize, dequantize
//===----------------------------------------------------------------------===//

LogicalResult QuantizeOp::verify() {
  if (failed(verifyScales(*this, getResult(), "the result")))
    return failure();
  return verifySameShape(*this, getInput(), getResult(), "input and result");
}

OpFoldResult QuantizeOp::fold(FoldAdaptor) {
  // The nearest preset value of a preset value is itself.
  auto dequantize = getInput().getDefiningOp<DequantizeOp>();
  if (dequantize && dequantize.getInput().getType() == getType())
    return dequantize.getInput();
  return {};
}

LogicalResult DequantizeOp::verify() {
  if (failed(verifyScales(*this, getInput(), "the input")))
    return failure();
  return verifySameShape(*this, getInput(), getResult(), "input and result");
}

OpFoldResult DequantizeOp::fold(FoldAdaptor adaptor) {
  auto codes = dyn_cast_or_null<DenseElementsAttr>(adaptor.getInput());
  LowBitType type = getLowBitType(getInput());
  // Larger constants stay low-bit: real values would take 32 times the room.
  if (!codes || type.isPerChannel() || codes.getNumElements() > 64)
    return {};
  SmallVector<float> values;
  for (APInt code : codes.getValues<APInt>())
    values.push_back(type.getScale() *
                     float(type.getSet().getInteger(code.getZExtValue())));
  return DenseElementsAttr::get(getShaped(getResult()), ArrayRef(values));
}

//===----------------------------------------------------------------------===//
// Batch norm
//===----------------------------------------------------------------------===//

template <typename NormOp> static LogicalResult verifyBatchNorm(NormOp op) {
  ShapedType input = getShaped(op.getInput());
  if (input.getRank() < 1)
    return op.emitOpError("expects an input with channels, but got a scalar");
  if (failed(verifySameShape(op, op.getInput(), op.getResult(),
                             "input and result")))
    return failure();
  for (Value parameter : op->getOperands().drop_front())
    if (failed(verifyVector(op, parameter, input.getShape().back(),
                            "a parameter")))
      return failure();
  APFloat epsilon = op.getEpsilon();
  if (epsilon.isNegative() || !epsilon.isFinite())
    return op.emitOpError()
           << "expects a finite epsilon of at least 0, but got "
           << epsilon.convertToDouble();
  return success();
}

LogicalResult StateBatchNormOp::verify() { return verifyBatchNorm(*this); }
LogicalResult BatchNormOp::verify() { return verifyBatchNorm(*this); }

//===----------------------------------------------------------------------===//
// Requantize, pool
//===----------------------------------------------------------------------===//

LogicalResult RequantizeOp::verify() {
  if (failed(
          verifySameShape(*this, getInput(), getResult(), "input and result")))
    return failure();
  if (getOther() && failed(verifySameShape(*this, getOther(), getResult(),
                                           "other and result")))
    return failure();
  if ((getOther() != nullptr) != (getOtherMultiplier() != 0))
    return emitOpError("expects a second operand and its multiplier together");
  if (getLowBitType(getResult()).getSet().getKind() == ValueSetKind::List)
    return emitOpError()
           << "expects a result in a range or an odd set, but got "
           << getResult().getType();
  if (getShift() < 0 || getShift() > 62)
    return emitOpError() << "expects a shift of 0 to 62, but got "
                         << int64_t(getShift());
  return verifyInt64(*this, getLargestMagnitude(getInput()),
                     int32_t(getMultiplier()),
                     getOther() ? getLargestMagnitude(getOther()) : 0,
                     int32_t(getOtherMultiplier()), int64_t(getAddend()));
}

OpFoldResult RequantizeOp::fold(FoldAdaptor) {
  bool isIdentity = !getOther() && getAddend() >= 0 &&
                    int64_t(getMultiplier()) == int64_t(1) << getShift() &&
                    getAddend() < int64_t(1) << getShift();
  bool isRange = getLowBitType(getResult()).getSet().isRange();
  if (isIdentity && isRange && getInput().getType() == getType())
    return getInput();
  return {};
}

int64_t Pool2DOp::getLargestSum() {
  ArrayRef<int64_t> image = getShaped(getInput()).getShape();
  // Elements outside of the image do not count.
  double sum = double(std::min(getKernel()[0], image[1])) *
               std::min(getKernel()[1], image[2]) *
               getReach(getLowBitType(getInput()).getSet());
  return std::min(sum, std::ldexp(1.0, 62));
}

static LogicalResult verifyPoolShape(Pool2DOp op) {
  ShapedType input = getShaped(op.getInput());
  if (input.getRank() != 4)
    return op.emitOpError() << "expects an input of rank 4, but got " << input;
  if (failed(verifyLengths(op, "kernel", op.getKernel(), 2, 1)) ||
      failed(verifyLengths(op, "strides", op.getStrides(), 2, 1)) ||
      failed(verifyLengths(op, "pads", op.getPads(), 4, 0)))
    return failure();
  SmallVector<int64_t> padded(input.getShape()), expected(padded);
  for (unsigned d : {0, 1}) {
    int64_t before = op.getPads()[2 * d], after = op.getPads()[2 * d + 1];
    int64_t kernel = op.getKernel()[d];
    if (before >= kernel || after >= kernel)
      return op.emitOpError()
             << "expects pads smaller than the kernel, but got "
             << std::max(before, after) << " for a kernel of " << kernel;
    padded[1 + d] += before + after;
    expected[1 + d] = countWindows(padded[1 + d], kernel, op.getStrides()[d]);
    if (expected[1 + d] == 0)
      return op.emitOpError()
             << "expects a kernel that fits its padded input, but "
                "got "
             << kernel << " for " << input;
  }
  if (failed(verifyPaddedSize(op, padded[1], padded[2], padded[3])))
    return failure();
  return verifyResultShape(op, getShaped(op.getResult()), expected);
}

LogicalResult Pool2DOp::verify() {
  if (failed(verifyPoolShape(*this)))
    return failure();
  Type input = getShaped(getInput()).getElementType();
  Type result = getShaped(getResult()).getElementType();
  bool isMax = getKind() == PoolKind::Max;
  if (isMax && result != input)
    return emitOpError() << "expects a maximum to keep the type " << input
                         << ", but got " << result;
  if (!isMax && !result.isInteger(32))
    return emitOpError() << "expects a sum of type i32, but got " << result;
  if (!isMax && getLargestSum() > std::numeric_limits<int32_t>::max())
    return emitOpError() << "expects sums that fit int32, but got windows of "
                         << getKernel()[0] << "x" << getKernel()[1] << " of "
                         << describeSet(getLowBitType(getInput()).getSet());
  return verifyScales(*this, getInput(), "the input");
}
