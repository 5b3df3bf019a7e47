//===- IntegerNetwork.cpp - random networks of integers -------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Networks at phase `integer`, as importers may write them: thresholds, signs,
// multipliers and addends that no trainer would give, up to their limits.
//
//===----------------------------------------------------------------------===//

#include "NetworkText.h"
#include <cmath>

using namespace mlir;
using namespace slb;

namespace {
/// y = clamp(floor((x * multiplier + other * otherMultiplier + addend)
///                 / 2^shift)), a channel each.
struct Requantization {
  int64_t shift;
  int32_t otherMultiplier = 0;
  SmallVector<int32_t> multipliers;
  SmallVector<int64_t> addends;
};

/// An integer layer that is being written.
struct Layer {
  std::string text, attributes;
  SmallVector<Term> operands;
  SmallVector<int64_t> shape; ///< Of the result.
  int64_t channels = 0;
  Moments sum;      ///< Of the accumulator.
  double bound = 0; ///< Of its magnitude.

  void addOperand(StringRef name, const Term &term) {
    text += (" " + name + " = " + term.name).str();
    operands.push_back(term);
  }
};

/// Moments are those of the integers.
class IntegerNetwork : NetworkText {
public:
  explicit IntegerNetwork(uint64_t seed) : NetworkText(seed) {
    phase = "integer";
  }
  RandomNetwork draw();

private:
  LowBitType drawResult();
  Geometry drawLayerGeometry(const Term &x);
  Layer beginLayer(const Term &x);
  void addThresholds(Layer &layer, LowBitType type);
  void addMultipliers(Layer &layer, LowBitType type);
  Requantization drawRequantization(LowBitType type, Moments sum, double bound,
                                    int64_t channels, const Term *other);
  std::optional<Term> findOther(ArrayRef<int64_t> shape);

  Term drawInput(int64_t rank);
  Term addLayer(const Term &x);
  Term addPool(const Term &x);
  Term addRequantize(const Term &x);
  Term addConcat(const Term &x);
  Term addStep(const Term &x);

  SmallVector<Term> terms;
};
} // namespace

/// What no integer of the value can exceed.
static double getBound(const Term &x) {
  return x.getLowBit() ? double(getReach(x.getLowBit().getSet())) : 0x1p31;
}

/// The multiplier formula gives codes of odd sets, integers of ranges.
static std::pair<double, double> getClamp(LowBitType type) {
  ValueSetAttr set = type.getSet();
  if (set.isOdd())
    return {0, double(set.size() - 1)};
  return {double(set.getLo()), double(set.getHi())};
}

//===----------------------------------------------------------------------===//
// From sums to codes
//===----------------------------------------------------------------------===//

LowBitType IntegerNetwork::drawResult() {
  ValueSetAttr set = drawActivationSet();
  while (set.getKind() == ValueSetKind::List)
    set = drawActivationSet();
  return random.chance(50) ? LowBitType::get(set) : drawScale(set, 1);
}

/// Rows that ascend; some levels are reached always, never, or together.
static void drawRow(Random &random, Moments sum, MutableArrayRef<int32_t> row) {
  double reach = 2 * sum.getDeviation() + 1;
  for (int32_t &threshold : row)
    threshold = int32_t(
        std::clamp(sum.mean + random.real(-reach, reach), -0x1p31, 0x1p31 - 1));
  if (random.chance(10))
    row.front() = INT32_MIN;
  if (random.chance(10))
    row.back() = INT32_MAX;
  if (random.chance(10))
    row.front() = row.back();
  llvm::sort(row);
}

