//===- LayerText.cpp - the C function of one layer ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerText.h"
#include "CNames.h"
#include "slb/Target/Strategies.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <limits>

using namespace mlir;
using namespace slb::bitpack;

//===----------------------------------------------------------------------===//
// Pieces of C
//===----------------------------------------------------------------------===//

StringRef slb::bitpack::getCType(Storage storage) {
  switch (storage) {
  case Storage::UnsignedBytes:
    return "uint8_t";
  case Storage::SignedBytes:
    return "int8_t";
  case Storage::Planes:
    return "uint32_t";
  case Storage::Shorts:
    return "int16_t";
  case Storage::Integers:
    return "int32_t";
  case Storage::Floats:
    return "float";
  }
  llvm_unreachable("unknown storage");
}

std::string slb::bitpack::getCDimensions(Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (int64_t size : cast<ShapedType>(type).getShape().drop_front())
    os << '[' << size << ']';
  return text;
}

std::string slb::bitpack::getCall(const Twine &start,
                                  ArrayRef<std::string> items, StringRef end) {
  std::string text = (start + "(").str();
  size_t indent = text.find_first_not_of(' ') + 4;
  size_t column = text.size();
  for (auto [i, item] : llvm::enumerate(items)) {
    bool isLast = i + 1 == items.size();
    size_t length = item.size() + (isLast ? 1 + end.size() : 1);
    if (i > 0 && column + 1 + length > 80) {
      text += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (i > 0) {
      text += ' ';
      ++column;
    }
    text += item + (isLast ? "" : ",");
    column += item.size() + 1;
  }
  return text + ")" + end.str();
}

static std::string getInt32(int64_t value) {
  if (value == std::numeric_limits<int32_t>::min())
    return "INT32_MIN";
  if (value == std::numeric_limits<int32_t>::max())
    return "INT32_MAX";
  return std::to_string(value);
}

static std::string getInt64(int64_t value) {
  if (value == std::numeric_limits<int64_t>::min())
    return "INT64_MIN";
  return std::to_string(value);
}

/// Nine digits tell any two floats apart.
static std::string getFloat(const llvm::APFloat &value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format("%.9g", value.convertToFloat());
  return text + (text.find_first_of(".e") == std::string::npos ? ".0f" : "f");
}

/// Storage elements of one pixel.
static int64_t getPixelElements(Value value, int64_t pixels) {
  return cast<ShapedType>(value.getType()).getNumElements() / pixels;
}

/// `  static const TYPE NAME[] = {...};`, broken into lines of at most 80
/// characters.
static std::string getArrayText(StringRef type, StringRef name,
                                ArrayRef<std::string> items) {
  std::string text = ("  static const " + type + " " + name + "[] = {").str();
  size_t column = text.size();
  for (auto [i, item] : llvm::enumerate(items)) {
    bool isLast = i + 1 == items.size();
    size_t length = item.size() + (isLast ? 2 : 1);
    if (i > 0 && column + 1 + length > 80) {
      text += "\n      ";
      column = 6;
    } else if (i > 0) {
      text += ' ';
      ++column;
    }
    text += item + (isLast ? "" : ",");
    column += item.size() + 1;
  }
  return text + "};\n";
}

static std::vector<std::string> getInt32s(ArrayRef<int64_t> values) {
  std::vector<std::string> items;
  for (int64_t value : values)
    items.push_back(getInt32(value));
  return items;
}

static std::vector<std::string> getFloats(ArrayRef<float> values) {
  std::vector<std::string> items;
  for (float value : values)
    items.push_back(getFloat(llvm::APFloat(value)));
  return items;
}

/// ` + 3`, ` - 3`, or nothing.
static std::string getOffsetText(int64_t offset) {
  if (offset == 0)
    return "";
  return (offset < 0 ? " - " : " + ") + std::to_string(std::abs(offset));
}

namespace {
/// Writes the text of one layer.
class LayerWriter {
public:
  LayerWriter(LayerOpInterface layer, const LayerContext &context)
      : layer(layer), context(context), os(text) {}

  std::string write() {
    TypeSwitch<Operation *>(layer)
        .Case<Conv2DOp, Pool2DOp, RequantizeOp, AddOp, ReluOp, DequantizeOp,
              QuantizeOp, ConcatOp, FlattenOp>([&](auto op) {
          writeComment(op);
          writeSignature();
          writeBody(op);
        });
    os << "}";
    return text;
  }

private:
  // Comments.
  void writeTitle(const Twine &title);
  void writeOperands();
  void writeComment(Conv2DOp op);
  void writeComment(Pool2DOp op);
  void writeComment(RequantizeOp op);
  void writeComment(AddOp op);
  void writeComment(ReluOp op);
  void writeComment(DequantizeOp op);
  void writeComment(QuantizeOp op);
  void writeComment(ConcatOp op);
  void writeComment(FlattenOp op);
  void writeSignature();

  // Statements.
  void writeBody(Conv2DOp op);
  void writeBody(Pool2DOp op);
  void writeBody(RequantizeOp op);
  void writeBody(AddOp op);
  void writeBody(ReluOp op);
  void writeBody(DequantizeOp op);
  void writeBody(QuantizeOp op);
  void writeBody(ConcatOp op);
  void writeBody(FlattenOp op);
  /// A call of a runtime function, whose source the file then needs.
  void writeCall(StringRef indent, const Twine &name,
                 ArrayRef<std::string> arguments) {
    os << getCall(indent + use(name), arguments, ";\n");
  }
  void writeGeometry(Conv2DOp op);
  void writeGeometry(Pool2DOp op);
  void writePlanes(StringRef name, ArrayRef<int64_t> planes);
  void writeScratch(StringRef name, StringRef type, int64_t offset);
  void writeQuantizer(QuantizeOp op);
  void writeLoad(StringRef indent, Value value, ArrayRef<int64_t> planes,
                 int64_t channels, StringRef source, StringRef target);
  void writeRequantize(StringRef indent, StringRef acc, StringRef residual,
                       int64_t channels, ArrayRef<int64_t> outputPlanes);
  void writeKernelCall(StringRef indent, Conv2DOp op,
                       const ConvolutionStrategy &strategy,
                       ArrayRef<std::string> place);
  void writeThresholds(StringRef indent, Conv2DOp op,
                       const ConvolutionStrategy &strategy, StringRef acc);
  void writeEpilogue(StringRef indent, Conv2DOp op,
                     const ConvolutionStrategy &strategy, StringRef acc);
  void writeTileEpilogue(StringRef indent, Conv2DOp op,
                         const ConvolutionStrategy &strategy, StringRef pixels);
  void writeCallsOfPixels(Conv2DOp op, const ConvolutionStrategy &strategy);
  void writeCallsOfTiles(Conv2DOp op, const ConvolutionStrategy &strategy);
  void writeStep(StringRef indent, StringRef name, const Twine &elements);
  void writeAdvance(StringRef indent, Conv2DOp op, StringRef pixels = "");
  std::string openPixelLoops(int64_t height, int64_t width);
  void closePixelLoops();

  std::string getArray(Value value) { return context.getArray(value); }
  /// The name of a runtime function or type, whose source the file then needs.
  std::string use(const Twine &name) {
    std::string function = ("slb_" + name).str();
    context.useRuntime(function);
    return function;
  }

  LayerOpInterface layer;
  const LayerContext &context;
  std::string text;
  llvm::raw_string_ostream os;
};
} // namespace

//===----------------------------------------------------------------------===//
// Comments and signatures
//===----------------------------------------------------------------------===//

SmallVector<LayerArgument>
slb::bitpack::getLayerArguments(LayerOpInterface layer) {
  SmallVector<LayerArgument> arguments;
  auto add = [&](StringRef name, Value value) {
    if (value)
      arguments.push_back({name.str(), value});
  };
  TypeSwitch<Operation *>(layer)
      .Case([&](Conv2DOp op) {
        add("input", op.getInput());
        add("residual", op.getResidual());
      })
      .Case([&](RequantizeOp op) {
        add("input", op.getInput());
        add("other", op.getOther());
      })
      .Case([&](AddOp op) {
        add("lhs", op.getLhs());
        add("rhs", op.getRhs());
      })
      .Case([&](ConcatOp op) {
        for (auto [i, input] : llvm::enumerate(op.getInputs()))
          add("input" + std::to_string(i), input);
      })
      .Case<Pool2DOp, ReluOp, DequantizeOp, QuantizeOp, FlattenOp>(
          [&](auto op) { add("input", op.getInput()); });
  arguments.push_back(
      {"output", layer.getOutputMutable().get(), LayerArgument::Output});
  for (OpOperand &scratch : layer.getScratchMutable())
    arguments.push_back({"scratch", scratch.get(), LayerArgument::Scratch});
  return arguments;
}

void LayerWriter::writeTitle(const Twine &title) {
  os << "/// " << slb::getCComment(layer.getLayer().value_or("layer")) << ": "
     << title << '\n';
}

/// The kernel's function, and the strategy's name where it is another.
static std::string getKernelText(LayerOpInterface layer) {
  StringRef name = *layer.getStrategy();
  const auto *strategy =
      isa<Conv2DOp>(*layer) ? lookupConvolutionStrategy(name) : nullptr;
  if (!strategy || strategy->function == name)
    return ("slb_" + name).str();
  return ("slb_" + strategy->function + " (strategy " + name + ")").str();
}

/// One line an operand, and the kernel.
void LayerWriter::writeOperands() {
  for (auto &[name, value, role] : getLayerArguments(layer)) {
    os << "///   " << llvm::left_justify(name, 9);
    if (role == LayerArgument::Scratch) {
      os << getStorageBytes(value.getType()) << " bytes\n";
      continue;
    }
    os << getCType(value) << ' ' << getCDimensions(value.getType());
    if (role == LayerArgument::Output)
      os << " of " << layer.getOutputTensorType().getElementType();
    os << '\n';
  }
  os << "///   kernel   " << getKernelText(layer) << '\n';
}

static std::string getSizes(ArrayRef<int64_t> sizes) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(sizes, os, "x");
  return text;
}

