//===- BitpackOps.cpp - verifiers and interfaces of layers ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackDialect.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace slb::bitpack;

#define GET_OP_CLASSES
#include "dialects/bitpack/IR/BitpackOps.cpp.inc"

//===----------------------------------------------------------------------===//
// What all layers share
//===----------------------------------------------------------------------===//

/// On tensors a layer is pure; on memrefs it reads its inputs and writes its
/// output and its scratch.
static void
getLayerEffects(LayerOpInterface layer,
                SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  OpOperand &output = layer.getOutputMutable();
  for (OpOperand &operand : layer->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    bool isScratch = llvm::is_contained(OperandRange(layer.getScratchMutable()),
                                        operand.get());
    MemoryEffects::Effect *effect = MemoryEffects::Read::get();
    if (&operand == &output || isScratch)
      effect = MemoryEffects::Write::get();
    effects.emplace_back(effect, &operand, SideEffects::DefaultResource::get());
  }
}

#define SLB_LAYER_EFFECTS(Op)                                                  \
  void Op::getEffects(                                                         \
      SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {               \
    getLayerEffects(*this, effects);                                           \
  }
SLB_LAYER_EFFECTS(Conv2DOp)
SLB_LAYER_EFFECTS(Pool2DOp)
SLB_LAYER_EFFECTS(RequantizeOp)
SLB_LAYER_EFFECTS(AddOp)
SLB_LAYER_EFFECTS(ReluOp)
SLB_LAYER_EFFECTS(DequantizeOp)
SLB_LAYER_EFFECTS(QuantizeOp)
SLB_LAYER_EFFECTS(ConcatOp)
SLB_LAYER_EFFECTS(FlattenOp)
#undef SLB_LAYER_EFFECTS

/// Storage elements of `pixels` pixels; `planes` is offset and coefficients.
static int64_t getNumStored(Storage storage, int64_t pixels, int64_t channels,
                            int64_t planeCount) {
  return storage == Storage::Planes ? pixels * planeCount * getWords(channels)
                                    : pixels * channels;
}

static LogicalResult verifyStored(Operation *op, StringRef name, Type type,
                                  int64_t pixels, int64_t channels,
                                  int64_t planeCount) {
  Storage storage = getStorage(type);
  if ((storage == Storage::Planes) != (planeCount > 0))
    return op->emitOpError("expects planes of the ")
           << name << " just when it is stored so, but got " << planeCount
           << " for " << type;
  int64_t expected = getNumStored(storage, pixels, channels, planeCount);
  int64_t actual = cast<ShapedType>(type).getNumElements();
  if (actual != expected)
    return op->emitOpError("expects ")
           << expected << " elements of the " << name << ", but got " << actual
           << " of " << type;
  // Planes of few channels take more words than there are elements.
  if (!llvm::isInt<32>(expected))
    return op->emitOpError("expects at most 2147483647 elements of the stored ")
           << name << ", which int32 counts, but got " << type;
  return success();
}

/// The number of planes in a list of offset and coefficients.
static int64_t getPlaneCount(ArrayRef<int64_t> planes) {
  return planes.empty() ? 0 : planes.size() - 1;
}

/// Geometry becomes int32 fields of the C.
static LogicalResult verifyLength(Operation *op, StringRef name,
                                  ArrayRef<int64_t> values, size_t length) {
  if (values.size() != length)
    return op->emitOpError("expects ")
           << length << " values of " << name << ", but got " << values.size();
  for (int64_t value : values)
    if (value < 0 || !llvm::isInt<32>(value))
      return op->emitOpError("expects values from 0 to 2147483647 of ")
             << name << ", but got " << value;
  return success();
}

/// Places of a window that moves over `padded` elements, `stride` apart.
static int64_t countWindows(int64_t padded, int64_t window, int64_t stride) {
  return padded < window ? 0 : (padded - window) / stride + 1;
}

/// Numbers that become int32_t in C.
static LogicalResult verifyInt32(Operation *op, StringRef name,
                                 ArrayRef<int64_t> values) {
  for (int64_t value : values)
    if (!llvm::isInt<32>(value))
      return op->emitOpError("expects ")
             << name << " of 32 bits, but got " << value;
  return success();
}

/// Offset and coefficients: a power of two more each, as codes have them.
static LogicalResult verifyPlanes(Operation *op, StringRef name,
                                  ArrayRef<int64_t> planes) {
  if (planes.empty())
    return success();
  if (planes.size() < 2 || planes.size() > 9)
    return op->emitOpError("expects an offset and 1 to 8 coefficients of the ")
           << name << ", but got " << planes.size() << " numbers";
  for (unsigned j = 0; j + 1 < planes.size(); ++j)
    if (planes[1] <= 0 || planes[j + 1] != planes[1] << j)
      return op->emitOpError("expects coefficients of the ")
             << name << " that double from plane to plane, but got "
             << planes.drop_front();
  return verifyInt32(op, name, planes);
}

/// What a formula is clamped to must fit where it is stored: `lo` is code 0 of
/// planes.
static LogicalResult verifyRange(Operation *op, int64_t shift, int64_t lo,
                                 int64_t hi, Storage storage,
                                 ArrayRef<int64_t> planes) {
  if (shift < 0 || shift > 62)
    return op->emitOpError("expects a shift from 0 to 62, but got ") << shift;
  if (lo > hi)
    return op->emitOpError("expects lo <= hi, but got ") << lo << " and " << hi;
  auto [lowest, highest] = getIntegerLimits(storage);
  if (!planes.empty()) {
    lowest = lo;
    highest = lo + (int64_t(1) << (planes.size() - 1)) - 1;
  }
  if (lo < lowest || hi > highest)
    return op->emitOpError("expects integers of ")
           << stringifyStorage(storage) << " from " << lowest << " to "
           << highest << ", but got " << lo << " to " << hi;
  return success();
}

/// `offset`, what a byte of 0 stands for, or the byte that stands for 0.
static LogicalResult verifyOffset(Operation *op, StringRef name, int64_t offset,
                                  int64_t lowest, int64_t highest,
                                  Storage storage) {
  if (offset == 0 || (storage == Storage::UnsignedBytes && offset >= lowest &&
                      offset <= highest))
    return success();
  return op->emitOpError("expects ")
         << name << " of unsigned bytes from " << lowest << " to " << highest
         << ", but got " << offset << " of " << stringifyStorage(storage);
}

/// The elements of a parameter, where they are known.
template <typename T>
static std::optional<SmallVector<T>> getElements(Value parameter) {
  DenseElementsAttr elements;
  if (!parameter || !matchPattern(parameter, m_Constant(&elements)))
    return std::nullopt;
  return llvm::to_vector(elements.getValues<T>());
}

/// Adds an operand that is read pixel by pixel, if the output may overwrite it.
/// Planes are cleared before they are filled, so that they must not lie over
/// integers that are read while that happens; other operands are unpacked
/// first. C lets no array of shorts be one of another type.
static void addInPlaceOperand(OpOperand &operand, Value output,
                              SmallVectorImpl<OpOperand *> &operands) {
  Storage from = getStorage(operand.get()), to = getStorage(output);
  bool overwritesIntegers = to == Storage::Planes && from == Storage::Integers;
  bool mixesShorts = (from == Storage::Shorts) != (to == Storage::Shorts) &&
                     from != Storage::UnsignedBytes &&
                     from != Storage::SignedBytes &&
                     to != Storage::UnsignedBytes && to != Storage::SignedBytes;
  if (!overwritesIntegers && !mixesShorts)
    operands.push_back(&operand);
}

//===----------------------------------------------------------------------===//
// Conv2DOp
//===----------------------------------------------------------------------===//

static LogicalResult verifyGeometry(Conv2DOp op) {
  if (failed(verifyLength(op, "input_shape", op.getInputShape(), 3)) ||
      failed(verifyLength(op, "output_shape", op.getOutputShape(), 3)) ||
      failed(verifyLength(op, "kernel", op.getKernel(), 2)) ||
      failed(verifyLength(op, "strides", op.getStrides(), 2)) ||
      failed(verifyLength(op, "pads", op.getPads(), 4)) ||
      failed(verifyLength(op, "dilations", op.getDilations(), 2)) ||
      failed(verifyLength(op, "pool", op.getPool(), 2)))
    return failure();
  for (ArrayRef<int64_t> values :
       {op.getKernel(), op.getStrides(), op.getDilations(), op.getPool(),
        op.getInputShape(), op.getOutputShape()})
    for (int64_t value : values)
      if (value <= 0)
        return op.emitOpError("expects positive sizes, but got ") << value;
  int64_t groups = op.getGroups();
  if (op.getInputChannels() % groups || op.getOutputChannels() % groups)
    return op.emitOpError("expects channels in multiples of ")
           << groups << " groups, but got " << op.getInputChannels() << " and "
           << op.getOutputChannels();
  for (unsigned i : {0, 1}) {
    int64_t reach = op.getDilations()[i] * (op.getKernel()[i] - 1) + 1;
    int64_t padded =
        op.getInputShape()[i] + op.getPads()[2 * i] + op.getPads()[2 * i + 1];
    int64_t expected =
        countWindows(padded, reach, op.getStrides()[i]) / op.getPool()[i];
    if (op.getOutputShape()[i] != expected)
      return op.emitOpError("expects output size ")
             << expected << " in dimension " << i << ", but got "
             << op.getOutputShape()[i];
  }
  return success();
}

static LogicalResult verifyWeights(Conv2DOp op) {
  auto type = cast<ShapedType>(op.getWeights().getType());
  SmallVector<int64_t> expected = {op.getOutputChannels()};
  int64_t planeCount = getPlaneCount(op.getWeightPlanes());
  WeightStorage storage = getWeightStorage(type);
  bool isPlanes = storage == WeightStorage::Planes;
  bool isNibbles = storage == WeightStorage::Nibbles;
  if ((isPlanes || isNibbles) != (planeCount > 0))
    return op.emitOpError("expects planes of the weights just when they are "
                          "stored so, but got ")
           << planeCount << " for " << type;
  if (isPlanes)
    expected.append({planeCount, getWords(op.getRowLength())});
  else if (isNibbles)
    expected.push_back(getWords(4 * op.getRowLength()));
  else
    expected.push_back(op.getRowLength());
  if (type.getShape() != ArrayRef(expected))
    return op.emitOpError("expects weights of shape [")
           << expected << "], but got " << type;
  return success();
}

/// Verifies that a parameter, if given, has one row of values a channel.
static LogicalResult verifyParameter(Conv2DOp op, StringRef name,
                                     Value parameter, unsigned rank = 1) {
  if (!parameter)
    return success();
  auto type = cast<ShapedType>(parameter.getType());
  if (type.getRank() == rank && type.getDimSize(0) == op.getOutputChannels())
    return success();
  return op.emitOpError("expects ")
         << name << " of rank " << rank << " for " << op.getOutputChannels()
         << " channels, but got " << type;
}

/// Codes are counted up, and each of them is stored as it is or as its value.
static LogicalResult verifyThresholds(Conv2DOp op) {
  Storage output = getStorage(op.getOutput());
  ArrayRef<int64_t> values = op.getOutputValues();
  if ((output == Storage::Planes) != values.empty())
    return op.emitOpError("expects output_values just where thresholds give "
                          "no planes, but got ")
           << values.size() << " for " << op.getOutput().getType();
  int64_t levels = cast<ShapedType>(op.getThresholds().getType()).getDimSize(1);
  int64_t codes = values.empty()
                      ? int64_t(1) << getPlaneCount(op.getOutputPlanes())
                      : int64_t(values.size());
  if (levels != codes - 1)
    return op.emitOpError("expects ")
           << codes - 1 << " thresholds a channel, but got " << levels;
  auto [lowest, highest] = getIntegerLimits(output);
  for (int64_t value : values)
    if (value < lowest || value > highest)
      return op.emitOpError("expects output_values from ")
             << lowest << " to " << highest << ", but got " << value;
  if (auto thresholds = getElements<int32_t>(op.getThresholds()))
    for (size_t i = 1; i < thresholds->size(); ++i)
      if (i % levels != 0 && (*thresholds)[i] < (*thresholds)[i - 1])
        return op.emitOpError("expects thresholds that ascend, but got ")
               << (*thresholds)[i] << " after " << (*thresholds)[i - 1]
               << " in channel " << i / levels;
  if (auto signs = getElements<int8_t>(op.getSigns()))
    for (int8_t sign : *signs)
      if (sign != 1 && sign != -1)
        return op.emitOpError("expects signs of 1 and -1, but got ")
               << int(sign);
  return success();
}

static LogicalResult verifyEpilogue(Conv2DOp op) {
  if (failed(verifyParameter(op, "thresholds", op.getThresholds(), 2)) ||
      failed(verifyParameter(op, "signs", op.getSigns())) ||
      failed(verifyParameter(op, "multiplier", op.getMultiplier())) ||
      failed(verifyParameter(op, "addend", op.getAddend())) ||
      failed(verifyParameter(op, "scale", op.getScale())) ||
      failed(verifyParameter(op, "bias", op.getBias())))
    return failure();
  int epilogues = !!op.getThresholds() + !!op.getMultiplier() + !!op.getScale();
  if (epilogues != 1)
    return op.emitOpError("expects one of thresholds, multiplier and scale, "
                          "but got ")
           << epilogues;
  if (!op.getMultiplier() != !op.getAddend())
    return op.emitOpError("expects multiplier and addend together");
  if (!op.getScale() != !op.getBias())
    return op.emitOpError("expects scale and bias together");
  if (op.getSigns() && !op.getThresholds())
    return op.emitOpError("expects signs only with thresholds");
  if (op.getResidual() && op.getThresholds())
    return op.emitOpError("expects no residual with thresholds");
  Storage output = getStorage(op.getOutput());
  if (!op.getScale() != (output != Storage::Floats))
    return op.emitOpError("expects an output of floats just with scale and "
                          "bias, but got ")
           << op.getOutput().getType();
  if (op.getResidual() &&
      !op.getScale() != (getStorage(op.getResidual()) != Storage::Floats))
    return op.emitOpError("expects a residual of floats just with scale and "
                          "bias, but got ")
           << op.getResidual().getType();
  if (op.getThresholds())
    return verifyThresholds(op);
  if (!op.getOutputValues().empty())
    return op.emitOpError("expects output_values only with thresholds");
  if (op.getScale())
    return success();
  if (failed(
          verifyInt32(op, "residual_multiplier", {op.getResidualMultiplier()})))
    return failure();
  return verifyRange(op, op.getShift(), op.getLo(), op.getHi(), output,
                     op.getOutputPlanes());
}

/// Floats are multiplied by any weights, integers only by integers.
static LogicalResult verifyOperands(Conv2DOp op) {
  Storage input = getStorage(op.getInput());
  bool hasFloatWeights =
      getWeightStorage(op.getWeights().getType()) == WeightStorage::Floats;
  if (input == Storage::Integers ||
      (input != Storage::Floats && hasFloatWeights))
    return op.emitOpError("expects an input of up to 16 bits, or of floats for "
                          "weights of floats, but got ")
           << op.getInput().getType() << " and " << op.getWeights().getType();
  if (input == Storage::Floats && !op.getScale())
    return op.emitOpError("expects scale and bias for an input of floats");
  if (failed(
          verifyOffset(op, "pad_value", op.getPadValue(), 0, UINT8_MAX, input)))
    return failure();
  for (auto [name, planes] : {std::pair("input", op.getInputPlanes()),
                              std::pair("weights", op.getWeightPlanes()),
                              std::pair("residual", op.getResidualPlanes()),
                              std::pair("output", op.getOutputPlanes())})
    if (failed(verifyPlanes(op, name, planes)))
      return failure();
  return success();
}

LogicalResult Conv2DOp::verify() {
  if (failed(verifyGeometry(*this)) || failed(verifyOperands(*this)) ||
      failed(verifyWeights(*this)) || failed(verifyEpilogue(*this)))
    return failure();
  int64_t pixels = getOutputHeight() * getOutputWidth();
  if (getResidual() &&
      failed(verifyStored(*this, "residual", getResidual().getType(), pixels,
                          getOutputChannels(),
                          getPlaneCount(getResidualPlanes()))))
    return failure();
  if (failed(verifyStored(*this, "input", getInput().getType(),
                          getInputHeight() * getInputWidth(),
                          getInputChannels(), getPlaneCount(getInputPlanes()))))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), pixels,
                      getOutputChannels(), getPlaneCount(getOutputPlanes()));
}

