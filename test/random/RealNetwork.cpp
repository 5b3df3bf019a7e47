//===- RealNetwork.cpp - random networks as trained or imported -----------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Networks at phase `search` or `selected`: layers on real values, with
// quantizers between them or without.
//
//===----------------------------------------------------------------------===//

#include "NetworkText.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace mlir;
using namespace slb;

namespace {
class RealNetwork : NetworkText {
public:
  explicit RealNetwork(uint64_t seed);
  RandomNetwork draw();

private:
  // Between real and low-bit values.
  Term real(const Term &x);
  LowBitType drawQuantizer(const Term &x);
  Term quantize(const Term &x, LowBitType type);
  /// Quantizes what may be; at times leaves the real values.
  Term activate(const Term &x, std::optional<LowBitType> type = std::nullopt);

  // Operators on real values.
  Term relu(const Term &x);
  Term add(const Term &a, const Term &b);
  Term bias(const Term &x);
  Term batchNorm(const Term &x);
  Term cut(const Term &x, Windows &windows);
  Term pool(const Term &x, bool isMax, bool overlap);

  // Layers.
  Term drawFilter(const Term &x, Shape shape);
  Term drawSearched(Shape shape);
  Term convolve(const Term &x, bool keepsSize = false);
  Term linear(const Term &x);
  Term finishLayer(Term y, std::optional<LowBitType> type = std::nullopt);
  std::optional<Term> findResidual(const Term &x);

  // Steps, each from a value of the pool to another.
  Term drawInput(int64_t rank);
  Term addLayer(const Term &x);
  Term addPool(const Term &x);
  Term addSum(const Term &x);
  Term addConcat(const Term &x);
  Term addRequantizer(const Term &x);
  Term addStep(const Term &x);

  SmallVector<Term> terms_;
  bool isSearched; ///< At phase `search`.
};
} // namespace

//===----------------------------------------------------------------------===//
// Between real and low-bit values
//===----------------------------------------------------------------------===//

Term RealNetwork::real(const Term &x) {
  if (x.isFloat())
    return x;
  Term result =
      emit("slb.dequantize " + x.name, {x}, floats(x.getShape()), x.moments);
  result.isExact = x.isExact;
  return result;
}

LowBitType RealNetwork::drawQuantizer(const Term &x) {
  double reach = std::abs(x.moments.mean) + 2 * x.moments.getDeviation();
  LowBitType type = drawScale(drawActivationSet(), reach);
  if (!random.chance(5))
    return type;
  int64_t axis =
      random.chance(80) ? x.getRank() - 1 : random.integer(0, x.getRank() - 1);
  SmallVector<float> scales;
  for (int64_t i = 0; i < x.getShape()[axis]; ++i)
    scales.push_back(type.getScale() * float(random.real(0.5, 2)));
  tell("activations of a scale a channel");
  return LowBitType::get(type.getSet(), scales, axis);
}

Term RealNetwork::quantize(const Term &x, LowBitType type) {
  tellSet("activation", type.getSet());
  return emit("slb.quantize " + x.name, {x},
              RankedTensorType::get(x.getShape(), type),
              getMoments(type.getSet()).scaled(type.getScale()));
}

Term RealNetwork::activate(const Term &x, std::optional<LowBitType> type) {
  if (!x.isExact || (!type && random.chance(10)))
    return x;
  return quantize(x, type ? *type : drawQuantizer(x));
}

//===----------------------------------------------------------------------===//
// Operators on real values
//===----------------------------------------------------------------------===//

Term RealNetwork::relu(const Term &x) {
  tell("relu");
  double deviation = x.moments.getDeviation();
  Term result =
      emit("tosa.clamp " + x.name +
               " {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32}",
           {x}, x.type,
           {std::max(0.0, x.moments.mean) + 0.4 * deviation,
            0.4 * x.moments.variance});
  result.isExact = x.isExact;
  result.isRectified = true;
  return result;
}

Term RealNetwork::add(const Term &a, const Term &b) {
  Term result = emit("tosa.add " + a.name + ", " + b.name, {a, b}, a.type,
                     {a.moments.mean + b.moments.mean,
                      a.moments.variance + b.moments.variance});
  result.isExact = a.isExact && b.isExact;
  return result;
}

Term RealNetwork::bias(const Term &x) {
  tell("bias");
  SmallVector<int64_t> shape(x.getRank(), 1);
  shape.back() = random.chance(90) ? x.getChannels() : 1;
  double deviation = x.moments.getDeviation();
  Term constant = floatConstant(
      shape, [&](int64_t) { return random.real(-deviation, deviation); });
  constant.moments = {0, 0};
  return add(x, constant);
}