static std::string getList(ArrayRef<int64_t> values) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleaveComma(values, os);
  return text;
}

static bool isLinear(Conv2DOp op) {
  return op.getOutputTensorType().getRank() == 2;
}

/// 5 for five planes, 8 for bytes, 32 for floats.
static int64_t getStoredBits(Value value, ArrayRef<int64_t> planes) {
  if (!planes.empty())
    return planes.size() - 1;
  return cast<ShapedType>(value.getType()).getElementTypeBitWidth();
}

static std::string getConvolutionTitle(Conv2DOp op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (isLinear(op))
    os << "linear layer, ";
  else if (op.getGroups() > 1 &&
           int64_t(op.getGroups()) == op.getInputChannels())
    os << "depthwise convolution " << getSizes(op.getKernel()) << ", ";
  else
    os << "convolution " << getSizes(op.getKernel()) << ", ";
  os << getSizes(op.getInputShape()) << " to " << getSizes(op.getOutputShape())
     << ", W" << getStoredBits(op.getWeights(), op.getWeightPlanes()) << " A"
     << getStoredBits(op.getInput(), op.getInputPlanes()) << ", "
     << op.getMacs() << " MACs";
  return text;
}

void LayerWriter::writeComment(Conv2DOp op) {
  writeTitle(getConvolutionTitle(op));
  if (!isLinear(op))
    os << "///   strides " << getSizes(op.getStrides())
       << ", pads (top, bottom, left, right) " << getList(op.getPads())
       << ",\n///   dilations " << getSizes(op.getDilations()) << ", groups "
       << op.getGroups() << '\n';
  os << "///   acc = ";
  if (op.getPool()[0] * op.getPool()[1] > 1)
    os << "max over " << getSizes(op.getPool()) << " windows of ";
  os << "the sum of weight * input\n";
  if (op.getThresholds())
    os << "///   "
       << (op.getOutputValues().empty() ? "code" : "y = value of code")
       << " = number of thresholds <= "
       << (op.getSigns() ? "sign * acc" : "acc") << '\n';
  else if (op.getMultiplier())
    os << "///   y = clamp((acc * multiplier + addend"
       << (op.getResidual()
               ? " + residual * " + std::to_string(op.getResidualMultiplier())
               : "")
       << ") >> " << op.getShift() << ", " << op.getLo() << ", " << op.getHi()
       << ")\n";
  else
    os << "///   y = " << (op.getRelu() ? "max(0, " : "")
       << "acc * scale + bias" << (op.getResidual() ? " + residual" : "")
       << (op.getRelu() ? ")" : "") << '\n';
  writeOperands();
}