/// The residual: a pixel of it is read before the same pixel is written. Never
/// the input, whose neighbouring pixels are read later.
SmallVector<OpOperand *> Conv2DOp::getInPlaceOperands() {
  SmallVector<OpOperand *> operands;
  for (OpOperand &residual : getResidualMutable())
    addInPlaceOperand(residual, getOutput(), operands);
  return operands;
}

int64_t Conv2DOp::getMacs() {
  // What the pooling drops is not computed.
  return getOutputHeight() * getPool()[0] * getOutputWidth() * getPool()[1] *
         getOutputChannels() * getRowLength();
}

//===----------------------------------------------------------------------===//
// Pool2DOp
//===----------------------------------------------------------------------===//

static LogicalResult verifyPoolWindows(Pool2DOp op) {
  if (failed(verifyLength(op, "input_shape", op.getInputShape(), 3)) ||
      failed(verifyLength(op, "output_shape", op.getOutputShape(), 3)) ||
      failed(verifyLength(op, "kernel", op.getKernel(), 2)) ||
      failed(verifyLength(op, "strides", op.getStrides(), 2)) ||
      failed(verifyLength(op, "pads", op.getPads(), 4)))
    return failure();
  if (op.getInputShape()[2] != op.getOutputShape()[2])
    return op.emitOpError("expects as many channels of output as of input, "
                          "but got ")
           << op.getOutputShape()[2] << " and " << op.getInputShape()[2];
  for (unsigned i : {0, 1}) {
    int64_t kernel = op.getKernel()[i], stride = op.getStrides()[i];
    if (kernel <= 0 || stride <= 0)
      return op.emitOpError("expects positive kernel and strides");
    int64_t before = op.getPads()[2 * i], after = op.getPads()[2 * i + 1];
    if (before >= kernel || after >= kernel)
      return op.emitOpError("expects pads smaller than the kernel of ")
             << kernel << ", but got " << before << " and " << after;
    int64_t padded = op.getInputShape()[i] + before + after;
    int64_t expected = countWindows(padded, kernel, stride);
    if (expected == 0)
      return op.emitOpError("expects a kernel that fits its padded input, but "
                            "got ")
             << kernel << " for " << padded << " in dimension " << i;
    if (op.getOutputShape()[i] != expected)
      return op.emitOpError("expects output size ")
             << expected << " in dimension " << i << ", but got "
             << op.getOutputShape()[i];
  }
  return success();
}