/// Factors that fall, are zero, or are huge beside the others'.
Term RealNetwork::batchNorm(const Term &x) {
  tell("batch norm");
  double deviation = std::max(x.moments.getDeviation(), 1e-6);
  int64_t odd = random.chance(30) ? random.integer(0, x.getChannels() - 1) : -1;
  double factor = random.pick(std::array<double, 5>{0, 1e-7, 1e3, 1e6, 1e11});
  if (odd >= 0)
    tell("odd factor", llvm::formatv(":{0:e0}", factor).str());
  auto vector = [&](double lo, double hi) {
    return floatConstant({x.getChannels()},
                         [&](int64_t) { return random.real(lo, hi); });
  };
  double lo = random.chance(70) ? -1.5 : 0.1;
  Term gamma = floatConstant({x.getChannels()}, [&](int64_t i) {
    return random.real(lo, 1.5) * (i == odd ? factor : 1);
  });
  auto mean = [&] {
    return vector(x.moments.mean - deviation, x.moments.mean + deviation);
  };
  auto variance = [&] {
    return vector(0.5 * x.moments.variance, 2 * x.moments.variance);
  };
  SmallVector<Term> operands = {x, gamma, vector(-0.2, 1), mean(), variance()};
  if (isSearched)
    llvm::append_range(operands, SmallVector<Term>{mean(), variance()});
  static const char *const names[] = {" ",
                                      " gamma = ",
                                      " beta = ",
                                      " mean = ",
                                      " variance = ",
                                      " discrete_mean = ",
                                      " discrete_variance = "};
  std::string text = isSearched ? "slb.state_batch_norm" : "slb.batch_norm";
  for (auto [name, operand] : llvm::zip(names, operands))
    text += name + operand.name;
  Term result =
      emit(text + " {epsilon = 1.0e-5 : f32}", operands, x.type, {0.4, 1});
  result.isExact = x.isExact;
  return result;
}

/// TOSA's windows cover their image exactly; what is left over is cut off.
Term RealNetwork::cut(const Term &x, Windows &w) {
  SmallVector<int64_t> shape(x.getShape());
  for (int d = 0; d < 2; ++d) {
    int64_t room =
        shape[1 + d] + w.pads[2 * d] + w.pads[2 * d + 1] - w.kernel[d];
    int64_t rest = room % w.strides[d];
    int64_t fromPads = std::min(rest, w.pads[2 * d + 1]);
    w.pads[2 * d + 1] -= fromPads;
    shape[1 + d] -= rest - fromPads;
  }
  if (ArrayRef(shape) == x.getShape())
    return x;
  tell("cut");
  std::string sizes;
  llvm::raw_string_ostream os(sizes);
  llvm::interleaveComma(shape, os);
  return move("tensor.extract_slice " + x.name + "[0, 0, 0, 0] [" + sizes +
                  "] [1, 1, 1, 1]",
              x, "to", shape);
}

