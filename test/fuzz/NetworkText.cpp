//===- NetworkText.cpp - writes networks that bytes describe --------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include <algorithm>

using namespace llvm;

using Shape = SmallVector<int64_t>;

namespace {
/// Gives out numbers, 0 once all bytes are used up.
class Draws {
public:
  explicit Draws(ArrayRef<uint8_t> bytes) : bytes(bytes) {}

  bool isEmpty() const { return bytes.empty(); }
  uint8_t drawByte() {
    if (bytes.empty())
      return 0;
    uint8_t byte = bytes.front();
    bytes = bytes.drop_front();
    return byte;
  }
  int64_t draw(int64_t lo, int64_t hi) {
    uint64_t value = drawByte();
    if (hi - lo > 255)
      value = value << 8 | drawByte();
    return lo + int64_t(value % uint64_t(hi - lo + 1));
  }
  bool chance(int64_t percent) { return draw(1, 100) > 100 - percent; }
  template <typename T> const T &pick(ArrayRef<T> choices) {
    return choices[draw(0, choices.size() - 1)];
  }

private:
  ArrayRef<uint8_t> bytes;
};

/// A value set as it is written, with its size.
struct Set {
  std::string text;
  int64_t size;
  bool isByte() const { return size <= 256; }
};

struct Tensor {
  std::string name;
  Shape shape;
  std::string element;
  bool isReal() const { return element == "f32"; }
  bool isLowBit() const { return StringRef(element).starts_with("!slb"); }
};

struct Geometry {
  int64_t kernel[2], strides[2], pads[4], dilations[2], groups;
};

class NetworkText {
public:
  explicit NetworkText(ArrayRef<uint8_t> bytes) : draws(bytes) {}
  std::string write();

private:
  int64_t spoil(int64_t number);
  Set drawSet();
  std::string drawScale();
  std::string drawLowBit(const Set &set, ArrayRef<int64_t> shape);
  std::string drawHex(int64_t count, int64_t bytesEach, int64_t limit);
  std::string drawLayerName();
  Geometry drawGeometry(const Tensor &x, bool isPool);
  std::string getGeometryText(const Geometry &g, bool isPool);

  std::string getType(ArrayRef<int64_t> shape, StringRef element);
  std::string getType(const Tensor &x) { return getType(x.shape, x.element); }
  Tensor add(const Twine &text, ArrayRef<int64_t> shape, StringRef element);
  Tensor addConstant(ArrayRef<int64_t> shape, StringRef element);
  Tensor addFilter(ArrayRef<int64_t> shape, bool isInteger);
  Tensor &pickTensor() { return tensors[draws.draw(0, tensors.size() - 1)]; }
  Tensor getReal(const Tensor &x);

  void addArgument();
  void addStep();
  void addConvolution(const Tensor &x, bool isInteger);
  void addLinear(const Tensor &x, bool isInteger);
  std::string addEpilogue(int64_t channels, Set &set, std::string &types);
  void addElementwise(const Tensor &x);
  void addRequantize(const Tensor &x);
  void addPool(const Tensor &x);
  void addIntegerPool(const Tensor &x);
  void addConcat(const Tensor &x);
  void addFlatten(const Tensor &x);

  Draws draws;
  std::string body, arguments;
  SmallVector<Tensor> tensors;
  int64_t count = 0;
};
} // namespace

//===----------------------------------------------------------------------===//
// Draws
//===----------------------------------------------------------------------===//

/// `number`, or, seldom, one that does not fit.
int64_t NetworkText::spoil(int64_t number) {
  if (!draws.chance(1))
    return number;
  static const int64_t others[] = {0,       -1,        1,         2,
                                   1000,    65536,     INT32_MAX, INT64_MAX,
                                   1 << 20, INT64_MIN, INT32_MIN, 33};
  return draws.pick(ArrayRef(others));
}

static std::string getRangeText(int64_t lo, int64_t hi) {
  return ("range<" + Twine(lo) + ":" + Twine(hi) + ">").str();
}