LogicalResult Pool2DOp::verify() {
  if (failed(verifyPoolWindows(*this)))
    return failure();
  ArrayRef<int64_t> in = getInputShape(), out = getOutputShape();
  int64_t planeCount = getPlaneCount(getInputPlanes());
  Storage input = getStorage(getInput()), output = getStorage(getOutput());
  Storage expected = getKind() == PoolKind::Sum ? Storage::Integers : input;
  if (output != expected)
    return emitOpError("expects ")
           << stringifyStorage(expected) << " output, but got "
           << stringifyStorage(output);
  if ((getKind() == PoolKind::Average) && input != Storage::Floats)
    return emitOpError("expects floats to average, but got ")
           << stringifyStorage(input);
  if (getKind() == PoolKind::Sum && input == Storage::Floats)
    return emitOpError("expects integers to sum, but got ")
           << stringifyStorage(input);
  if (getInputOffset() != 0 && getKind() != PoolKind::Sum)
    return emitOpError("expects input_offset only of sums");
  if (failed(verifyPlanes(*this, "input", getInputPlanes())) ||
      failed(verifyOffset(*this, "input_offset", getInputOffset(), -UINT8_MAX,
                          0, input)))
    return failure();
  if (failed(verifyStored(*this, "input", getInput().getType(), in[0] * in[1],
                          in[2], planeCount)))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), out[0] * out[1],
                      out[2], output == Storage::Planes ? planeCount : 0);
}