void LayerWriter::writeComment(Pool2DOp op) {
  writeTitle(stringifyPoolKind(op.getKind()) + " over windows of " +
             getSizes(op.getKernel()) + ", " + getSizes(op.getInputShape()) +
             " to " + getSizes(op.getOutputShape()));
  os << "///   strides " << getSizes(op.getStrides())
     << ", pads (top, bottom, left, right) " << getList(op.getPads()) << '\n';
  writeOperands();
}

void LayerWriter::writeComment(RequantizeOp op) {
  writeTitle(op.getOther() ? "sum of two tensors at another scale"
                           : "another scale");
  os << "///   y = clamp((input * " << op.getMultiplier();
  if (op.getOther())
    os << " + other * " << op.getOtherMultiplier();
  os << " + " << op.getAddend() << ") >> " << op.getShift() << ", "
     << op.getLo() << ", " << op.getHi() << ")\n";
  writeOperands();
}

void LayerWriter::writeComment(AddOp) {
  writeTitle("sum");
  writeOperands();
}

void LayerWriter::writeComment(ReluOp) {
  writeTitle("max(x, 0)");
  writeOperands();
}

/// Scales differ from channel to channel.
template <typename OpTy> static bool hasChannelScales(OpTy op) {
  return op.getScales().size() > 1 && op.getScaleStride() == 1;
}

/// The one scale there is, or how they are counted.
template <typename OpTy> static std::string getScaleText(OpTy op) {
  if (op.getScales().size() == 1)
    return getFloat(llvm::APFloat(op.getScales().front()));
  return hasChannelScales(op) ? "the channel's scale" : "the pixel's scale";
}

void LayerWriter::writeComment(DequantizeOp op) {
  writeTitle("integers to floats");
  std::string offset = getOffsetText(op.getInputOffset());
  os << "///   y = " << getScaleText(op) << " * "
     << (offset.empty() ? "input" : "(input" + offset + ")") << '\n';
  writeOperands();
}

