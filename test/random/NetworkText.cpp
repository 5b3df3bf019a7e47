//===- NetworkText.cpp - what random networks are written with ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

using namespace mlir;
using namespace slb;

//===----------------------------------------------------------------------===//
// Moments
//===----------------------------------------------------------------------===//

double Moments::getDeviation() const { return std::sqrt(variance); }

Moments Moments::getDot(Moments factor, int64_t count) const {
  double product = mean * factor.mean;
  double squares =
      (variance + mean * mean) * (factor.variance + factor.mean * factor.mean);
  return {double(count) * product,
          double(count) * (squares - product * product)};
}

Moments Moments::scaled(double factor) const {
  return {factor * mean, factor * factor * variance};
}

Moments slb::getMoments(ValueSetAttr set) {
  double count = double(set.size());
  if (set.getKind() != ValueSetKind::List) {
    double width = double(set.getHi()) - double(set.getLo());
    return {(double(set.getHi()) + double(set.getLo())) / 2,
            width * width / 12};
  }
  Moments moments{0, 0};
  for (int64_t value : set.getList()) {
    moments.mean += double(value) / count;
    moments.variance += double(value) * double(value) / count;
  }
  moments.variance -= moments.mean * moments.mean;
  return moments;
}

int64_t slb::getReach(ValueSetAttr set) {
  return std::max(std::abs(set.getLo()), std::abs(set.getHi()));
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

NetworkText::NetworkText(uint64_t seed)
    : random(seed), context(MLIRContext::Threading::DISABLED) {
  context.loadDialect<SLBDialect>();
}

std::string slb::getText(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

std::string slb::getAttribute(StringRef name, ArrayRef<int64_t> values) {
  std::string text = (name + " = array<i64: ").str();
  llvm::raw_string_ostream os(text);
  llvm::interleaveComma(values, os);
  os << '>';
  return text;
}

std::string slb::getGeometryText(const Geometry &g) {
  return getAttribute("strides", g.strides) + ", " +
         getAttribute("pads", g.pads) + ", " +
         getAttribute("dilations", g.dilations) +
         ", groups = " + std::to_string(g.groups) + " : i64";
}

int64_t slb::getRowLength(const Geometry &g, const Term &x) {
  return g.kernel[0] * g.kernel[1] * (x.getChannels() / g.groups);
}

void NetworkText::tell(const Twine &feature, const Twine &detail) {
  network.features.insert(feature.str());
  network.description +=
      (network.description.empty() ? "" : " ") + feature.str() + detail.str();
}

/// The kind of a set, as storage and kernels tell them apart.
static std::string getKind(ValueSetAttr set) {
  int64_t lo = set.getLo();
  bool isSmall = set.size() <= 16;
  if (set.getKind() == ValueSetKind::List)
    return isSmall ? "list of up to 16" : "list of more than 16";
  if (set.isOdd())
    return "odd<" + std::to_string(set.getBits()) + ">";
  if (isSmall && lo == 0)
    return llvm::isPowerOf2_64(set.size())
               ? "codes of " + std::to_string(set.getBits()) + " bits"
               : "ragged codes";
  if (isSmall)
    return lo < 0 ? "small signed range" : "small range above 0";
  if (set.size() <= 256)
    return set.getStorageBits() > 8 ? "256 values apart from bytes"
           : set.isSigned()         ? "signed bytes"
                                    : "unsigned bytes";
  if (set.getStorageBits() <= 16)
    return set.isSigned() ? "signed 16 bits" : "unsigned 16 bits";
  return "int32";
}

void NetworkText::tellSet(StringRef role, ValueSetAttr set) {
  network.features.insert((role + " " + getKind(set)).str());
  std::string text = getText(LowBitType::get(set));
  StringRef name = StringRef(text).drop_front(strlen("!slb.lowbit<"));
  network.description += (" " + role + ":" + name.drop_back()).str();
}

Term NetworkText::addArgument(RankedTensorType type, Moments moments) {
  Term x{"%x" + std::to_string(values++), type, moments};
  arguments += (arguments.empty() ? "" : ", ") + x.name + ": " + getText(type);
  if (LowBitType lowBit = x.getLowBit())
    tellSet("input", lowBit.getSet());
  else
    tell(x.isFloat() ? "input float" : "input i32");
  tell("rank " + Twine(type.getRank()));
  return x;
}

std::string NetworkText::define(const Twine &text) {
  std::string name = "%" + std::to_string(values++);
  body += ("  " + name + " = " + text + "\n").str();
  return name;
}

Term NetworkText::emit(const Twine &operation, ArrayRef<Term> operands,
                       RankedTensorType type, Moments moments) {
  std::string types;
  llvm::raw_string_ostream os(types);
  llvm::interleaveComma(operands, os,
                        [&](const Term &term) { os << term.type; });
  os << ") -> " << type;
  return {define(operation + " : (" + types), type, moments};
}

Term NetworkText::rawConstant(RankedTensorType type, ArrayRef<char> bytes) {
  bool isLowBit = slb::getLowBitType(type) != nullptr;
  Type stored = isLowBit ? type.clone(Builder(&context).getI8Type()) : type;
  std::string hex = llvm::toHex(StringRef(bytes.data(), bytes.size()));
  std::string elements = "dense<\"0x" + hex + "\">";
  if (bytes.size() > 64 && random.chance(20)) {
    std::string name = "blob" + std::to_string(values);
    elements = "dense_resource<" + name + ">";
    // The alignment comes first.
    resources += (resources.empty() ? "    " : ",\n    ") + name +
                 ": \"0x01000000" + hex + "\"";
  }
  std::string text = (isLowBit ? "slb.constant " : "arith.constant ") +
                     elements + " : " + getText(stored);
  if (isLowBit)
    text += " : " + getText(type);
  return {define(text), type, {}};
}

RandomNetwork NetworkText::finish(ArrayRef<Term> results) {
  std::string types, names;
  llvm::raw_string_ostream typesOs(types), namesOs(names);
  llvm::interleaveComma(results, typesOs,
                        [&](const Term &term) { typesOs << term.type; });
  llvm::interleaveComma(results, namesOs,
                        [&](const Term &term) { namesOs << term.name; });
  network.text = "func.func @net(" + arguments + ") -> (" + types + ") {\n" +
                 body + "  return " + names + " : " + types + "\n}\n";
  if (!resources.empty())
    network.text += "{-#\n  dialect_resources: { builtin: {\n" + resources +
                    "\n  } }\n#-}\n";
  network.description =
      phase + ": " + StringRef(network.description).ltrim().str();
  return std::move(network);
}

//===----------------------------------------------------------------------===//
// Value sets and types
//===----------------------------------------------------------------------===//

ValueSetAttr NetworkText::odd(int64_t bits) const {
  return ValueSetAttr::get(const_cast<MLIRContext *>(&context), unsigned(bits));
}

ValueSetAttr NetworkText::range(int64_t lo, int64_t hi) const {
  return ValueSetAttr::get(const_cast<MLIRContext *>(&context), lo, hi);
}

RankedTensorType NetworkText::floats(Shape shape) const {
  return RankedTensorType::get(
      shape, Float32Type::get(const_cast<MLIRContext *>(&context)));
}

RankedTensorType NetworkText::integers(Shape shape) const {
  return RankedTensorType::get(
      shape, IntegerType::get(const_cast<MLIRContext *>(&context), 32));
}

ValueSetAttr NetworkText::drawList() {
  static const SmallVector<int64_t> known[] = {{-1, 0, 1},
                                               {-2, -1, 0, 1, 2},
                                               {-4, -2, -1, 0, 1, 2, 4},
                                               {0, 1},
                                               {0, 1, 2, 4, 8}};
  if (random.chance(60))
    return ValueSetAttr::get(&context, ArrayRef(random.pick(known)));
  std::set<int64_t> drawn;
  int64_t limit = random.pick(std::array<int64_t, 3>{8, 40, 127});
  int64_t lo = random.chance(70) ? -limit : 0;
  int64_t count =
      random.chance(80) ? random.integer(2, 9) : random.integer(10, 40);
  while (int64_t(drawn.size()) < std::min(count, limit - lo))
    drawn.insert(random.integer(lo, limit));
  SmallVector<int64_t> list(drawn.begin(), drawn.end());
  return ValueSetAttr::get(&context, ArrayRef(list));
}

ValueSetAttr NetworkText::drawAnyWeightSet() {
  int64_t kind = random.integer(0, 19);
  if (kind < 8)
    return odd(random.integer(1, 4));
  if (kind < 12)
    return random.chance(70) ? range(-127, 127) : range(-128, 127);
  if (kind < 15) {
    int64_t lo = random.integer(-8, 7);
    return range(lo, lo + random.integer(1, 15));
  }
  if (kind < 19)
    return drawList();
  int64_t lo = random.integer(-128, 0);
  return range(lo, lo + random.integer(16, 255));
}

ValueSetAttr NetworkText::drawWeightSet(double inputs) {
  ValueSetAttr set = drawAnyWeightSet();
  if (inputs * double(getReach(set)) > INT32_MAX)
    set = range(-8, 7);
  return inputs * 8 > INT32_MAX ? odd(1) : set;
}

ValueSetAttr NetworkText::drawWideSet() {
  switch (random.integer(0, 7)) {
  case 0:
  case 1:
    return range(0, 4095);
  case 2:
    return range(-2048, 2047);
  case 3:
    return range(-32768, 32767);
  case 4:
    return range(0, 65535);
  case 5:
    return range(-1000, 1000);
  case 6:
    return range(-100, 300);
  default:
    return random.chance(50) ? range(INT32_MIN, INT32_MAX) : range(0, 100000);
  }
}

ValueSetAttr NetworkText::drawActivationSet() {
  int64_t kind = random.integer(0, 19);
  if (kind < 5)
    return range(0, (int64_t(1) << random.integer(1, 4)) - 1);
  if (kind < 8)
    return odd(random.integer(1, 4));
  if (kind < 11) {
    static const int64_t bytes[][2] = {{0, 255}, {-128, 127}, {-127, 127}};
    auto &[lo, hi] = random.pick(bytes);
    return range(lo, hi);
  }
  if (kind < 13) {
    int64_t zeroPoint = random.integer(1, 254);
    return range(-zeroPoint, 255 - zeroPoint);
  }
  if (kind < 17) {
    int64_t lo = random.integer(-9, 4);
    return range(lo, lo + random.integer(1, 15));
  }
  if (kind < 18) {
    int64_t lo = random.integer(-200, 100);
    return range(lo, lo + random.integer(16, 255));
  }
  return kind < 19 ? drawWideSet() : drawList();
}

LowBitType NetworkText::drawScale(ValueSetAttr set, double reach) {
  double scale =
      std::max(reach, 1e-20) / double(getReach(set)) * random.real(0.5, 1.5);
  if (random.chance(20))
    scale = std::exp2(std::round(std::log2(scale)));
  return LowBitType::get(set, float(scale));
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

int64_t NetworkText::drawChannels() {
  int64_t kind = random.integer(0, 19);
  if (kind < 9)
    return random.integer(1, 8);
  if (kind < 14)
    return random.integer(9, 40);
  static const int64_t words[] = {16, 32, 32, 48, 64};
  return kind < 18 ? random.pick(words) : random.integer(33, 70);
}

SmallVector<int64_t> NetworkText::drawShape(int64_t rank) {
  if (rank == 1)
    return {random.integer(1, 40)};
  if (rank == 2)
    return {1, random.chance(80) ? random.integer(1, 80)
                                 : random.integer(81, 300)};
  if (rank == 3)
    return {1, random.integer(1, 9), drawChannels()};
  return {1, random.chance(90) ? random.integer(1, 9) : random.integer(10, 20),
          random.chance(90) ? random.integer(1, 9) : random.integer(10, 30),
          drawChannels()};
}

/// As large a result as the image.
static bool drawSameSide(Random &random, int d, int64_t size, Geometry &g) {
  g.kernel[d] = random.pick(std::array<int64_t, 4>{1, 3, 3, 5});
  g.strides[d] = g.dilations[d] = 1;
  g.pads[2 * d] = g.pads[2 * d + 1] = g.kernel[d] / 2;
  g.out[d] = size;
  return true;
}

/// Kernel, stride, dilation and pads along one side of `size` pixels; false if
/// nothing fits.
static bool drawSide(Random &random, int d, int64_t size, Geometry &g) {
  static const int64_t kernels[] = {1, 1, 1, 2, 3, 3, 3, 3, 4, 5, 7};
  int64_t kernel = g.kernel[d] = random.pick(kernels);
  g.strides[d] = random.chance(70) ? 1 : random.integer(2, 4);
  g.dilations[d] = random.chance(80) ? 1 : random.integer(2, 3);
  for (int side = 0; side < 2; ++side)
    g.pads[2 * d + side] = random.chance(50)   ? kernel / 2
                           : random.chance(95) ? random.integer(0, kernel - 1)
                                               : random.integer(kernel, 9);
  int64_t room = size + g.pads[2 * d] + g.pads[2 * d + 1] -
                 g.dilations[d] * (kernel - 1) - 1;
  g.out[d] = room / g.strides[d] + 1;
  return room >= 0;
}

Geometry NetworkText::drawGeometry(const Term &x, bool keepsSize) {
  auto draw = keepsSize || random.chance(35) ? drawSameSide : drawSide;
  constexpr int64_t largestWork = 200000;
  Geometry g;
  do {
    for (int d = 0; d < 2; ++d)
      while (!draw(random, d, x.getShape()[1 + d], g))
        ;
    int64_t inputs = x.getChannels();
    g.groups = 1;
    g.channels = drawChannels();
    if (inputs > 1 && random.chance(15)) { // Depthwise, perhaps multiplied.
      g.groups = inputs;
      g.channels = inputs * (random.chance(70) ? 1 : random.integer(2, 3));
    } else if (random.chance(15)) {
      do
        g.groups = random.integer(1, inputs);
      while (inputs % g.groups != 0);
      g.channels = g.groups * random.integer(1, 10);
    }
  } while (g.out[0] * g.out[1] * g.channels * getRowLength(g, x) >
               largestWork ||
           g.channels > 128);
  return g;
}

Windows NetworkText::drawWindows(const Term &x, bool overlap) {
  Windows w;
  w.isWhole = true;
  for (int d = 0; d < 2; ++d) {
    int64_t size = x.getShape()[1 + d];
    int64_t largest = std::min<int64_t>(size, random.chance(90) ? 3 : 9);
    w.kernel[d] = random.integer(
        std::min<int64_t>(largest, 2 - random.chance(20)), largest);
    w.strides[d] = overlap ? random.integer(1, 3) : w.kernel[d];
    for (int side = 0; side < 2; ++side)
      w.pads[2 * d + side] =
          overlap && random.chance(50) ? random.integer(0, w.kernel[d] - 1) : 0;
    int64_t room = size + w.pads[2 * d] + w.pads[2 * d + 1] - w.kernel[d];
    w.out[d] = room / w.strides[d] + 1;
    w.isWhole &= room % w.strides[d] == 0;
  }
  return w;
}

//===----------------------------------------------------------------------===//
// Constants and what moves data
//===----------------------------------------------------------------------===//

Term NetworkText::floatConstant(Shape shape,
                                llvm::function_ref<double(int64_t)> get) {
  RankedTensorType type = floats(shape);
  SmallVector<float> data;
  for (int64_t i = 0, e = type.getNumElements(); i < e; ++i)
    data.push_back(float(get(i)));
  return constant<float>(type, data);
}

Term NetworkText::drawWeights(Shape shape, ValueSetAttr set) {
  tellSet("weight", set);
  LowBitType type = LowBitType::get(
      set, float(random.real(0.5, 1.5) / double(getReach(set))));
  if (random.chance(30)) {
    SmallVector<float> scales;
    for (int64_t i = 0; i < shape[0]; ++i)
      scales.push_back(type.getScale() * float(random.real(0.3, 2)));
    type = LowBitType::get(set, scales, /*axis=*/0);
    tell("a scale a channel");
  } else if (random.chance(30)) {
    type = LowBitType::get(set);
  }
  auto tensor = RankedTensorType::get(shape, type);
  int64_t last = set.size() - 1;
  bool isExtreme = random.chance(5); // All at one end: sums reach their limits.
  int64_t extreme = random.chance(50) ? 0 : last;
  SmallVector<uint8_t> codes;
  for (int64_t i = 0, e = tensor.getNumElements(); i < e; ++i)
    codes.push_back(uint8_t(isExtreme ? extreme : random.integer(0, last)));
  Term weights = constant<uint8_t>(tensor, codes);
  weights.moments = getMoments(set).scaled(type.getScale());
  return weights;
}

Term NetworkText::concat(ArrayRef<Term> terms) {
  SmallVector<int64_t> shape(terms.front().getShape());
  std::string names;
  shape.back() = 0;
  for (const Term &term : terms) {
    shape.back() += term.getChannels();
    names += (names.empty() ? "" : ", ") + term.name;
  }
  tell("concat", " of " + Twine(terms.size()));
  Term result =
      emit("tensor.concat dim(" + Twine(shape.size() - 1) + ") " + names, terms,
           terms.front().type.clone(shape), terms.front().moments);
  for (const Term &term : terms)
    result.isExact &= term.isExact;
  return result;
}

Term NetworkText::move(const Twine &operation, const Term &x, StringRef keyword,
                       Shape shape) {
  Term result = x;
  result.type = x.type.clone(shape);
  result.name = define(operation + " : " + getText(x.type) + " " + keyword +
                       " " + getText(result.type));
  return result;
}

Term NetworkText::flatten(const Term &x) {
  tell("flatten");
  std::string groups = "[[0], [1";
  for (int64_t d = 2; d < x.getRank(); ++d)
    groups += ", " + std::to_string(d);
  return move("tensor.collapse_shape " + x.name + " " + groups + "]]", x,
              "into", {1, x.type.getNumElements()});
}

//===----------------------------------------------------------------------===//
// Names and results
//===----------------------------------------------------------------------===//

/// As MLIR writes them, names that clash with each other, with what the C calls
/// its own, with C, or with a comment.
static const char *const hostileNames[] = {
    "fc",
    "fc_weights",
    "fc_multiplier",
    "int",
    "main",
    "NULL",
    "arena",
    "run",
    "net_run",
    "self_check",
    "input",
    "output",
    "input_weights",
    "slb_conv2d",
    "*/",
    "/*",
    "a\\0Ab",
    "\\22quoted\\22",
    "a\\\\",
    "\\5C\\0A",
    "",
    " ",
    "1st",
    "na\\C3\\AFve",
    "x y-z",
    "x_y_z",
    "?\?/",
    "%s%n",
    "_",
    "__",
    "conv1",
    "Conv1",
    "a.b",
    "a/b",
    "\\00",
    "\\FF",
    "layer",
    "weights",
    "static",
    "restrict",
    "int32_t",
    "class",
    "scratch",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aa"};

std::string NetworkText::drawName() {
  if (!random.chance(15))
    return "conv" + std::to_string(++layers);
  tell("hostile name");
  return random.pick(hostileNames);
}

std::string NetworkText::drawLayerName() {
  if (random.chance(15)) {
    tell("no name");
    return "";
  }
  return ", layer = \"" + drawName() + "\"";
}

SmallVector<Term> NetworkText::drawResults(ArrayRef<Term> pool) {
  SmallVector<Term> results = {pool.back()};
  while (random.chance(30)) {
    results.push_back(random.pick(pool));
    tell("another result");
  }
  if (random.chance(5)) {
    results.push_back(random.pick(results));
    tell("result twice");
  }
  if (random.chance(3)) {
    Term value = drawWeights({1, 6}, drawWeightSet());
    if (random.chance(50))
      value = floatConstant({5}, [](int64_t i) { return 0.5 * double(i) - 1; });
    results.push_back(value);
    tell("constant as result");
  }
  if (random.chance(20))
    std::swap(results.front(), results.back());
  for (const Term &term : results)
    if (LowBitType lowBit = term.getLowBit())
      tellSet("result", lowBit.getSet());
    else
      tell(term.isFloat() ? "result float" : "result i32");
  return results;
}

RandomNetwork slb::drawNetwork(uint64_t seed) {
  Random random(~seed); // Not the numbers that the network is drawn with.
  return random.chance(35) ? drawIntegerNetwork(seed) : drawRealNetwork(seed);
}