Set NetworkText::drawSet() {
  static const std::pair<int64_t, int64_t> ranges[] = {
      {0, 1},        {0, 3},      {0, 15},
      {0, 255},      {-128, 127}, {-8, 7},
      {-1, 1},       {0, 2},      {3, 10},
      {-1, 0},       {-100, 300}, {0, 4095},
      {-1000, 1000}, {0, 65535},  {-32768, 32767},
      {-7, 248},     {-1, 254},   {-300, -45},
      {0, 16},       {-127, 127}, {INT32_MIN, INT32_MAX}};
  switch (draws.draw(0, 5)) {
  case 0:
  case 1: {
    int64_t bits = draws.draw(1, 4);
    return {("odd<" + Twine(spoil(bits)) + ">").str(), int64_t(1) << bits};
  }
  case 2:
  case 3: {
    auto [lo, hi] = draws.pick(ArrayRef(ranges));
    return {getRangeText(lo, hi), hi - lo + 1};
  }
  case 4: {
    int64_t lo = draws.draw(-130, 20), size = draws.draw(1, 40);
    return {getRangeText(spoil(lo), spoil(lo + size)), size + 1};
  }
  default: {
    int64_t size = draws.draw(2, 9), last = draws.draw(-20, 4);
    std::string text = "list<" + std::to_string(last);
    for (int64_t i = 1; i < size; ++i)
      text += ", " + std::to_string(spoil(last += draws.draw(1, 9)));
    return {text + ">", size};
  }
  }
}

std::string NetworkText::drawScale() {
  static const char *const scales[] = {
      "0.5",    "1.0",     "0.125",      "0.3",    "3.0e-3",    "1.5",
      "0.0625", "0.1",     "7.0",        "-0.5",   "0.0",       "1.0e-30",
      "1.0e30", "1.0e-42", "0x7F800000", "1.0e10", "0x7FC00000"};
  // The odd ones are the seldom ones.
  return scales[draws.draw(0, draws.chance(5) ? std::size(scales) - 1 : 8)];
}

std::string NetworkText::drawLowBit(const Set &set, ArrayRef<int64_t> shape) {
  std::string text = "!slb.lowbit<" + set.text;
  int64_t kind = draws.draw(0, 9);
  if (kind < 3)
    return text + ">";
  if (kind < 8 || shape.empty())
    return text + ", scale = " + drawScale() + ">";
  int64_t axis = draws.draw(0, shape.size() - 1);
  SmallVector<std::string> scales;
  for (int64_t i = 0; i < std::min<int64_t>(spoil(shape[axis]), 64); ++i)
    scales.push_back(drawScale());
  return text + ", scales = [" + join(scales, ", ") +
         "] axis = " + std::to_string(spoil(axis)) + ">";
}

/// The hexadecimal form of `count` little-endian numbers below `limit`, if
/// that is not 0.
std::string NetworkText::drawHex(int64_t count, int64_t bytesEach,
                                 int64_t limit) {
  std::string text = "\"0x";
  // A few bytes stand for all elements, else inputs would be large.
  uint64_t state = draws.draw(0, 65535);
  for (int64_t i = 0; i < count; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    uint64_t value = state >> 20;
    if (limit > 0)
      value %= limit;
    for (int64_t j = 0; j < bytesEach; ++j) {
      text += hexdigit(value >> (8 * j + 4) & 15);
      text += hexdigit(value >> (8 * j) & 15);
    }
  }
  return text + "\"";
}

std::string NetworkText::drawLayerName() {
  static const char *const names[] = {"conv", "fc",   "conv_weights", "a.b",
                                      "int",  "a*/b", "x\\0Ay",       "1x",
                                      "",     "main", "net",          "NULL"};
  if (draws.chance(90))
    return "l" + std::to_string(count);
  return draws.pick(ArrayRef(names));
}

/// A kernel, with all that goes with it, that fits `x` of rank 4.
Geometry NetworkText::drawGeometry(const Tensor &x, bool isPool) {
  Geometry g;
  for (int i : {0, 1}) {
    g.pads[2 * i] = draws.chance(50) ? 0 : draws.draw(0, 2);
    g.pads[2 * i + 1] = draws.chance(80) ? g.pads[2 * i] : draws.draw(0, 2);
    int64_t room = x.shape[1 + i] + g.pads[2 * i] + g.pads[2 * i + 1];
    g.kernel[i] = draws.draw(1, std::clamp<int64_t>(room, 1, 5));
    g.strides[i] = draws.draw(1, 3);
    g.dilations[i] = 1;
    if (!isPool && g.kernel[i] > 1 && room > 1)
      g.dilations[i] = draws.draw(
          1, std::clamp<int64_t>((room - 1) / (g.kernel[i] - 1), 1, 3));
  }
  g.groups = 1;
  int64_t channels = x.shape[3];
  if (!isPool && channels > 0 && draws.chance(30)) {
    g.groups = draws.chance(50) ? channels : draws.draw(1, 4);
    if (channels % g.groups != 0)
      g.groups = 1;
  }
  return g;
}