//===----------------------------------------------------------------------===//
// RequantizeOp
//===----------------------------------------------------------------------===//

LogicalResult RequantizeOp::verify() {
  for (Value value : {getInput(), getOther(), getOutput()})
    if (value && getStorage(value) == Storage::Floats)
      return emitOpError("expects integers, but got ") << value.getType();
  if (!getOther() != (getOtherMultiplier() == 0))
    return emitOpError("expects a second operand and its multiplier together");
  if (failed(verifyInt32(*this, "multipliers",
                         {getMultiplier(), getOtherMultiplier()})) ||
      failed(verifyPlanes(*this, "input", getInputPlanes())) ||
      failed(verifyPlanes(*this, "other", getOtherPlanes())) ||
      failed(verifyPlanes(*this, "output", getOutputPlanes())) ||
      failed(verifyRange(*this, getShift(), getLo(), getHi(),
                         getStorage(getOutput()), getOutputPlanes())))
    return failure();
  if (failed(verifyStored(*this, "input", getInput().getType(), getPixels(),
                          getChannels(), getPlaneCount(getInputPlanes()))))
    return failure();
  if (getOther() &&
      failed(verifyStored(*this, "other", getOther().getType(), getPixels(),
                          getChannels(), getPlaneCount(getOtherPlanes()))))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), getPixels(),
                      getChannels(), getPlaneCount(getOutputPlanes()));
}