Term RealNetwork::pool(const Term &x, bool isMax, bool overlap) {
  Windows w = drawWindows(x, overlap);
  Term source = w.isWhole ? x : cut(x, w);
  bool hasPads = llvm::any_of(w.pads, [](int64_t pad) { return pad > 0; });
  tell(Twine(isMax ? "max pool" : "average pool") +
           (overlap ? ", overlapping" : "") + (hasPads ? ", padded" : ""),
       ":" + Twine(w.kernel[0]) + "x" + Twine(w.kernel[1]));
  auto type = floats({1, w.out[0], w.out[1], x.getChannels()});
  std::string attributes = getAttribute("kernel", w.kernel) + ", " +
                           getAttribute("stride", w.strides) + ", " +
                           getAttribute("pad", w.pads) + "}";
  Term result;
  if (isMax) {
    result = emit("tosa.max_pool2d " + source.name + " {" + attributes,
                  {source}, type, source.moments);
  } else {
    Term zero = emit("\"tosa.const\"() <{values = dense<0.0> : tensor<1xf32>}>",
                     {}, floats({1}), {});
    result = emit("tosa.avg_pool2d " + source.name + ", " + zero.name + ", " +
                      zero.name + " {acc_type = f32, " + attributes,
                  {source, zero, zero}, type, source.moments);
  }
  result.isExact = source.isExact && (isMax || !hasPads);
  return result;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// Weights at phase `search`.
Term RealNetwork::drawSearched(Shape shape) {
  ValueSetAttr set = random.chance(80) ? odd(random.integer(1, 4)) : drawList();
  tellSet("searched weight", set);
  SmallVector<int64_t> logitsShape = {set.size()};
  llvm::append_range(logitsShape, shape);
  Term logits =
      floatConstant(logitsShape, [&](int64_t) { return random.real(-1, 1); });
  std::string temperature = define("arith.constant 1.0e+02 : f32");
  RankedTensorType type = floats(shape);
  LowBitType lowBit = LowBitType::get(set);
  std::string setText = StringRef(getText(lowBit)).drop_front(11).str();
  std::string text = "slb.expectation " + logits.name + ", " + temperature +
                     " set = " + setText + " : (" + getText(logits.type) +
                     ", f32) -> " + getText(type);
  return {define(text), type, getMoments(set).scaled(lowBit.getScale())};
}

/// Weights of the shape; sums of products with what is read from `x` fit int32.
Term RealNetwork::drawFilter(const Term &x, Shape shape) {
  int64_t length = 1;
  for (int64_t size : shape.drop_front())
    length *= size;
  LowBitType input = x.getLowBit();
  if (isSearched && random.chance(40) && (!input || input.getBits() <= 8))
    return drawSearched(shape);
  if (random.chance(input ? 4 : 30)) {
    tell("weight float");
    Term weights =
        floatConstant(shape, [&](int64_t) { return random.real(-1, 1); });
    weights.moments = {0, 1.0 / 3};
    weights.isExact = false;
    return weights;
  }
  return drawWeights(
      shape,
      drawWeightSet(input ? double(getReach(input.getSet())) * double(length)
                          : 0));
}

Term RealNetwork::convolve(const Term &x, bool keepsSize) {
  Geometry g = drawGeometry(x, keepsSize);
  tell(g.groups == 1                 ? "convolution"
       : g.groups == x.getChannels() ? "depthwise convolution"
                                     : "grouped convolution",
       ":" + Twine(g.kernel[0]) + "x" + Twine(g.kernel[1]) + "," +
           Twine(x.getChannels()) + ">" + Twine(g.channels));
  Term w = drawFilter(
      x, {g.channels, g.kernel[0], g.kernel[1], x.getChannels() / g.groups});
  Term y = emit("slb.conv2d " + x.name + ", " + w.name + " {" +
                    getGeometryText(g) + drawLayerName() + "}",
                {x, w}, floats({1, g.out[0], g.out[1], g.channels}),
                x.moments.getDot(w.moments, getRowLength(g, x)));
  y.isExact = !x.isFloat() && w.isExact;
  return y;
}

Term RealNetwork::linear(const Term &x) {
  int64_t inputs = x.getChannels();
  int64_t outputs = std::min<int64_t>(drawChannels(), 1 + 100000 / inputs);
  tell("linear", ":" + Twine(inputs) + ">" + Twine(outputs));
  Term w = drawFilter(x, {outputs, inputs});
  std::string name = drawLayerName();
  Term y =
      emit("slb.linear " + x.name + ", " + w.name +
               (name.empty() ? "" : " {" + name.substr(2) + "}"),
           {x, w}, floats({1, outputs}), x.moments.getDot(w.moments, inputs));
  y.isExact = !x.isFloat() && w.isExact;
  return y;
}

/// Another value of that shape, or an input made for it.
std::optional<Term> RealNetwork::findResidual(const Term &x) {
  SmallVector<Term> candidates;
  for (const Term &term : terms_)
    if (term.getShape() == x.getShape() &&
        !(term.getLowBit() && term.getLowBit().isPerChannel()))
      candidates.push_back(term);
  if (!candidates.empty())
    return random.pick(candidates);
  if (random.chance(70))
    return std::nullopt;
  LowBitType type = drawScale(drawActivationSet(), x.moments.getDeviation());
  return addArgument(RankedTensorType::get(x.getShape(), type),
                     getMoments(type.getSet()).scaled(type.getScale()));
}

/// What follows a layer, in an order in which it may become a part of it.
Term RealNetwork::finishLayer(Term y, std::optional<LowBitType> type) {
  bool isImage = y.getRank() == 4;
  if (isImage && !type && random.chance(20))
    y = pool(y, /*isMax=*/true, /*overlap=*/false);
  if (random.chance(30))
    y = bias(y);
  if (random.chance(60))
    y = batchNorm(y);
  if (random.chance(10))
    y = bias(y);
  if (random.chance(20))
    if (std::optional<Term> residual = findResidual(y)) {
      tell("residual");
      bool isLowBit = residual->getLowBit() != nullptr;
      y = add(y, real(*residual));
      y.isExact &= isLowBit;
    }
  if (random.chance(30))
    y = relu(y);
  if (isImage && !type && random.chance(15))
    y = pool(y, /*isMax=*/true, /*overlap=*/random.chance(70));
  Term result = activate(y, type);
  // Real results of a layer are rounded in an order of their own.
  result.isExact = !result.isFloat();
  return result;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

Term RealNetwork::drawInput(int64_t rank) {
  SmallVector<int64_t> shape = drawShape(rank);
  if (random.chance(8))
    return addArgument(floats(shape), {0, 1.0 / 3});
  ValueSetAttr set = random.chance(35)   ? range(0, 255)
                     : random.chance(25) ? range(-128, 127)
                     : random.chance(20) ? drawWideSet()
                                         : drawActivationSet();
  LowBitType type = drawScale(set, 1);
  return addArgument(RankedTensorType::get(shape, type),
                     getMoments(set).scaled(type.getScale()));
}

Term RealNetwork::addLayer(const Term &x) {
  return finishLayer(x.getRank() == 4 ? convolve(x) : linear(x));
}

Term RealNetwork::addPool(const Term &x) {
  bool isMax = random.chance(50);
  Term y = pool(real(x), isMax, random.chance(60));
  if (!isMax && x.isFloat())
    y.isExact = false;
  if (random.chance(20))
    y = relu(y);
  return activate(y);
}

/// The sum of two values, of different scales and sets.
Term RealNetwork::addSum(const Term &x) {
  std::optional<Term> other = findResidual(x);
  if (!other)
    return addRequantizer(x);
  tell("sum");
  Term y = add(real(x), real(*other));
  return activate(random.chance(40) ? relu(y) : y);
}

/// Of values of one type: those that there are, and a layer's.
Term RealNetwork::addConcat(const Term &x) {
  SmallVector<Term> terms = {x};
  for (const Term &term : terms_)
    if (term.type == x.type && random.chance(50))
      terms.push_back(term);
  LowBitType type = x.getLowBit();
  if (x.getRank() % 2 == 0 && random.chance(70)) {
    Term layer = x.getRank() == 4 ? convolve(x, /*keepsSize=*/true) : linear(x);
    Term branch = finishLayer(layer, type ? std::optional(type) : std::nullopt);
    if (branch.type.clone(x.getShape()) == x.type &&
        branch.getShape().drop_back() == x.getShape().drop_back())
      terms.push_back(branch);
  }
  if (terms.size() == 1)
    terms.push_back(x);
  return concat(terms);
}

Term RealNetwork::addRequantizer(const Term &x) {
  tell("requantizer");
  Term y = real(x);
  return activate(random.chance(30) ? relu(y) : y);
}

Term RealNetwork::addStep(const Term &x) {
  int64_t kind = random.integer(0, 19);
  bool isWide = x.getLowBit() && x.getLowBit().getSet().getStorageBits() > 16;
  bool hasRows = (x.getRank() == 4 || x.getRank() == 2) && !isWide;
  if (kind < 11 && hasRows)
    return addLayer(x);
  if (kind < 14 && x.getRank() == 4)
    return addPool(x);
  if (x.getLowBit() && x.getLowBit().isPerChannel() && kind >= 14)
    return addRequantizer(x); // The channels would have other scales.
  if (kind < 15 && x.getRank() > 2 && x.type.getNumElements() < 5000)
    return flatten(x);
  if (kind < 17)
    return addSum(x);
  if (kind < 18 && x.getRank() != 1)
    return addConcat(x);
  return addRequantizer(x);
}

RealNetwork::RealNetwork(uint64_t seed)
    : NetworkText(seed), isSearched(random.chance(40)) {
  phase = isSearched ? "search" : "selected";
}

RandomNetwork RealNetwork::draw() {
  static const int64_t ranks[] = {4, 4, 4, 4, 4, 4, 4, 2, 2, 1, 3};
  terms_.push_back(drawInput(random.pick(ranks)));
  for (int64_t i = random.integer(1, 4); i > 0; --i) {
    if (random.chance(8))
      terms_.push_back(drawInput(random.pick(ranks)));
    Term x = random.chance(75) ? terms_.back() : random.pick(terms_);
    terms_.push_back(addStep(x));
  }
  return finish(drawResults(terms_));
}

RandomNetwork slb::drawRealNetwork(uint64_t seed) {
  return RealNetwork(seed).draw();
}
