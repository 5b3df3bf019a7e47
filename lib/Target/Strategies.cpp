//===- Strategies.cpp - kernels that compute convolutions -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Target/Strategies.h"
#include "Scratch.h"
#include "mlir/IR/Matchers.h"
#include "slb/Target/Targets.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace slb::bitpack;

//===----------------------------------------------------------------------===//
// What kernels ask of a layer
//===----------------------------------------------------------------------===//

static InputForm getPlanesForm(ArrayRef<int64_t> planes) {
  int64_t sum = 0;
  for (int64_t coefficient : planes.drop_front())
    sum += coefficient;
  if (planes.front() == 0)
    return InputForm::UnsignedPlanes;
  if (2 * planes.front() != -sum || planes[1] % 2 != 0)
    return InputForm::OtherPlanes;
  return planes.size() == 2 ? InputForm::SignPlane : InputForm::SignPlanes;
}

InputForm slb::bitpack::getInputForm(ConvolutionOpInterface conv) {
  switch (getStorage(conv.getInput())) {
  case Storage::Planes:
    return getPlanesForm(conv.getInputPlanes());
  case Storage::UnsignedBytes:
    return InputForm::UnsignedBytes;
  case Storage::SignedBytes:
    return InputForm::SignedBytes;
  case Storage::Shorts:
    return InputForm::Shorts;
  case Storage::Integers:
    return InputForm::None;
  case Storage::Floats:
    return InputForm::Floats;
  }
  llvm_unreachable("unknown storage");
}

/// Whether all values of planes, whose offset comes first, are in [lo, hi].
static bool isWithin(ArrayRef<int64_t> planes, int64_t lo, int64_t hi) {
  int64_t lowest = planes.front(), highest = planes.front();
  for (int64_t coefficient : planes.drop_front()) {
    lowest += std::min<int64_t>(coefficient, 0);
    highest += std::max<int64_t>(coefficient, 0);
  }
  return lowest >= lo && highest <= hi;
}

static bool isDepthwise(ConvolutionOpInterface conv) {
  return conv.getGroups() == conv.getInputChannels() && conv.getGroups() > 1;
}

/// Neighbouring outputs share inputs, which come in slices of tables, the
/// sums of a tap's column fit lanes of 16 bits, and those of padding are 0.
/// Tiles are hardly slower and take less memory where the lanes of a row are
/// many.
static bool hasRowsOfTaps(ConvolutionOpInterface conv) {
  int64_t channels = conv.getInputChannels();
  int64_t height = conv.getKernel()[0], width = conv.getKernel()[1];
  bool hasSlices =
      channels % 32 == 0 || (channels == 16 && height == 3 && width == 3);
  return hasSlices && height * channels <= 256 && conv.getGroups() == 1 &&
         conv.getPadValue() == 0 && getRowLaneBytes(conv) <= 8192 &&
         width > 1 && conv.getStrides()[1] == 1 &&
         conv.getDilations()[1] == 1 && conv.getPads()[2] < width &&
         conv.getPads()[3] < width && conv.getPool()[0] == 1 &&
         conv.getPool()[1] == 1;
}

static bool isKnown(Value weights) {
  return matchPattern(weights, m_Constant());
}

static bool meets(ConvolutionOpInterface conv, Requirement requirement,
                  const ConvolutionStrategy &strategy) {
  WeightStorage weights = getWeightStorage(conv.getWeights().getType());
  switch (requirement) {
  case Requirement::Nothing:
    return true;
  case Requirement::Input:
    return (strategy.input & getInputForm(conv)) != InputForm::None;
  case Requirement::WeightStorage:
    return strategy.weights == weights ||
           (strategy.weights == WeightStorage::Nibbles &&
            weights == WeightStorage::Planes);
  case Requirement::ConstantWeights:
    return strategy.weights == weights || isKnown(conv.getWeights());
  case Requirement::ShortInputs:
    return getInputPlaneCount(conv) <= 3;
  case Requirement::InputsAsSignedBytes:
    return isWithin(conv.getInputPlanes(), INT8_MIN, INT8_MAX);
  case Requirement::InputsAsBytes:
    return isWithin(conv.getInputPlanes(), 0, UINT8_MAX);
  case Requirement::FourWeightPlanes:
    return getWeightPlaneCount(conv) == 4;
  case Requirement::UpToFourWeightPlanes:
    return getWeightPlaneCount(conv) <= 4;
  case Requirement::WeightsAsBytes:
    return isWithin(conv.getWeightPlanes(), INT8_MIN, INT8_MAX);
  case Requirement::Depthwise:
    return isDepthwise(conv);
  case Requirement::NotDepthwise:
    return !isDepthwise(conv);
  case Requirement::RowsOfTaps:
    return hasRowsOfTaps(conv);
  }
  llvm_unreachable("unknown requirement");
}