void LayerWriter::writeComment(QuantizeOp op) {
  writeTitle("floats to integers");
  os << "///   y = the nearest of ";
  if (op.getValues().empty())
    os << op.getLo() << " to " << op.getHi();
  else
    os << op.getValues().size() << " values from " << op.getLo() << " to "
       << op.getHi();
  os << " to input / " << getScaleText(op) << ", ties up";
  if (op.getOutputOffset() != 0)
    os << ", less " << op.getOutputOffset();
  os << '\n';
  writeOperands();
}

void LayerWriter::writeComment(ConcatOp) {
  writeTitle("concatenation of channels");
  writeOperands();
}

void LayerWriter::writeComment(FlattenOp) {
  writeTitle("the planes of an image as those of a vector");
  writeOperands();
}

void LayerWriter::writeSignature() {
  SmallVector<std::string> arguments;
  for (auto &[name, value, role] : getLayerArguments(layer)) {
    if (role == LayerArgument::Scratch) {
      arguments.push_back("void *" + name);
      continue;
    }
    StringRef qualifier = role == LayerArgument::Output ? "" : "const ";
    arguments.push_back((qualifier + getCType(value) + " *" + name).str());
  }
  os << getCall("static void " + context.function, arguments, " {\n");
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// Coefficients that slb_planes holds.
static constexpr size_t kMaxPlanes = 8;

void LayerWriter::writePlanes(StringRef name, ArrayRef<int64_t> planes) {
  if (planes.empty())
    return;
  os << "  static const " << use("planes") << ' ' << name
     << " = {\n      .count = " << planes.size() - 1 << ", .coefficient = {";
  // All of them: the rest of an array is not left to the compiler.
  SmallVector<int64_t> coefficients(planes.drop_front());
  coefficients.resize(kMaxPlanes);
  llvm::interleaveComma(coefficients, os);
  os << "}, .offset = " << planes.front() << "};\n";
}

void LayerWriter::writeGeometry(Conv2DOp op) {
  os << "  static const " << use("conv2d") << " geometry = {\n"
     << "      .in_h = " << op.getInputHeight()
     << ", .in_w = " << op.getInputWidth()
     << ", .in_c = " << op.getInputChannels() << ",\n"
     << "      .out_h = " << op.getOutputHeight()
     << ", .out_w = " << op.getOutputWidth()
     << ", .out_c = " << op.getOutputChannels() << ",\n"
     << "      .kernel_h = " << op.getKernel()[0]
     << ", .kernel_w = " << op.getKernel()[1] << ",\n"
     << "      .stride_h = " << op.getStrides()[0]
     << ", .stride_w = " << op.getStrides()[1] << ",\n"
     << "      .pad_top = " << op.getPads()[0]
     << ", .pad_left = " << op.getPads()[2] << ",\n"
     << "      .dilation_h = " << op.getDilations()[0]
     << ", .dilation_w = " << op.getDilations()[1] << ",\n"
     << "      .groups = " << op.getGroups()
     << ", .pool_h = " << op.getPool()[0] << ", .pool_w = " << op.getPool()[1]
     << ",\n      .pad_value = " << op.getPadValue() << "};\n";
}

void LayerWriter::writeGeometry(Pool2DOp op) {
  os << "  static const " << use("pool2d") << " geometry = {\n"
     << "      .in_h = " << op.getInputShape()[0]
     << ", .in_w = " << op.getInputShape()[1]
     << ", .channels = " << op.getInputShape()[2] << ",\n"
     << "      .kernel_h = " << op.getKernel()[0]
     << ", .kernel_w = " << op.getKernel()[1] << ",\n"
     << "      .stride_h = " << op.getStrides()[0]
     << ", .stride_w = " << op.getStrides()[1] << ",\n"
     << "      .pad_top = " << op.getPads()[0]
     << ", .pad_left = " << op.getPads()[2] << "};\n";
}

void LayerWriter::writeScratch(StringRef name, StringRef type, int64_t offset) {
  os << "  " << type << " *" << name << " = ";
  if (type != "void")
    os << '(' << type << " *)";
  if (offset == 0)
    os << "scratch;\n";
  else if (type == "void")
    os << "(uint8_t *)scratch + " << offset << ";\n";
  else
    os << "(void *)((uint8_t *)scratch + " << offset << ");\n";
}

std::string LayerWriter::openPixelLoops(int64_t height, int64_t width) {
  os << "  for (int32_t y = 0; y < " << height << "; ++y) {\n"
     << "    for (int32_t x = 0; x < " << width << "; ++x) {\n";
  return "      ";
}

void LayerWriter::closePixelLoops() { os << "    }\n  }\n"; }

/// Unpacks one pixel into 32-bit integers.
void LayerWriter::writeLoad(StringRef indent, Value value,
                            ArrayRef<int64_t> planes, int64_t channels,
                            StringRef source, StringRef target) {
  StringRef storage = stringifyStorage(getStorage(value));
  SmallVector<std::string> arguments = {source.str(), std::to_string(channels)};
  if (!planes.empty())
    arguments.append({std::to_string(planes.size() - 1),
                      std::to_string(planes[0]), std::to_string(planes[1])});
  arguments.push_back(target.str());
  writeCall(indent, "load_" + storage, arguments);
}

void LayerWriter::writeRequantize(StringRef indent, StringRef acc,
                                  StringRef residual, int64_t channels,
                                  ArrayRef<int64_t> outputPlanes) {
  Storage storage = getStorage(layer.getOutputMutable().get());
  SmallVector<std::string> arguments = {
      "&requantize", acc.str(), residual.str(), std::to_string(channels)};
  if (!outputPlanes.empty())
    arguments.push_back(std::to_string(outputPlanes.size() - 1));
  arguments.push_back("output");
  writeCall(indent, "requantize_" + stringifyStorage(storage), arguments);
}

static bool isUnpacked(Value value) {
  return getStorage(value) == Storage::Integers ||
         getStorage(value) == Storage::Floats;
}

/// Integer kernels accumulate integers.
static bool hasFloatAccumulators(Conv2DOp op) {
  return getStorage(op.getInput()) == Storage::Floats ||
         getWeightStorage(op.getWeights().getType()) == WeightStorage::Floats;
}

/// Codes as planes, or accumulators turned to values in place and narrowed.
void LayerWriter::writeThresholds(StringRef indent, Conv2DOp op,
                                  const ConvolutionStrategy &strategy,
                                  StringRef acc) {
  auto type = cast<ShapedType>(op.getThresholds().getType());
  std::string channels = std::to_string(op.getOutputChannels());
  SmallVector<std::string> arguments = {
      acc.str(), channels, std::to_string(type.getDimSize(1)),
      getArray(op.getThresholds()),
      op.getSigns() ? getArray(op.getSigns()) : "NULL"};
  Storage storage = getStorage(op.getOutput());
  if (storage == Storage::Planes) {
    arguments.append(
        {std::to_string(op.getOutputPlanes().size() - 1), "output"});
    return writeCall(indent, strategy.thresholdEpilogue, arguments);
  }
  bool isNarrow = storage != Storage::Integers;
  arguments.append({"values", isNarrow ? acc.str() : "output"});
  writeCall(indent, "threshold_values", arguments);
  if (isNarrow)
    writeCall(indent, "store_" + stringifyStorage(storage),
              {acc.str(), channels, "output"});
}

/// The epilogue of one pixel's accumulators.
void LayerWriter::writeEpilogue(StringRef indent, Conv2DOp op,
                                const ConvolutionStrategy &strategy,
                                StringRef acc) {
  int64_t channels = op.getOutputChannels();
  if (op.getThresholds())
    return writeThresholds(indent, op, strategy, acc);
  StringRef residual = "NULL";
  if (op.getResidual())
    residual = isUnpacked(op.getResidual()) ? "residual" : "residual_values";
  if (op.getMultiplier()) {
    if (residual == "residual_values")
      writeLoad(indent, op.getResidual(), op.getResidualPlanes(), channels,
                "residual", residual);
    writeRequantize(indent, acc, residual, channels, op.getOutputPlanes());
    return;
  }
  writeCall(indent, hasFloatAccumulators(op) ? "affine_f32" : "affine_s32_f32",
            {acc.str(), std::to_string(channels), getArray(op.getScale()),
             getArray(op.getBias()), residual.str(),
             std::to_string(op.getRelu()), "output"});
}

/// The epilogue of a tile's accumulators [channels][lanes].
void LayerWriter::writeTileEpilogue(StringRef indent, Conv2DOp op,
                                    const ConvolutionStrategy &strategy,
                                    StringRef pixels) {
  std::string lanes = std::to_string(getPixelsPerCall(strategy, op));
  std::string channels = std::to_string(op.getOutputChannels());
  if (op.getThresholds())
    return writeCall(indent, strategy.thresholdEpilogue,
                     {"acc", lanes, channels, getArray(op.getThresholds()),
                      op.getSigns() ? getArray(op.getSigns()) : "NULL",
                      std::to_string(op.getOutputPlanes().size() - 1),
                      pixels.str(), "output"});
  if (op.getResidual()) {
    bool isSigned = getStorage(op.getResidual()) == Storage::SignedBytes;
    return writeCall(indent, "tile_requantize_u8_residual",
                     {"&requantize", std::to_string(isSigned), "acc", lanes,
                      channels, pixels.str(), "residual", "output"});
  }
  bool isSigned = getStorage(op.getOutput()) == Storage::SignedBytes;
  writeCall(indent, isSigned ? "tile_requantize_s8" : strategy.bytesEpilogue,
            {"&requantize", "acc", lanes, channels, pixels.str(), "output"});
}

/// `place` holds the arguments that say which outputs to compute.
void LayerWriter::writeKernelCall(StringRef indent, Conv2DOp op,
                                  const ConvolutionStrategy &strategy,
                                  ArrayRef<std::string> place) {
  SmallVector<std::string> arguments = {"&geometry"};
  if ((strategy.arguments & Argument::IsSigned) != Argument::None)
    arguments.push_back(
        std::to_string(strategy.input == InputForm::SignedBytes));
  if (getStorage(op.getInput()) == Storage::Planes)
    arguments.push_back("&input_planes");
  if (strategy.weights == WeightStorage::Planes)
    arguments.push_back("&weight_planes");
  else if ((strategy.arguments & Argument::NoPlanes) != Argument::None)
    arguments.push_back("NULL");
  // The value of code q is offset + step * q.
  if (strategy.weights == WeightStorage::Nibbles)
    arguments.append({std::to_string(op.getWeightPlanes()[1]),
                      std::to_string(op.getWeightPlanes()[0])});
  arguments.append({getArray(op.getWeights()), "input"});
  arguments.append(place.begin(), place.end());
  arguments.append({"patch", "acc"});
  writeCall(indent, strategy.function, arguments);
}

/// Moves a pointer on.
void LayerWriter::writeStep(StringRef indent, StringRef name,
                            const Twine &elements) {
  os << indent << name << " = &" << name << '[' << elements << "];\n";
}

/// Steps over pixels of the residual and the output.
void LayerWriter::writeAdvance(StringRef indent, Conv2DOp op,
                               StringRef pixels) {
  int64_t count = op.getOutputHeight() * op.getOutputWidth();
  auto advance = [&](StringRef name, Value value) {
    std::string elements = std::to_string(getPixelElements(value, count));
    writeStep(indent, name,
              pixels.empty() ? elements : (pixels + " * " + elements).str());
  };
  if (op.getResidual())
    advance("residual", op.getResidual());
  advance("output", op.getOutput());
}

void LayerWriter::writeCallsOfPixels(Conv2DOp op,
                                     const ConvolutionStrategy &strategy) {
  std::string indent =
      openPixelLoops(op.getOutputHeight(), op.getOutputWidth());
  writeKernelCall(indent, op, strategy, {"y", "x"});
  writeEpilogue(indent, op, strategy, "acc");
  writeAdvance(indent, op);
  closePixelLoops();
}

/// A loop over tiles, rows or runs of outputs in raster order.
void LayerWriter::writeCallsOfTiles(Conv2DOp op,
                                    const ConvolutionStrategy &strategy) {
  int64_t width = op.getOutputWidth(), count = op.getOutputHeight() * width;
  int64_t step = getPixelsPerCall(strategy, op);
  bool isTile = isChannelsFirst(strategy);
  std::string pixels = std::to_string(step);
  os << "  for (int32_t first = 0; first < " << count << "; first += " << step
     << ") {\n";
  if (count % step != 0) {
    pixels = "pixels";
    os << "    const int32_t pixels = " << count << " - first < " << step
       << " ? " << count << " - first : " << step << ";\n";
  }
  SmallVector<std::string> place = {"first", pixels};
  if (strategy.form == KernelForm::Row)
    place = {"first / " + std::to_string(width)};
  else if (isTile)
    place = {"first / " + std::to_string(width),
             "first % " + std::to_string(width), pixels};
  writeKernelCall("    ", op, strategy, place);
  if (hasTileEpilogue(strategy, op)) {
    writeTileEpilogue("    ", op, strategy, pixels);
    writeAdvance("    ", op, pixels);
    os << "  }\n";
    return;
  }
  os << "    for (int32_t p = 0; p < " << pixels << "; ++p) {\n";
  std::string channels = std::to_string(op.getOutputChannels());
  if (isTile)
    writeCall("      ", "tile_pixel",
              {"acc", std::to_string(step), "p", channels, "pixel"});
  writeEpilogue("      ", op, strategy,
                isTile ? "pixel" : "acc + p * " + channels);
  writeAdvance("      ", op);
  os << "    }\n  }\n";
}

void LayerWriter::writeBody(Conv2DOp op) {
  writeGeometry(op);
  const ConvolutionStrategy &strategy =
      *lookupConvolutionStrategy(*op.getStrategy());
  writePlanes("input_planes", op.getInputPlanes());
  if (strategy.weights == WeightStorage::Planes)
    writePlanes("weight_planes", op.getWeightPlanes());
  if (!op.getOutputValues().empty())
    os << getArrayText("int32_t", "values", getInt32s(op.getOutputValues()));
  if (op.getMultiplier())
    os << "  static const " << use("requantize") << " requantize = {\n"
       << "      .multiplier = " << getArray(op.getMultiplier())
       << ",\n      .addend = " << getArray(op.getAddend())
       << ",\n      .channel_step = 1, .residual_multiplier = "
       << getInt32(op.getResidualMultiplier()) << ", .shift = " << op.getShift()
       << ",\n      .lo = " << getInt32(op.getLo())
       << ", .hi = " << getInt32(op.getHi()) << "};\n";
  ScratchLayout scratch = getScratchLayout(op);
  StringRef accumulator = hasFloatAccumulators(op) ? "float" : "int32_t";
  writeScratch("acc", accumulator, scratch.accumulators);
  bool storesTiles = hasTileEpilogue(strategy, op);
  if (isChannelsFirst(strategy) && !storesTiles)
    writeScratch("pixel", accumulator, scratch.pixel);
  if (op.getResidual() && !isUnpacked(op.getResidual()) && !storesTiles)
    writeScratch("residual_values", "int32_t", scratch.residual);
  writeScratch("patch", "void", scratch.patch);
  if (strategy.form == KernelForm::Pixel)
    writeCallsOfPixels(op, strategy);
  else
    writeCallsOfTiles(op, strategy);
}

void LayerWriter::writeBody(Pool2DOp op) {
  writeGeometry(op);
  int64_t height = op.getOutputShape()[0], width = op.getOutputShape()[1];
  std::string indent = openPixelLoops(height, width);
  SmallVector<std::string> arguments = {"&geometry"};
  ArrayRef<int64_t> planes = op.getInputPlanes();
  if (!planes.empty()) {
    arguments.push_back(std::to_string(planes.size() - 1));
    if (op.getKind() == PoolKind::Sum)
      arguments.append({std::to_string(planes[0]), std::to_string(planes[1])});
  }
  arguments.append({"input", "y", "x", "output"});
  writeCall(indent, *layer.getStrategy(), arguments);
  if (op.getInputOffset() != 0)
    writeCall(indent, "sum_pool_offset",
              {"&geometry", getInt32(op.getInputOffset()), "y", "x", "output"});
  writeStep(indent, "output",
            std::to_string(getPixelElements(op.getOutput(), height * width)));
  closePixelLoops();
}

void LayerWriter::writeBody(RequantizeOp op) {
  os << "  static const int32_t multiplier = " << getInt32(op.getMultiplier())
     << ";\n  static const int64_t addend = " << getInt64(op.getAddend())
     << ";\n  static const " << use("requantize") << " requantize = {\n"
     << "      .multiplier = &multiplier, .addend = &addend, .channel_step = "
        "0,\n      .residual_multiplier = "
     << getInt32(op.getOtherMultiplier()) << ", .shift = " << op.getShift()
     << ",\n      .lo = " << getInt32(op.getLo())
     << ", .hi = " << getInt32(op.getHi()) << "};\n";
  ScratchLayout scratch = getScratchLayout(op);
  bool unpackInput = !isUnpacked(op.getInput());
  bool unpackOther = op.getOther() && !isUnpacked(op.getOther());
  if (unpackInput)
    writeScratch("values", "int32_t", scratch.accumulators);
  if (unpackOther)
    writeScratch("other_values", "int32_t", scratch.residual);
  int64_t pixels = op.getPixels(), channels = op.getChannels();
  os << "  for (int32_t i = 0; i < " << pixels << "; ++i) {\n";
  StringRef indent = "    ";
  if (unpackInput)
    writeLoad(indent, op.getInput(), op.getInputPlanes(), channels, "input",
              "values");
  if (unpackOther)
    writeLoad(indent, op.getOther(), op.getOtherPlanes(), channels, "other",
              "other_values");
  StringRef other = unpackOther ? "other_values" : "other";
  writeRequantize(indent, unpackInput ? "values" : "input",
                  op.getOther() ? other : "NULL", channels,
                  op.getOutputPlanes());
  for (auto &[name, value, role] : getLayerArguments(layer))
    if (role != LayerArgument::Scratch)
      writeStep(indent, name, std::to_string(getPixelElements(value, pixels)));
  os << "  }\n";
}

void LayerWriter::writeBody(AddOp op) {
  writeCall("  ", *layer.getStrategy(),
            {"lhs", "rhs", std::to_string(getPixelElements(op.getOutput(), 1)),
             "output"});
}

void LayerWriter::writeBody(ReluOp op) {
  writeCall(
      "  ", *layer.getStrategy(),
      {"input", std::to_string(getPixelElements(op.getOutput(), 1)), "output"});
}

/// `name`, moved to the scales of pixel i where pixels have their own.
template <typename OpTy>
static std::string getPixelScales(OpTy op, StringRef name) {
  int64_t count = op.getScales().size();
  int64_t pixels = op.getScaleStride() / op.getChannels();
  if (count == 1 || pixels == 0)
    return name.str();
  std::string index = pixels == 1 ? "i" : "i / " + std::to_string(pixels);
  return (name + " + " + index + " % " + Twine(count)).str();
}

void LayerWriter::writeBody(DequantizeOp op) {
  int64_t pixels = op.getPixels(), channels = op.getChannels();
  bool unpack = !isUnpacked(op.getInput());
  if (unpack)
    writeScratch("values", "int32_t", getScratchLayout(op).accumulators);
  std::string scale = getFloat(llvm::APFloat(op.getScales().front()));
  if (op.getScales().size() > 1) {
    os << getArrayText("float", "scales", getFloats(op.getScales()));
    scale = hasChannelScales(op) ? "scales[c]"
                                 : "*(" + getPixelScales(op, "scales") + ")";
  }
  std::string value = unpack ? "values[c]" : "input[c]";
  if (op.getInputOffset() != 0)
    value = "(" + value + getOffsetText(op.getInputOffset()) + ")";
  os << "  for (int32_t i = 0; i < " << pixels << "; ++i) {\n";
  if (unpack)
    writeLoad("    ", op.getInput(), op.getInputPlanes(), channels, "input",
              "values");
  os << "    for (int32_t c = 0; c < " << channels << "; ++c) {\n"
     << "      output[c] = " << scale << " * (float)" << value << ";\n    }\n";
  writeStep("    ", "input",
            std::to_string(getPixelElements(op.getInput(), pixels)));
  writeStep("    ", "output", std::to_string(channels));
  os << "  }\n";
}

/// Halfway between neighbouring values, rounded as the reference rounds.
static std::vector<float> getMiddles(ArrayRef<int64_t> values) {
  std::vector<float> middles;
  for (size_t i = 1; i < values.size(); ++i)
    middles.push_back(float((double(values[i - 1]) + double(values[i])) / 2));
  return middles;
}

void LayerWriter::writeQuantizer(QuantizeOp op) {
  ArrayRef<int64_t> planes = op.getOutputPlanes();
  os << getArrayText("float", "scales", getFloats(op.getScales()));
  if (!op.getValues().empty()) {
    // Planes hold codes.
    SmallVector<int64_t> stored(op.getValues());
    for (auto [code, value] : llvm::enumerate(stored))
      value = planes.empty() ? value - op.getOutputOffset() : int64_t(code);
    os << getArrayText("float", "middles",
                       getFloats(getMiddles(op.getValues())))
       << getArrayText("int32_t", "values", getInt32s(stored));
  }
  int64_t offset = planes.empty() ? op.getOutputOffset() : op.getLo();
  os << "  static const " << use("quantizer") << " quantizer = {\n"
     << "      .scale_step = " << int(hasChannelScales(op))
     << ", .lo = " << getInt32(op.getLo()) << ", .hi = " << getInt32(op.getHi())
     << ", .offset = " << offset
     << ",\n      .count = " << op.getValues().size();
  for (StringRef table : {"middles", "values"})
    os << ", ." << table << " = " << (op.getValues().empty() ? "NULL" : table);
  os << "};\n";
}

void LayerWriter::writeBody(QuantizeOp op) {
  int64_t pixels = op.getPixels(), channels = op.getChannels();
  writeQuantizer(op);
  os << "  for (int32_t i = 0; i < " << pixels << "; ++i) {\n";
  SmallVector<std::string> arguments = {"&quantizer",
                                        getPixelScales(op, "scales"), "input",
                                        std::to_string(channels)};
  if (!op.getOutputPlanes().empty())
    arguments.push_back(std::to_string(op.getOutputPlanes().size() - 1));
  arguments.push_back("output");
  writeCall("    ", *layer.getStrategy(), arguments);
  writeStep("    ", "input", std::to_string(channels));
  writeStep("    ", "output",
            std::to_string(getPixelElements(op.getOutput(), pixels)));
  os << "  }\n";
}

void LayerWriter::writeBody(ConcatOp op) {
  int64_t total = 0;
  for (int64_t channels : op.getChannels())
    total += channels;
  int64_t first = 0;
  for (auto [i, channels] : llvm::enumerate(op.getChannels())) {
    SmallVector<std::string> arguments;
    if (op.getPlanes() == 0)
      arguments.push_back(("sizeof(" + getCType(op.getOutput()) + ")").str());
    arguments.append(
        {"input" + std::to_string(i), std::to_string(op.getPixels())});
    if (op.getPlanes() > 0)
      arguments.push_back(std::to_string(op.getPlanes()));
    arguments.append({std::to_string(channels), "output", std::to_string(total),
                      std::to_string(first)});
    writeCall("  ", *layer.getStrategy(), arguments);
    first += channels;
  }
}

void LayerWriter::writeBody(FlattenOp op) {
  writeCall("  ", *layer.getStrategy(),
            {"input", std::to_string(op.getPixels()),
             std::to_string(op.getPlanes()), std::to_string(op.getChannels()),
             "output"});
}

std::string slb::bitpack::getLayerText(LayerOpInterface layer,
                                       const LayerContext &context) {
  return LayerWriter(layer, context).write();
}