void IntegerNetwork::addThresholds(Layer &layer, LowBitType type) {
  int64_t levels = type.getSet().size() - 1;
  SmallVector<int32_t> thresholds(layer.channels * levels);
  SmallVector<int8_t> signs(layer.channels, 1);
  bool hasSigns = random.chance(50);
  for (int64_t channel = 0; channel < layer.channels; ++channel) {
    if (hasSigns && random.chance(50))
      signs[channel] = -1;
    drawRow(random, layer.sum.scaled(signs[channel]),
            MutableArrayRef(thresholds).slice(channel * levels, levels));
  }
  tell(hasSigns ? "thresholds with signs" : "thresholds", ":" + Twine(levels));
  Builder builder(&context);
  layer.addOperand("thresholds", constant<int32_t>(RankedTensorType::get(
                                                       {layer.channels, levels},
                                                       builder.getI32Type()),
                                                   thresholds));
  if (hasSigns)
    layer.addOperand(
        "signs", constant<int8_t>(RankedTensorType::get({layer.channels},
                                                        builder.getI8Type()),
                                  signs));
}

void IntegerNetwork::addMultipliers(Layer &layer, LowBitType type) {
  std::optional<Term> residual;
  if (random.chance(30))
    residual = findOther(layer.shape);
  if (residual && !residual->getLowBit())
    residual = std::nullopt;
  Requantization r =
      drawRequantization(type, layer.sum, layer.bound, layer.channels,
                         residual ? &*residual : nullptr);
  Builder builder(&context);
  layer.addOperand("multiplier", constant<int32_t>(RankedTensorType::get(
                                                       {layer.channels},
                                                       builder.getI32Type()),
                                                   r.multipliers));
  layer.addOperand(
      "addend", constant<int64_t>(RankedTensorType::get({layer.channels},
                                                        builder.getI64Type()),
                                  r.addends));
  layer.attributes += ", shift = " + std::to_string(r.shift) + " : i64";
  if (!residual)
    return;
  tell("residual");
  layer.addOperand("residual", *residual);
  layer.attributes +=
      ", residual_multiplier = " + std::to_string(r.otherMultiplier) + " : i32";
}

Requantization IntegerNetwork::drawRequantization(LowBitType type, Moments sum,
                                                  double bound,
                                                  int64_t channels,
                                                  const Term *other) {
  Requantization r;
  auto [lo, hi] = getClamp(type);
  double factor = (hi - lo) / (4 * sum.getDeviation() + 1);
  double largest = other ? 0x1p30 : 0x1p31 - 1;
  r.shift = random.chance(70) ? random.integer(8, 40) : random.integer(0, 62);
  while (r.shift > 0 && std::ldexp(factor, int(r.shift)) > largest)
    --r.shift;
  bool isExtreme = random.chance(8);
  tell(isExtreme ? "multipliers at their limits" : "multipliers",
       ">>" + Twine(r.shift));
  auto drawFactor = [&](double wanted) {
    double drawn =
        isExtreme ? random.real(-largest, largest)
                  : std::ldexp(wanted, int(r.shift)) * random.real(0.5, 1.5);
    int32_t rounded = int32_t(std::clamp(std::round(drawn), -largest, largest));
    return random.chance(30) ? -rounded : rounded;
  };
  double rest = 0x1p63 - 1024; // What the sum of products leaves to the addend.
  if (other) {
    r.otherMultiplier = drawFactor(factor);
    r.otherMultiplier += r.otherMultiplier == 0;
    rest -= std::abs(double(r.otherMultiplier)) * getBound(*other);
  }
  for (int64_t channel = 0; channel < channels; ++channel) {
    int32_t multiplier = random.chance(3) ? 0 : drawFactor(factor);
    double limit = rest - std::abs(double(multiplier)) * bound;
    double centre =
        std::ldexp((lo + hi) / 2, int(r.shift)) - multiplier * sum.mean;
    double noise = std::ldexp(hi - lo, int(r.shift)) / 4;
    double addend = isExtreme && random.chance(50)
                        ? (random.chance(50) ? limit : -limit)
                        : centre + random.real(-noise, noise);
    r.multipliers.push_back(multiplier);
    // A double this large is 1024 from the next.
    r.addends.push_back(int64_t(std::clamp(addend, -limit, limit)));
  }
  return r;
}