/// The product of the dimensions. None where one is spoilt: 0, so that no text
/// grows as large as the tensor would be.
static int64_t getSize(ArrayRef<int64_t> shape) {
  constexpr int64_t kMost = 1 << 16;
  int64_t size = 1;
  for (int64_t dimension : shape) {
    if (dimension < 0 || dimension > kMost || size * dimension > kMost)
      return 0;
    size *= dimension;
  }
  return size;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static int64_t getOutputSize(const Tensor &x, const Geometry &g, int i) {
  int64_t window = g.dilations[i] * (g.kernel[i] - 1) + 1;
  int64_t room = x.shape[1 + i] + g.pads[2 * i] + g.pads[2 * i + 1] - window;
  return room < 0 ? 0 : room / g.strides[i] + 1;
}

static std::string getArrayText(StringRef name, ArrayRef<int64_t> numbers) {
  std::string text = (name + " = array<i64: ").str();
  interleave(
      numbers, [&](int64_t number) { text += std::to_string(number); },
      [&] { text += ", "; });
  return text + ">";
}

std::string NetworkText::getGeometryText(const Geometry &g, bool isPool) {
  auto spoilAll = [&](ArrayRef<int64_t> numbers) {
    return map_to_vector(numbers, [&](int64_t n) { return spoil(n); });
  };
  std::string text = getArrayText("strides", spoilAll(g.strides)) + ", " +
                     getArrayText("pads", spoilAll(g.pads));
  if (isPool)
    return text + ", " + getArrayText("kernel", spoilAll(g.kernel));
  text += ", " + getArrayText("dilations", spoilAll(g.dilations));
  if (g.groups != 1)
    text += ", groups = " + std::to_string(spoil(g.groups)) + " : i64";
  return text;
}

std::string NetworkText::getType(ArrayRef<int64_t> shape, StringRef element) {
  std::string text = "tensor<";
  for (int64_t size : shape)
    text += std::to_string(size) + "x";
  return text + element.str() + ">";
}

/// Adds the line `%n = text` and its result to the values.
Tensor NetworkText::add(const Twine &text, ArrayRef<int64_t> shape,
                        StringRef element) {
  Tensor result{"%" + std::to_string(count++), Shape(shape), element.str()};
  body += ("  " + result.name + " = " + text + "\n").str();
  return result;
}

Tensor NetworkText::addConstant(ArrayRef<int64_t> shape, StringRef element) {
  int64_t size = getSize(shape);
  std::string type = getType(shape, element);
  std::string elements;
  if (element != "f32") {
    unsigned bytes = element == "i64" ? 8 : element == "i32" ? 4 : 1;
    elements = drawHex(size, bytes, draws.chance(10) ? 0 : 100);
  } else if (draws.chance(50)) {
    elements = drawScale();
  } else {
    SmallVector<std::string> numbers;
    for (int64_t i = 0; i < size && shape.size() == 1; ++i)
      numbers.push_back(drawScale());
    elements = shape.size() == 1 && size > 0 ? "[" + join(numbers, ", ") + "]"
                                             : drawScale();
  }
  return add("arith.constant dense<" + elements + "> : " + type, shape,
             element);
}

/// A filter of low-bit codes, or of floats, or searched.
Tensor NetworkText::addFilter(ArrayRef<int64_t> shape, bool isInteger) {
  int64_t kind = draws.draw(0, 9);
  if (kind == 0 && !isInteger)
    return addConstant(shape, "f32");
  Set set = drawSet();
  if (kind == 1 && !isInteger && set.size <= 16) {
    Shape all = {set.size};
    all.append(shape.begin(), shape.end());
    Tensor logits = addConstant(all, "f32");
    Tensor t = add("arith.constant 100.0 : f32", {}, "f32");
    return add("slb.expectation " + logits.name + ", " + t.name + " set = <" +
                   set.text + "> : (" + getType(logits) + ", f32) -> " +
                   getType(shape, "f32"),
               shape, "f32");
  }
  std::string element = drawLowBit(set, shape);
  int64_t size = getSize(shape);
  std::string codes =
      drawHex(size, 1, draws.chance(3) ? 0 : std::min<int64_t>(set.size, 256));
  return add("slb.constant dense<" + codes + "> : " + getType(shape, "i8") +
                 " : " + getType(shape, element),
             shape, element);
}

Tensor NetworkText::getReal(const Tensor &x) {
  if (!x.isLowBit())
    return x;
  return add("slb.dequantize " + x.name + " : (" + getType(x) + ") -> " +
                 getType(x.shape, "f32"),
             x.shape, "f32");
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

void NetworkText::addArgument() {
  Shape shape;
  static const int64_t ranks[] = {4, 4, 4, 4, 2, 2, 1, 3, 0, 5};
  int64_t rank = draws.pick(ArrayRef(ranks));
  for (int64_t i = 0; i < rank; ++i)
    shape.push_back(spoil(i == 0         ? 1
                          : i + 1 < rank ? draws.draw(1, 8)
                                         : draws.draw(1, 40)));
  static const char *const others[] = {"f32", "f32", "i32",  "f64",
                                       "i8",  "i1",  "bf16", "index"};
  std::string element = draws.chance(80) ? drawLowBit(drawSet(), shape)
                                         : draws.pick(ArrayRef(others));
  Tensor x{"%x" + std::to_string(tensors.size()), shape, element};
  arguments += (arguments.empty() ? "" : ", ") + x.name + ": " + getType(x);
  tensors.push_back(x);
}

/// Thresholds, or multiplier and addend, with their attributes; `types` takes
/// their types.
std::string NetworkText::addEpilogue(int64_t channels, Set &set,
                                     std::string &types) {
  if (draws.chance(50) && set.size <= 16) {
    Tensor thresholds = addConstant({channels, spoil(set.size - 1)}, "i32");
    types += ", " + getType(thresholds);
    std::string text = " thresholds = " + thresholds.name;
    if (draws.chance(20)) {
      Tensor signs = addConstant({channels}, "i8");
      types += ", " + getType(signs);
      text += " signs = " + signs.name;
    }
    return text + " {";
  }
  Tensor multiplier = addConstant({channels}, "i32");
  Tensor addend = addConstant({channels}, "i64");
  types += ", " + getType(multiplier) + ", " + getType(addend);
  return " multiplier = " + multiplier.name + " addend = " + addend.name +
         " {shift = " + std::to_string(spoil(draws.draw(0, 40))) + " : i64, ";
}

void NetworkText::addConvolution(const Tensor &x, bool isInteger) {
  Geometry g = drawGeometry(x, /*isPool=*/false);
  int64_t channels = g.groups * draws.draw(1, g.groups > 4 ? 2 : 9);
  Tensor w = addFilter(
      {channels, g.kernel[0], g.kernel[1], x.shape[3] / g.groups}, isInteger);
  Set set = drawSet();
  std::string types = getType(x) + ", " + getType(w);
  std::string epilogue =
      isInteger ? addEpilogue(channels, set, types) : std::string(" {");
  Shape shape = {1, getOutputSize(x, g, 0), getOutputSize(x, g, 1),
                 spoil(channels)};
  std::string element = isInteger ? drawLowBit(set, shape) : "f32";
  std::string mnemonic = isInteger ? "slb.integer_conv2d " : "slb.conv2d ";
  tensors.push_back(add(mnemonic + x.name + ", " + w.name + epilogue +
                            getGeometryText(g, /*isPool=*/false) +
                            ", layer = \"" + drawLayerName() + "\"} : (" +
                            types + ") -> " + getType(shape, element),
                        shape, element));
}

void NetworkText::addLinear(const Tensor &x, bool isInteger) {
  int64_t channels = draws.draw(1, 40);
  Tensor w = addFilter({channels, x.shape[1]}, isInteger);
  Set set = drawSet();
  std::string types = getType(x) + ", " + getType(w);
  std::string epilogue =
      isInteger ? addEpilogue(channels, set, types) : std::string(" {");
  Shape shape = {1, spoil(channels)};
  std::string element = isInteger ? drawLowBit(set, shape) : "f32";
  std::string mnemonic = isInteger ? "slb.integer_linear " : "slb.linear ";
  tensors.push_back(add(mnemonic + x.name + ", " + w.name + epilogue +
                            "layer = \"" + drawLayerName() + "\"} : (" + types +
                            ") -> " + getType(shape, element),
                        shape, element));
}

/// A quantizer, relu, bias, sum or batch norm.
void NetworkText::addElementwise(const Tensor &x) {
  Tensor real = getReal(x);
  std::string type = getType(real), text;
  int64_t channels = x.shape.empty() ? 1 : x.shape.back();
  switch (draws.draw(0, 6)) {
  case 0:
    text = "tosa.clamp " + real.name +
           " {min_val = 0.0 : f32, max_val = 0x7F800000 : f32} : (" + type +
           ") -> " + type;
    break;
  case 1: {
    Shape shape(x.shape.size(), 1);
    if (!shape.empty())
      shape.back() = channels;
    Tensor bias = addConstant(shape, "f32");
    text = "tosa.add " + real.name + ", " + bias.name + " : (" + type + ", " +
           getType(bias) + ") -> " + type;
    break;
  }
  case 2: {
    auto other = find_if(tensors, [&](const Tensor &other) {
      return other.shape == x.shape && (other.isReal() || other.isLowBit());
    });
    Tensor sum = getReal(other == tensors.end() ? x : *other);
    text = "tosa.add " + real.name + ", " + sum.name + " : (" + type + ", " +
           getType(sum) + ") -> " + type;
    break;
  }
  case 3: {
    SmallVector<Tensor> parameters;
    for (int i = 0; i < 4; ++i)
      parameters.push_back(addConstant({channels}, "f32"));
    text = "slb.batch_norm " + real.name;
    static const char *const names[] = {"gamma", "beta", "mean", "variance"};
    for (auto [name, parameter] : zip(names, parameters))
      text += std::string(" ") + name + " = " + parameter.name;
    std::string vector = ", " + getType(parameters[0]);
    text += " {epsilon = 1.0e-5 : f32} : (" + type + vector + vector + vector +
            vector + ") -> " + type;
    break;
  }
  default: {
    std::string element = drawLowBit(drawSet(), x.shape);
    tensors.push_back(add("slb.quantize " + real.name + " : (" + type +
                              ") -> " + getType(x.shape, element),
                          x.shape, element));
    return;
  }
  }
  tensors.push_back(add(text, x.shape, "f32"));
}

void NetworkText::addRequantize(const Tensor &x) {
  std::string operands = x.name, types = getType(x), attributes;
  auto other = find_if(tensors, [&](const Tensor &other) {
    return other.shape == x.shape && other.isLowBit();
  });
  if (other != tensors.end() && draws.chance(50)) {
    operands += ", " + other->name;
    types += ", " + getType(*other);
    attributes =
        ", other_multiplier = " + std::to_string(spoil(draws.draw(-300, 300))) +
        " : i32";
  }
  std::string element = drawLowBit(drawSet(), x.shape);
  tensors.push_back(add(
      "slb.requantize " + operands +
          " {multiplier = " + std::to_string(spoil(draws.draw(-300, 300))) +
          " : i32, addend = " + std::to_string(spoil(draws.draw(-300, 300))) +
          " : i64, shift = " + std::to_string(spoil(draws.draw(0, 20))) +
          " : i64" + attributes + "} : (" + types + ") -> " +
          getType(x.shape, element),
      x.shape, element));
}

/// A pool of real values, as TOSA has it.
void NetworkText::addPool(const Tensor &x) {
  Geometry g = drawGeometry(x, /*isPool=*/true);
  Tensor real = getReal(x);
  Shape shape = {x.shape[0], getOutputSize(x, g, 0), getOutputSize(x, g, 1),
                 x.shape[3]};
  std::string window = getArrayText("kernel", g.kernel) + ", " +
                       getArrayText("stride", g.strides) + ", " +
                       getArrayText("pad", g.pads);
  if (draws.chance(50)) {
    tensors.push_back(add("tosa.max_pool2d " + real.name + " {" + window +
                              "} : (" + getType(real) + ") -> " +
                              getType(shape, "f32"),
                          shape, "f32"));
    return;
  }
  Tensor zero = add("arith.constant dense<0.0> : tensor<1xf32>", {1}, "f32");
  tensors.push_back(
      add("tosa.avg_pool2d " + real.name + ", " + zero.name + ", " + zero.name +
              " {" + window + ", acc_type = f32} : (" + getType(real) +
              ", tensor<1xf32>, tensor<1xf32>) -> " + getType(shape, "f32"),
          shape, "f32"));
}

void NetworkText::addIntegerPool(const Tensor &x) {
  Geometry g = drawGeometry(x, /*isPool=*/true);
  Shape shape = {x.shape[0], getOutputSize(x, g, 0), getOutputSize(x, g, 1),
                 x.shape[3]};
  bool isMax = draws.chance(50);
  std::string element = isMax ? x.element : "i32";
  tensors.push_back(add(Twine("slb.pool2d ") + (isMax ? "max " : "sum ") +
                            x.name + " {" +
                            getGeometryText(g, /*isPool=*/true) + "} : (" +
                            getType(x) + ") -> " + getType(shape, element),
                        shape, element));
}

void NetworkText::addConcat(const Tensor &x) {
  auto same = find_if(tensors, [&](const Tensor &other) {
    return other.shape.size() == 4 && other.element == x.element &&
           ArrayRef(other.shape).drop_back() == ArrayRef(x.shape).drop_back();
  });
  Tensor other = same == tensors.end() ? x : *same;
  Shape shape = x.shape;
  shape.back() += other.shape.back();
  tensors.push_back(add("tensor.concat dim(3) " + x.name + ", " + other.name +
                            " : (" + getType(x) + ", " + getType(other) +
                            ") -> " + getType(shape, x.element),
                        shape, x.element));
}

void NetworkText::addFlatten(const Tensor &x) {
  int64_t size = getSize(x.shape);
  Shape shape = {1, spoil(size)};
  tensors.push_back(add("tensor.collapse_shape " + x.name +
                            " [[0], [1, 2, 3]] : " + getType(x) + " into " +
                            getType(shape, x.element),
                        shape, x.element));
}

void NetworkText::addStep() {
  Tensor x = pickTensor();
  bool isImage = x.shape.size() == 4;
  int64_t kind = draws.draw(0, 15);
  if (!x.isReal() && !x.isLowBit())
    return x.element == "i32" ? addRequantize(x) : void();
  if (isImage && kind < 6)
    return addConvolution(x, /*isInteger=*/x.isLowBit() && kind < 3);
  if (isImage && kind == 6)
    return addPool(x);
  if (isImage && kind == 7)
    return addConcat(x);
  if (isImage && kind == 8)
    return addFlatten(x);
  if (isImage && kind == 9 && x.isLowBit())
    return addIntegerPool(x);
  if (x.shape.size() == 2 && kind < 6)
    return addLinear(x, /*isInteger=*/x.isLowBit() && kind < 3);
  if (kind == 10 && x.isLowBit())
    return addRequantize(x);
  addElementwise(x);
}

std::string NetworkText::write() {
  for (int64_t i = 0, inputs = draws.chance(30) ? 3 : 1; i < inputs; ++i)
    addArgument();
  // Inputs are small; the limit is for those that ask for a hundred layers.
  for (int64_t i = 0; i < 12 && !draws.isEmpty(); ++i)
    addStep();
  SmallVector<std::string> names, types;
  for (int64_t i = 0, results = draws.chance(20) ? 3 : 1; i < results; ++i) {
    const Tensor &result = i == 0 ? tensors.back() : pickTensor();
    names.push_back(result.name);
    types.push_back(getType(result));
  }
  std::string list = join(types, ", ");
  return "func.func @net(" + arguments + ") -> (" + list + ") {\n" + body +
         "  return " + join(names, ", ") + " : " + list + "\n}\n";
}

std::string slb::writeNetworkText(ArrayRef<uint8_t> bytes) {
  return NetworkText(bytes).write();
}