SmallVector<OpOperand *> RequantizeOp::getInPlaceOperands() {
  SmallVector<OpOperand *> operands;
  addInPlaceOperand(getInputMutable(), getOutput(), operands);
  for (OpOperand &other : getOtherMutable())
    addInPlaceOperand(other, getOutput(), operands);
  return operands;
}

//===----------------------------------------------------------------------===//
// AddOp, ReluOp
//===----------------------------------------------------------------------===//

static LogicalResult verifyElementwise(LayerOpInterface op) {
  Value output = op.getOutputMutable().get();
  for (Value operand : cast<DestinationStyleOpInterface>(*op).getDpsInputs()) {
    if (llvm::is_contained(OperandRange(op.getScratchMutable()), operand))
      continue;
    auto type = cast<ShapedType>(operand.getType());
    if (getStorage(type) != Storage::Floats)
      return op->emitOpError("expects floats, but got ") << type;
    if (type.getShape() != cast<ShapedType>(output.getType()).getShape())
      return op->emitOpError("expects operands of the output's shape ")
             << output.getType() << ", but got " << type;
  }
  return success();
}

LogicalResult AddOp::verify() { return verifyElementwise(*this); }
SmallVector<OpOperand *> AddOp::getInPlaceOperands() {
  return {&getLhsMutable(), &getRhsMutable()};
}