std::optional<Term> IntegerNetwork::findOther(ArrayRef<int64_t> shape) {
  SmallVector<Term> candidates;
  for (const Term &term : terms)
    if (term.getShape() == shape)
      candidates.push_back(term);
  if (!candidates.empty())
    return random.pick(candidates);
  if (random.chance(70))
    return std::nullopt;
  LowBitType type = drawResult();
  return addArgument(RankedTensorType::get(shape, type),
                     getMoments(type.getSet()));
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

Term IntegerNetwork::drawInput(int64_t rank) {
  SmallVector<int64_t> shape = drawShape(rank);
  if (random.chance(5))
    return addArgument(integers(shape), {0, 0x1p60});
  ValueSetAttr set = random.chance(30)   ? range(0, 255)
                     : random.chance(20) ? drawWideSet()
                                         : drawActivationSet();
  return addArgument(RankedTensorType::get(shape, drawScale(set, 1)),
                     getMoments(set));
}

/// A linear layer is a 1x1 convolution of one pixel.
Geometry IntegerNetwork::drawLayerGeometry(const Term &x) {
  if (x.getRank() == 4)
    return drawGeometry(x);
  Geometry g;
  g.kernel[0] = g.kernel[1] = 1;
  g.channels = std::min<int64_t>(drawChannels(), 1 + 100000 / x.getChannels());
  return g;
}

/// The layer up to its sums, which int32 can hold.
Layer IntegerNetwork::beginLayer(const Term &x) {
  bool isImage = x.getRank() == 4;
  Geometry g = drawLayerGeometry(x);
  int64_t length = getRowLength(g, x);
  tell(!isImage                      ? "linear"
       : g.groups == 1               ? "convolution"
       : g.groups == x.getChannels() ? "depthwise convolution"
                                     : "grouped convolution",
       ":" + Twine(g.kernel[0]) + "x" + Twine(g.kernel[1]) + "," +
           Twine(x.getChannels()) + ">" + Twine(g.channels));
  ValueSetAttr set = drawWeightSet(getBound(x) * double(length));
  SmallVector<int64_t> shape = {g.channels, length};
  if (isImage)
    shape = {g.channels, g.kernel[0], g.kernel[1], x.getChannels() / g.groups};
  Term w = drawWeights(shape, set);

  Layer layer;
  layer.text = (isImage ? "slb.integer_conv2d " : "slb.integer_linear ") +
               x.name + ", " + w.name;
  layer.operands = {x, w};
  layer.channels = g.channels;
  layer.sum = x.moments.getDot(getMoments(set), length);
  layer.bound = getBound(x) * double(getReach(set)) * double(length);
  layer.shape = {1, g.channels};
  layer.attributes = drawLayerName();
  if (!isImage)
    return layer;
  int64_t pool[] = {1, 1};
  bool isPooled = random.chance(20);
  for (int d = 0; d < 2; ++d) {
    if (isPooled)
      pool[d] = random.integer(1, std::min<int64_t>(3, g.out[d]));
    g.out[d] /= pool[d];
  }
  if (isPooled)
    tell("fused pool");
  layer.shape = {1, g.out[0], g.out[1], g.channels};
  layer.attributes +=
      ", " + getGeometryText(g) + ", " + getAttribute("pool", pool);
  return layer;
}

Term IntegerNetwork::addLayer(const Term &x) {
  Layer layer = beginLayer(x);
  LowBitType type = drawResult();
  int64_t levels = type.getSet().size();
  if (levels <= 16 ? random.chance(70) : levels <= 256 && random.chance(5))
    addThresholds(layer, type);
  else
    addMultipliers(layer, type);
  tellSet("activation", type.getSet());
  std::string attributes =
      layer.attributes.empty() ? "" : " {" + layer.attributes.substr(2) + "}";
  return emit(layer.text + attributes, layer.operands,
              RankedTensorType::get(layer.shape, type),
              getMoments(type.getSet()));
}

Term IntegerNetwork::addPool(const Term &x) {
  bool isMax = random.chance(50);
  Windows w = drawWindows(x, random.chance(60));
  double area = double(w.kernel[0] * w.kernel[1]);
  isMax |= area * getBound(x) > INT32_MAX;
  tell(isMax ? "max pool" : "sum pool",
       ":" + Twine(w.kernel[0]) + "x" + Twine(w.kernel[1]));
  SmallVector<int64_t> shape = {1, w.out[0], w.out[1], x.getChannels()};
  return emit(Twine("slb.pool2d ") + (isMax ? "max " : "sum ") + x.name + " {" +
                  getAttribute("kernel", w.kernel) + ", " +
                  getAttribute("strides", w.strides) + ", " +
                  getAttribute("pads", w.pads) + drawLayerName() + "}",
              {x}, isMax ? x.type.clone(shape) : integers(shape),
              isMax
                  ? x.moments
                  : Moments{area * x.moments.mean, area * x.moments.variance});
}

Term IntegerNetwork::addRequantize(const Term &x) {
  std::optional<Term> other;
  if (random.chance(50))
    other = findOther(x.getShape());
  LowBitType type = drawResult();
  tell(other ? "requantized sum" : "requantizer");
  Requantization r = drawRequantization(type, x.moments, getBound(x), 1,
                                        other ? &*other : nullptr);
  tellSet("activation", type.getSet());
  std::string text = "slb.requantize " + x.name;
  SmallVector<Term> operands = {x};
  if (other) {
    text += ", " + other->name;
    operands.push_back(*other);
  }
  text += " {multiplier = " + std::to_string(r.multipliers.front()) +
          " : i32, other_multiplier = " + std::to_string(r.otherMultiplier) +
          " : i32, addend = " + std::to_string(r.addends.front()) +
          " : i64, shift = " + std::to_string(r.shift) + " : i64" +
          drawLayerName() + "}";
  return emit(text, operands, RankedTensorType::get(x.getShape(), type),
              getMoments(type.getSet()));
}

Term IntegerNetwork::addConcat(const Term &x) {
  SmallVector<Term> parts = {x};
  for (const Term &term : terms)
    if (term.type == x.type && random.chance(50))
      parts.push_back(term);
  if (parts.size() == 1)
    parts.push_back(x);
  return concat(parts);
}

Term IntegerNetwork::addStep(const Term &x) {
  int64_t kind = random.integer(0, 19);
  LowBitType type = x.getLowBit();
  bool isNarrow = type && type.getSet().getStorageBits() <= 16;
  bool hasRows = x.getRank() == 4 || x.getRank() == 2;
  if (kind < 11 && hasRows && isNarrow)
    return addLayer(x);
  if (kind < 14 && x.getRank() == 4 && type)
    return addPool(x);
  if (kind < 15 && x.getRank() > 2 && x.type.getNumElements() < 5000)
    return flatten(x);
  if (kind < 17 && x.getRank() != 1 && type)
    return addConcat(x);
  return addRequantize(x);
}

RandomNetwork IntegerNetwork::draw() {
  static const int64_t ranks[] = {4, 4, 4, 4, 4, 4, 4, 2, 2, 1, 3};
  terms.push_back(drawInput(random.pick(ranks)));
  for (int64_t i = random.integer(1, 4); i > 0; --i) {
    if (random.chance(8))
      terms.push_back(drawInput(random.pick(ranks)));
    Term x = random.chance(75) ? terms.back() : random.pick(terms);
    terms.push_back(addStep(x));
  }
  return finish(drawResults(terms));
}

RandomNetwork slb::drawIntegerNetwork(uint64_t seed) {
  return IntegerNetwork(seed).draw();
}
