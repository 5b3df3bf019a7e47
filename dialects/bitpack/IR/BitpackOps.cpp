//===- BitpackOps.cpp - verifiers and interfaces of layers ----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialects/bitpack/IR/BitpackDialect.h"

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

static LogicalResult verifyRange(Operation *op, int64_t shift, int64_t lo,
                                 int64_t hi) {
  if (shift < 0 || shift > 62)
    return op->emitOpError("expects a shift from 0 to 62, but got ") << shift;
  if (lo > hi)
    return op->emitOpError("expects lo <= hi, but got ") << lo << " and " << hi;
  return success();
}

/// Adds an operand that is read pixel by pixel, if the output may overwrite it.
/// Planes are cleared before they are filled, so that they must not lie over
/// integers that are read while that happens; other operands are unpacked
/// first.
static void addInPlaceOperand(OpOperand &operand, Value output,
                              SmallVectorImpl<OpOperand *> &operands) {
  if (getStorage(output) != Storage::Planes ||
      getStorage(operand.get()) != Storage::Integers)
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
  if (op.getThresholds() && output != Storage::Planes)
    return op.emitOpError("expects an output of planes with thresholds, but "
                          "got ")
           << op.getOutput().getType();
  if (!op.getScale() != (output != Storage::Floats))
    return op.emitOpError("expects an output of floats just with scale and "
                          "bias, but got ")
           << op.getOutput().getType();
  return verifyRange(op, op.getShift(), op.getLo(), op.getHi());
}

LogicalResult Conv2DOp::verify() {
  if (failed(verifyGeometry(*this)) || failed(verifyWeights(*this)) ||
      failed(verifyEpilogue(*this)))
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
      return op.emitOpError("expects pads smaller than the kernel");
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
  if (failed(verifyRange(*this, getShift(), getLo(), getHi())))
    return failure();
  if (getStorage(getOutput()) == Storage::Floats)
    return emitOpError("expects integers, but got ") << getOutput().getType();
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

LogicalResult DequantizeOp::verify() {
  if (getStorage(getOutput()) != Storage::Floats)
    return emitOpError("expects an output of floats, but got ")
           << getOutput().getType();
  if (failed(verifyStored(*this, "input", getInput().getType(), getPixels(),
                          getChannels(), getPlaneCount(getInputPlanes()))))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), getPixels(),
                      getChannels(), 0);
}

LogicalResult QuantizeOp::verify() {
  if (getStorage(getInput()) != Storage::Floats)
    return emitOpError("expects an input of floats, but got ")
           << getInput().getType();
  if (failed(verifyStored(*this, "input", getInput().getType(), getPixels(),
                          getChannels(), 0)))
    return failure();
  return verifyStored(*this, "output", getOutput().getType(), getPixels(),
                      getChannels(), getPlaneCount(getOutputPlanes()));
}

//===----------------------------------------------------------------------===//
// ConcatOp, FlattenOp
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
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