static StringRef stringifyForm(InputForm form) {
  switch (form) {
  case InputForm::None:
    return "nothing";
  case InputForm::UnsignedPlanes:
    return "planes without an offset";
  case InputForm::SignPlane:
    return "a plane of +-1";
  case InputForm::SignPlanes:
    return "planes of +-1";
  case InputForm::OtherPlanes:
    return "other planes";
  case InputForm::UnsignedBytes:
    return "unsigned bytes";
  case InputForm::SignedBytes:
    return "signed bytes";
  case InputForm::Shorts:
    return "shorts";
  case InputForm::Floats:
    return "floats";
  }
  llvm_unreachable("unknown form");
}

static StringRef stringifyWeightStorage(WeightStorage storage) {
  switch (storage) {
  case WeightStorage::Planes:
    return "planes";
  case WeightStorage::Nibbles:
    return "nibbles";
  case WeightStorage::SignedBytes:
    return "signed bytes";
  case WeightStorage::Floats:
    return "floats";
  }
  llvm_unreachable("unknown storage of weights");
}

/// All forms: "a plane of +-1 or planes of +-1".
std::string slb::bitpack::describeInputs(const ConvolutionStrategy &strategy) {
  std::string text;
  for (uint32_t bit = 1; bit <= llvm::to_underlying(strategy.input);
       bit <<= 1) {
    InputForm form = strategy.input & static_cast<InputForm>(bit);
    if (form != InputForm::None)
      text += (text.empty() ? "" : " or ") + stringifyForm(form).str();
  }
  return text;
}

StringRef slb::bitpack::describeWeights(const ConvolutionStrategy &strategy) {
  return stringifyWeightStorage(strategy.weights);
}

StringRef slb::bitpack::describeRequirement(Requirement requirement) {
  switch (requirement) {
  case Requirement::Nothing:
    return "nothing";
  case Requirement::Input:
    return "an input that it can read";
  case Requirement::WeightStorage:
    return "weights that it can read";
  case Requirement::ConstantWeights:
    return "constant weights, whose layout it changes";
  case Requirement::ShortInputs:
    return "an input of up to 3 planes";
  case Requirement::InputsAsSignedBytes:
    return "an input whose values are signed bytes";
  case Requirement::InputsAsBytes:
    return "an input whose values are unsigned bytes";
  case Requirement::FourWeightPlanes:
    return "weights of 4 planes";
  case Requirement::UpToFourWeightPlanes:
    return "weights of up to 4 planes";
  case Requirement::WeightsAsBytes:
    return "weights whose values are signed bytes";
  case Requirement::Depthwise:
    return "a depthwise layer";
  case Requirement::NotDepthwise:
    return "a layer that is not depthwise";
  case Requirement::RowsOfTaps:
    return "outputs of one row that share inputs, in multiples of 32 channels";
  }
  llvm_unreachable("unknown requirement");
}

std::string slb::bitpack::explainUnmet(const ConvolutionStrategy &strategy,
                                       ConvolutionOpInterface conv,
                                       Requirement unmet) {
  std::string what = describeRequirement(unmet).str(), got;
  switch (unmet) {
  case Requirement::Input:
    what = "an input of " + describeInputs(strategy);
    got = stringifyForm(getInputForm(conv));
    break;
  case Requirement::WeightStorage:
    what = ("weights of " + describeWeights(strategy)).str();
    got = stringifyWeightStorage(getWeightStorage(conv.getWeights().getType()));
    break;
  case Requirement::ShortInputs:
    got = std::to_string(getInputPlaneCount(conv));
    break;
  case Requirement::FourWeightPlanes:
  case Requirement::UpToFourWeightPlanes:
    got = std::to_string(getWeightPlaneCount(conv));
    break;
  default:
    break;
  }
  return "expects " + what + (got.empty() ? "" : ", but got " + got);
}

std::optional<Requirement>
slb::bitpack::getUnmet(const ConvolutionStrategy &strategy,
                       ConvolutionOpInterface conv) {
  Requirement needs = strategy.needs | Requirement::Input |
                      Requirement::WeightStorage | Requirement::ConstantWeights;
  // In order: those of planes are asked only where storage is planes.
  for (uint32_t bit = 1; bit <= llvm::to_underlying(needs); bit <<= 1) {
    Requirement requirement = static_cast<Requirement>(bit);
    if ((needs & requirement) != Requirement::Nothing &&
        !meets(conv, requirement, strategy))
      return requirement;
  }
  return std::nullopt;
}

LogicalResult slb::bitpack::verifyStrategy(LayerOpInterface layer) {
  auto conv = dyn_cast<ConvolutionOpInterface>(*layer);
  if (!conv || !conv.getStrategy())
    return success();
  const auto *strategy = lookupConvolutionStrategy(*conv.getStrategy());
  if (!strategy)
    return conv->emitOpError("expects a known strategy, but got '")
           << *conv.getStrategy() << "'";
  Type weights = conv.getWeights().getType();
  if (!getUnmet(*strategy, conv) &&
      strategy->weights == getWeightStorage(weights))
    return success();
  return conv->emitOpError("expects a strategy for an input of ")
         << conv.getInput().getType() << " and weights of " << weights
         << ", but got '" << strategy->name << "'";
}