LogicalResult ReluOp::verify() { return verifyElementwise(*this); }
SmallVector<OpOperand *> ReluOp::getInPlaceOperands() {
  return {&getInputMutable()};
}

//===----------------------------------------------------------------------===//
// DequantizeOp, QuantizeOp
//===----------------------------------------------------------------------===//

/// One scale, or scales for each channel or for whole pixels.
template <typename OpTy> static LogicalResult verifyScales(OpTy op) {
  int64_t count = op.getScales().size(), stride = op.getScaleStride();
  int64_t channels = op.getChannels(), elements = op.getPixels() * channels;
  bool isPerChannel = stride == 1 && count == channels;
  bool isPerPixel = stride > 0 && stride % channels == 0 && count > 0 &&
                    elements % (stride * count) == 0;
  if (count != 1 && !isPerChannel && !isPerPixel)
    return op.emitOpError("expects one scale, or one for each channel or for "
                          "whole pixels, but got ")
           << count << " for " << stride << " elements each of " << channels
           << " channels";
  for (float scale : op.getScales())
    if (!std::isfinite(scale) || scale <= 0)
      return op.emitOpError("expects positive finite scales, but got ")
             << scale;
  return success();
}

LogicalResult DequantizeOp::verify() {
  Storage input = getStorage(getInput());
  if (input == Storage::Floats)
    return emitOpError("expects an input of integers, but got ")
           << getInput().getType();
  if (getStorage(getOutput()) != Storage::Floats)
    return emitOpError("expects an output of floats, but got ")
           << getOutput().getType();
  if (failed(verifyScales(*this)) ||
      failed(verifyPlanes(*this, "input", getInputPlanes())) ||
      failed(verifyOffset(*this, "input_offset", getInputOffset(), -UINT8_MAX,
                          0, input)) ||
      failed(verifyStored(*this, "input", getInput().getType(), getPixels(),
                          getChannels(), getPlaneCount(getInputPlanes()))))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), getPixels(),
                      getChannels(), 0);
}