//===----------------------------------------------------------------------===//
// How kernels are called
//===----------------------------------------------------------------------===//

bool slb::bitpack::isChannelsFirst(const ConvolutionStrategy &strategy) {
  return strategy.form == KernelForm::Tile || strategy.form == KernelForm::Row;
}

int64_t slb::bitpack::getPixelsPerCall(const ConvolutionStrategy &strategy,
                                       ConvolutionOpInterface conv) {
  if (strategy.form == KernelForm::Row)
    return conv.getOutputWidth();
  if (strategy.form != KernelForm::Run)
    return strategy.pixels;
  return std::min<int64_t>(strategy.pixels,
                           conv.getOutputHeight() * conv.getOutputWidth());
}

static bool isOfBytes(Value activations) {
  Storage storage = getStorage(activations);
  return storage == Storage::UnsignedBytes || storage == Storage::SignedBytes;
}

/// Stores of tiles take few instructions where results are the upper halves of
/// 64 bits, or near them, and saturate as bytes do.
bool slb::bitpack::hasTileEpilogue(const ConvolutionStrategy &strategy,
                                   ConvolutionOpInterface conv) {
  if (!isChannelsFirst(strategy))
    return false;
  if (conv.getThresholds())
    return getStorage(conv.getOutput()) == Storage::Planes;
  if (!conv.getMultiplier() || !isOfBytes(conv.getOutput()))
    return false;
  bool isSigned = getStorage(conv.getOutput()) == Storage::SignedBytes;
  if (isSigned ? conv.getHi() != 127 : conv.getLo() != 0 || conv.getHi() != 255)
    return false;
  if (!conv.getResidual())
    return conv.getShift() >= 32;
  return !isSigned && isOfBytes(conv.getResidual()) && conv.getShift() >= 24 &&
         conv.getShift() <= 46;
}

//===----------------------------------------------------------------------===//
// Scratch
//===----------------------------------------------------------------------===//

/// Integers and floats can be read where they are.
static bool needsUnpacking(Value activations) {
  Storage storage = getStorage(activations);
  return storage != Storage::Integers && storage != Storage::Floats;
}

static int64_t append(ScratchLayout &layout, int64_t bytes) {
  int64_t offset = llvm::alignTo(layout.bytes, 8);
  layout.bytes = offset + bytes;
  return offset;
}

ScratchLayout
slb::bitpack::getScratchLayout(ConvolutionOpInterface conv,
                               const ConvolutionStrategy *strategy) {
  ScratchLayout layout;
  int64_t pixelBytes = 4 * conv.getOutputChannels();
  int64_t pixels = strategy ? getPixelsPerCall(*strategy, conv) : 1;
  bool storesPairs = strategy && strategy->form == KernelForm::Row;
  layout.accumulators =
      append(layout, pixels * pixelBytes + (storesPairs ? 4 : 0));
  if (strategy && isChannelsFirst(*strategy) &&
      !hasTileEpilogue(*strategy, conv))
    layout.pixel = append(layout, pixelBytes);
  if (conv.getResidual() && needsUnpacking(conv.getResidual()) &&
      !(strategy && hasTileEpilogue(*strategy, conv)))
    layout.residual = append(layout, pixelBytes);
  if (strategy)
    layout.patch =
        append(layout, strategy->getPatchBytes(conv, pixels,
                                               getTarget(conv).pointerBytes));
  return layout;
}

static ScratchLayout getScratchLayoutOf(ConvolutionOpInterface conv) {
  return getScratchLayout(
      conv, lookupConvolutionStrategy(conv.getStrategy().value_or("")));
}

static ScratchLayout getScratchLayoutOf(RequantizeOp requantize) {
  ScratchLayout layout;
  if (needsUnpacking(requantize.getInput()))
    layout.accumulators = append(layout, 4 * requantize.getChannels());
  if (requantize.getOther() && needsUnpacking(requantize.getOther()))
    layout.residual = append(layout, 4 * requantize.getChannels());
  return layout;
}

static ScratchLayout getScratchLayoutOf(DequantizeOp dequantize) {
  ScratchLayout layout;
  if (needsUnpacking(dequantize.getInput()))
    layout.accumulators = append(layout, 4 * dequantize.getChannels());
  return layout;
}

ScratchLayout slb::bitpack::getScratchLayout(LayerOpInterface layer) {
  return TypeSwitch<Operation *, ScratchLayout>(layer)
      .Case<ConvolutionOpInterface, RequantizeOp, DequantizeOp>(
          [](auto op) { return getScratchLayoutOf(op); })
      .Default(ScratchLayout());
}