/// The values, or lo to hi, fit the output, which holds their codes as planes.
static LogicalResult verifyQuantized(QuantizeOp op) {
  ArrayRef<int64_t> values = op.getValues();
  int64_t lo = op.getLo(), hi = op.getHi(), offset = op.getOutputOffset();
  for (size_t i = 1; i < values.size(); ++i)
    if (values[i] <= values[i - 1])
      return op.emitOpError("expects values that ascend, but got ")
             << values[i] << " after " << values[i - 1];
  if (!values.empty() && (values.front() != lo || values.back() != hi))
    return op.emitOpError("expects values from lo to hi, but got ")
           << values.front() << " to " << values.back();
  if (!values.empty() && !op.getOutputPlanes().empty()) {
    lo = 0; // Codes, not integers.
    hi = int64_t(values.size()) - 1;
  }
  return verifyRange(op, /*shift=*/0, lo - offset, hi - offset,
                     getStorage(op.getOutput()), op.getOutputPlanes());
}

LogicalResult QuantizeOp::verify() {
  Storage output = getStorage(getOutput());
  if (getStorage(getInput()) != Storage::Floats)
    return emitOpError("expects an input of floats, but got ")
           << getInput().getType();
  if (output == Storage::Floats)
    return emitOpError("expects an output of integers, but got ")
           << getOutput().getType();
  if (failed(verifyScales(*this)) ||
      failed(verifyPlanes(*this, "output", getOutputPlanes())) ||
      failed(verifyOffset(*this, "output_offset", getOutputOffset(), -UINT8_MAX,
                          0, output)) ||
      failed(verifyQuantized(*this)) ||
      failed(verifyStored(*this, "input", getInput().getType(), getPixels(),
                          getChannels(), 0)))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), getPixels(),
                      getChannels(), getPlaneCount(getOutputPlanes()));
}

//===----------------------------------------------------------------------===//
// ConcatOp, FlattenOp
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
  if (getInputs().empty())
    return emitOpError("expects inputs to join, but got none");
  if (getInputs().size() != getChannels().size())
    return emitOpError("expects a number of channels for each of ")
           << getInputs().size() << " inputs, but got " << getChannels().size();
  int64_t total = 0;
  for (auto [input, channels] : llvm::zip(getInputs(), getChannels())) {
    if (getStorage(input) != getStorage(getOutput()))
      return emitOpError("expects inputs stored as ")
             << stringifyStorage(getStorage(getOutput())) << ", but got "
             << stringifyStorage(getStorage(input));
    if (failed(verifyStored(*this, "input", input.getType(), getPixels(),
                            channels, getPlanes())))
      return failure();
    total += channels;
  }
  return verifyStored(*this, "output", getOutput().getType(), getPixels(),
                      total, getPlanes());
}

LogicalResult FlattenOp::verify() {
  if (failed(verifyStored(*this, "input", getInput().getType(), getPixels(),
                          getChannels(), getPlanes())))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), 1,
                      getPixels() * getChannels(), getPlanes());
}
